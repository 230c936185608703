package io.pagewalk.internal.schema.merge;

/** What becomes of a field that the table has no column for. */
public enum Unmatched {
    /** A value that is there makes the payload bad. */
    BAD,
    /** It is read over, as whoever chose the table's versions wants it. */
    DROPPED
}
