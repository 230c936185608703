package io.pagewalk.log;

import io.pagewalk.model.OffsetRange;

/**
 * Offsets of the extent that are gone from the topic.
 *
 * @param partition the partition they belonged to
 * @param range the offsets, never empty
 */
public record LostRange(int partition, OffsetRange range) {
    public LostRange {
        if (range.isEmpty()) {
            throw new IllegalArgumentException("nothing is lost in an empty range of partition " + partition);
        }
    }
}
