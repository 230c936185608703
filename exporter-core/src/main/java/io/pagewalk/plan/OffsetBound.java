package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

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

    /** The start of a day, where the export's days begin. */
    record AtDate(LocalDate date) implements OffsetBound {
        @Override
        public OffsetBound fixed(Instant now, ZoneId zone) {
            return new AtTime(date.atStartOfDay(zone).toInstant());
        }

        @Override
        public String toString() {
            return date.toString();
        }
    }

    /**
     * The start of the day it is at the freeze, or of one before.
     *
     * @param daysBefore how many days before it, 0 or 1
     */
    record AtDay(int daysBefore) implements OffsetBound {
        @Override
        public OffsetBound fixed(Instant now, ZoneId zone) {
            LocalDate day = now.atZone(zone).toLocalDate().minusDays(daysBefore);
            return new AtTime(day.atStartOfDay(zone).toInstant());
        }

        @Override
        public String toString() {
            return daysBefore == 0 ? "today" : "yesterday";
        }
    }

    /** So long before the freeze, in whole seconds. */
    record Before(Duration time) implements OffsetBound {
        @Override
        public OffsetBound fixed(Instant now, ZoneId zone) {
            return new AtTime(now.minus(time));
        }

        @Override
        public String toString() {
            long seconds = time.toSeconds();
            if (seconds % 86_400 == 0) {
                return "now-" + seconds / 86_400 + "d";
            } else if (seconds % 3_600 == 0) {
                return "now-" + seconds / 3_600 + "h";
            } else if (seconds % 60 == 0) {
                return "now-" + seconds / 60 + "m";
            }
            return "now-" + seconds + "s";
        }
    }

    /**
     * The bound as it is once clock and zone are known: none that depends on them.
     *
     * @param now when the extent is frozen
     * @param zone where the export's days begin
     */
    default OffsetBound fixed(Instant now, ZoneId zone) {
        return this;
    }

    /**
     * Checks that something may lie between two bounds.
     *
     * @param known makes of each what is known of it
     * @throws UsageException if the first one is after the second one
     */
    static void requireInOrder(OffsetBound from, OffsetBound to, UnaryOperator<OffsetBound> known) {
        OffsetBound begin = known.apply(from);
        OffsetBound end = known.apply(to);
        boolean isAfter =
                begin instanceof AtOffset first && end instanceof AtOffset last && first.offset() > last.offset();
        if (begin instanceof AtTime earlier && end instanceof AtTime later) {
            isAfter = earlier.instant().isAfter(later.instant());
        }
        if (isAfter) {
            throw new UsageException("there is nothing from " + from + " to " + to
                    + ": the end is exclusive, and has to come after the beginning");
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
     * Reads {@code earliest}, {@code latest}, {@code offset:N}, an ISO-8601 date, an ISO-8601 instant ({@code
     * 2026-01-31T12:00:00Z}, or with an offset), {@code today}, {@code yesterday}, or {@code now-1h} with a number of {@code s},
     * {@code m}, {@code h} or {@code d}.
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
        if (text.equals("today")) {
            return new AtDay(0);
        }
        if (text.equals("yesterday")) {
            return new AtDay(1);
        }
        try {
            if (text.matches("now-[0-9]{1,6}[smhd]")) {
                // A day here is 24 hours.
                return new Before(
                        Duration.parse(text.endsWith("d") ? "P" + text.substring(4) : "PT" + text.substring(4)));
            }
            // On its own, the parser also takes a plus sign, and the digits of other scripts.
            if (text.matches("offset:[0-9]{1,19}")) {
                return new AtOffset(Long.parseLong(text.substring("offset:".length())));
            } else if (text.indexOf('T') < 0) {
                return new AtDate(LocalDate.parse(text));
            } else {
                return new AtTime(OffsetDateTime.parse(text).toInstant());
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // Told below, together with what would have been right.
        }
        throw new UsageException("'" + text + "' is neither earliest, latest, offset:N, a date (2026-01-31), an instant"
                + " with its zone (2026-01-31T12:00:00Z), today, yesterday nor now-1h");
    }
}
