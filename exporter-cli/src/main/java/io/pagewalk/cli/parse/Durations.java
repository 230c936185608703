package io.pagewalk.cli.parse;

import io.pagewalk.error.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them. */
public final class Durations {
    private static final Pattern PARTS = Pattern.compile(
            "(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

    /** Keeps every sum of times within the range of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads {@code 45s}, {@code 30m}, {@code 1h30m}, {@code 2d}, {@code 500ms}, or ISO-8601 ({@code PT30M}).
     *
     * @throws UsageException if {@code text} is neither, not positive, or beyond a hundred years
     */
    public static Duration parse(String text) {
        Duration duration = parseOrZero(text);
        if (duration.isZero()) {
            throw not(text);
        }
        return duration;
    }

    /** Likewise, or none at all: {@code 0s}. */
    public static Duration parseOrZero(String text) {
        Duration duration = null;
        try {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            Matcher parts = PARTS.matcher(lower);
            if (parts.matches() && !lower.isEmpty()) {
                duration = Duration.ofDays(number(parts.group(1)))
                        .plusHours(number(parts.group(2)))
                        .plusMinutes(number(parts.group(3)))
                        .plusSeconds(number(parts.group(4)))
                        .plusMillis(number(parts.group(5)));
            } else if (lower.startsWith("p")) {
                duration = Duration.parse(lower);
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Told below, together with what would have been right.
        }
        if (duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw not(text);
        }
        return duration;
    }

    private static UsageException not(String text) {
        return new UsageException("'" + text + "' is not a duration such as 45s, 30m, 1h30m or PT30M");
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
