package io.pagewalk.model;

import java.util.Locale;

/** Which end of the remaining ranges the walk takes its pages from. */
public enum Direction {
    /** Oldest pages first: slices are taken from the front of a range. */
    ASC,
    /** Newest pages first: slices are taken from the back. Inside a slice offsets still ascend. */
    DESC;

    /** The name as options and tokens write it: {@code asc} or {@code desc}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
