package io.pagewalk.table;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A data file that a log lists, as a table is told of it. All of it is in the log, so that whoever tells of it again tells the same.
 *
 * @param name relative to the output
 * @param bytes its size
 * @param records how many rows it has, at least 1
 * @param partition which partition of the topic all of them are of
 * @param firstOffset the least offset
 * @param lastOffset the greatest, inclusive
 * @param minTimestamp the least timestamp, in milliseconds since 1970
 * @param maxTimestamp the greatest, inclusive
 * @param date that of the window which the file is in, or null if the series has none
 */
public record TableFile(
        String name,
        long bytes,
        long records,
        int partition,
        long firstOffset,
        long lastOffset,
        long minTimestamp,
        long maxTimestamp,
        @Nullable LocalDate date) {}
