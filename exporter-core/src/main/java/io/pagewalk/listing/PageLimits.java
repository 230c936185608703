package io.pagewalk.listing;

import java.time.Duration;

/**
 * What a page holds at most, besides as many records as its token says.
 *
 * @param maxBytes how many bytes of keys, values and headers; one record it has in any case
 * @param maxRecordBytes a larger record comes as a preview: with the first bytes of its key, value and header values
 * @param maxOffsets how many offsets of the walk it covers, with records and without, at least 1; not for a listing by time
 * @param deadline how long reading it may take until it ends with what it has
 */
public record PageLimits(long maxBytes, long maxRecordBytes, long maxOffsets, Duration deadline) {
    public PageLimits {
        if (maxBytes < 1 || maxRecordBytes < 1 || maxOffsets < 1 || deadline.isNegative()) {
            throw new IllegalArgumentException(
                    maxBytes + " bytes, " + maxRecordBytes + " of a record, " + maxOffsets + " offsets, " + deadline);
        }
    }

    /** So many bytes, and nothing else. */
    public static PageLimits ofBytes(long maxBytes) {
        return new PageLimits(maxBytes, Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));
    }

    /** The same ones, and no more than so many offsets. */
    public PageLimits ofOffsets(long most) {
        return new PageLimits(maxBytes, maxRecordBytes, most, deadline);
    }
}
