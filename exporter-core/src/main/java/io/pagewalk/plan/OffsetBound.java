package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Where an extent begins or ends in every partition, as it was asked for. */
public sealed interface OffsetBound {
    /** The log start offset. */
    record Earliest() implements OffsetBound {
        @Override
        public String toString() {
            return "earliest";
        }
    }

    /** The last stable offset, or the high watermark under {@code read_uncommitted}. */
    record Latest() implements OffsetBound {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /** An offset, clamped to what exists; as an end, exclusive. */
    record AtOffset(long offset) implements OffsetBound {
        @Override
        public String toString() {
            return "offset:" + offset;
        }
    }

    /** Where the log crosses {@code instant}: a place in the log, which single records may contradict. */
    record AtTime(Instant instant) implements OffsetBound {
        @Override
        public String toString() {
            return instant.toString();
        }
    }

    /**
     * A time in milliseconds since the epoch. Rounded up: timestamps are whole milliseconds, and none before the instant
     * belongs.
     *
     * @throws ArithmeticException if it has none
     * @throws java.time.DateTimeException likewise
     */
    static long millis(Instant instant) {
        return instant.plusNanos(999_999).toEpochMilli();
    }

    /**
     * Reads {@code earliest}, {@code latest}, {@code offset:N}, an ISO-8601 date (its start in UTC) or an ISO-8601 instant
     * ({@code 2026-01-31T12:00:00Z}, or with an offset).
     *
     * @throws UsageException if {@code text} is none of these
     */
    static OffsetBound parse(String text) {
        if (text.equals("earliest")) {
            return new Earliest();
        }
        if (text.equals("latest")) {
            return new Latest();
        }
        try {
            // On its own, the parser also takes a plus sign, and the digits of other scripts.
            if (text.matches("offset:[0-9]{1,19}")) {
                return new AtOffset(Long.parseLong(text.substring("offset:".length())));
            } else if (text.indexOf('T') < 0) {
                return new AtTime(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            } else {
                return new AtTime(OffsetDateTime.parse(text).toInstant());
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // Told below, together with what would have been right.
        }
        throw new UsageException("'" + text + "' is neither earliest, latest, offset:N, a date (2026-01-31) nor an"
                + " instant with its zone (2026-01-31T12:00:00Z)");
    }
}
