package io.pagewalk.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a data file holds.
 *
 * @param records how many records
 * @param bounds the least and greatest offset and timestamp, or null if there are no records
 */
public record FileContent(long records, @Nullable Bounds bounds) {
    public FileContent {
        if (records < 0 || (records == 0) != (bounds == null)) {
            throw new IllegalArgumentException("bounds belong to records: " + records + ", " + bounds);
        }
    }

    public static final FileContent EMPTY = new FileContent(0, null);

    /**
     * All ends are inclusive; timestamps are milliseconds since the epoch.
     */
    public record Bounds(long firstOffset, long lastOffset, long minTimestamp, long maxTimestamp) {}
}
