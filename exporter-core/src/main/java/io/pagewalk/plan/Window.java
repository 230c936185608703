package io.pagewalk.plan;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * A stretch of time whose records, by their place in the log, make one run of a series.
 *
 * @param start its first instant
 * @param end the first instant after it
 */
public record Window(Instant start, Instant end) {
    /** Checks the two.
     *
     * @throws IllegalArgumentException if it ends before it begins */
    public Window {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("no window is from " + start + " to " + end);
        }
    }

    /** The times of its records, as far as timestamps agree with the log. */
    public AskedTimes times() {
        return AskedTimes.of(new OffsetBound.AtTime(start), new OffsetBound.AtTime(end));
    }

    /** As ISO 8601 has intervals: {@code 2026-11-21T00:00:00Z/2026-11-22T00:00:00Z}. */
    @Override
    public String toString() {
        return start + "/" + end;
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Window parse(String text) {
        int slash = text.indexOf('/');
        try {
            return new Window(
                    Instant.parse(text.substring(0, Math.max(0, slash))), Instant.parse(text.substring(slash + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a window", e);
        }
    }
}
