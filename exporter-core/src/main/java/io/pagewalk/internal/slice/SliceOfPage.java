package io.pagewalk.internal.slice;

import io.pagewalk.model.Slice;

/** One slice of a page that a run has submitted. */
record SliceOfPage(PooledPages run, PageFiles files, int index) {
    Slice slice() {
        return files.page().slices().get(index);
    }
}
