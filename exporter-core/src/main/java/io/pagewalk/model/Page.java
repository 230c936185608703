package io.pagewalk.model;

import java.util.List;

/**
 * One step of a walk: what to read, and what is left once it is committed.
 *
 * @param number the page's number, counted from 1
 * @param slices what the page covers, in the order it was granted; never empty, no two overlap
 * @param next the token of what remains behind this page
 */
public record Page(long number, List<Slice> slices, PageToken next) {
    public Page {
        slices = List.copyOf(slices);
    }

    /** How many offsets the page spans; its records may be fewer. */
    public long size() {
        long size = 0;
        for (Slice slice : slices) {
            size += slice.range().size();
        }
        return size;
    }
}
