package io.pagewalk.listing;

/** Why a page ends where it does. */
public enum PageCut {
    /** It has as many records as it may have. */
    RECORDS,
    /** The next record would be too many bytes. */
    BYTES,
    /** It covers as many offsets as it may cover. */
    OFFSETS,
    /** Its time was over; the same token may give more another time. */
    TIME,
    /** Nothing remains. */
    END
}
