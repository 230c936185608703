package io.pagewalk.internal.page;

import io.pagewalk.record.RecordView;
import java.util.function.Predicate;

/**
 * What a page may hold, besides as many records as its token says.
 *
 * @param maxBytes how many bytes of keys, values and headers; one record it has in any case
 * @param maxOffsets how many offsets of the walk it covers at most
 * @param filter which records are listed; the others are as gaps
 * @param maxRecordBytes a larger record is kept as a preview
 * @param partitionsAtOnce of how many partitions records are asked for at the same time
 */
public record Terms(
        long maxBytes, long maxOffsets, Predicate<RecordView> filter, long maxRecordBytes, int partitionsAtOnce) {
    /** How many bytes a preview has of each payload. */
    private static final int PREVIEW_BYTES = 16 * 1024;

    public Terms {
        if (maxBytes < 0 || maxOffsets < 1 || partitionsAtOnce < 1) {
            throw new IllegalArgumentException(
                    maxBytes + " bytes, " + maxOffsets + " offsets, " + partitionsAtOnce + " partitions at once");
        }
    }

    /** Whole records, of all partitions at once. */
    public static Terms ofBytes(long maxBytes) {
        return new Terms(maxBytes, Long.MAX_VALUE, record -> true, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The record as it is kept. */
    RecordView keep(RecordView record) {
        return record.size() > maxRecordBytes ? record.preview(PREVIEW_BYTES) : record.copy();
    }
}
