package io.pagewalk.plan;

import java.time.DateTimeException;

/**
 * The timestamps that an export was asked for. Bounds by time are places in the log, so records with others are exported as
 * well, and counted.
 *
 * @param first the least, in milliseconds since the epoch
 * @param last the greatest, inclusive; below {@code first} if there is none
 */
public record AskedTimes(long first, long last) {
    /** Nothing was asked of timestamps. */
    public static final AskedTimes ANY = new AskedTimes(Long.MIN_VALUE, Long.MAX_VALUE);

    /**
     * The times between two bounds, where they are times.
     *
     * @throws IllegalArgumentException if one of them has no number of milliseconds
     */
    public static AskedTimes of(OffsetBound from, OffsetBound to) {
        try {
            return new AskedTimes(
                    from instanceof OffsetBound.AtTime start ? OffsetBound.millis(start.instant()) : ANY.first(),
                    to instanceof OffsetBound.AtTime end ? OffsetBound.millis(end.instant()) - 1 : ANY.last());
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("a bound is not a time: " + e.getMessage(), e);
        }
    }

    public boolean contains(long timestamp) {
        return first <= timestamp && timestamp <= last;
    }
}
