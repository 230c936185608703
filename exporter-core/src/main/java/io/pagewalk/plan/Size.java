package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page or file size as it was asked for.
 *
 * @param amount at least 1
 * @param unit what {@code amount} counts
 */
public record Size(long amount, Unit unit) {
    /** What a size counts. */
    public enum Unit {
        /** Offsets, which are records where the log has no gaps. */
        RECORDS,
        /** Uncompressed bytes of key, value and headers. */
        BYTES
    }

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,9})?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> BYTES = Map.of(
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    /** @throws IllegalArgumentException if {@code amount} is below 1 */
    public Size {
        if (amount < 1) {
            throw new IllegalArgumentException("a size below 1: " + amount);
        }
    }

    public static Size records(long count) {
        return new Size(count, Unit.RECORDS);
    }

    public static Size bytes(long count) {
        return new Size(count, Unit.BYTES);
    }

    /**
     * Reads a number of records ({@code 50000}) or of bytes ({@code 1GiB}, {@code 128MB}, {@code 512B}).
     *
     * @throws UsageException if {@code text} is neither, or comes to less than 1
     */
    public static Size parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            BigDecimal number = new BigDecimal(matcher.group(1));
            String suffix = matcher.group(2).toLowerCase(Locale.ROOT);
            Long factor = suffix.isEmpty() ? Long.valueOf(1) : BYTES.get(suffix);
            boolean whole = number.scale() == 0 || !suffix.isEmpty();
            if (factor != null && whole) {
                BigDecimal amount = number.multiply(BigDecimal.valueOf(factor));
                if (amount.compareTo(BigDecimal.ONE) >= 0
                        && amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                    return new Size(amount.longValue(), suffix.isEmpty() ? Unit.RECORDS : Unit.BYTES);
                }
            }
        }
        throw new UsageException(
                "'" + text + "' is neither a number of records (50000) nor of bytes (128MiB, 1GiB), at least 1");
    }

    /**
     * This size in records.
     *
     * @param recordBytes the mean uncompressed size of a record, positive
     */
    public long toRecords(double recordBytes) {
        return unit == Unit.RECORDS ? amount : Math.max(1, (long) (amount / recordBytes));
    }

    /** The shortest whole number of a unit that {@link #parse} reads as this size. */
    @Override
    public String toString() {
        if (unit == Unit.RECORDS) {
            return Long.toString(amount);
        }
        String shortest = amount + "B";
        for (String unit : List.of("KiB", "KB", "MiB", "MB", "GiB", "GB", "TiB", "TB")) {
            long factor = BYTES.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
            String text = amount / factor + unit;
            if (amount % factor == 0 && text.length() < shortest.length()) {
                shortest = text;
            }
        }
        return shortest;
    }
}
