package io.pagewalk.cli.text;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. The same in every locale. */
public final class Human {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final long BYTES_PER_MEGABYTE = 1_000_000;

    private Human() {}

    /** {@code 1,234,567} */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 page}, {@code 2 pages} */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 128 MiB}, {@code 1.4 GiB} */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** As for a whole number; means and estimates are none. */
    static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits = String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f" : "%.1f", value);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + " " + UNITS[unit];
    }

    /** {@code 45.2 MB/s}; 0 where nothing can be said. */
    public static String rate(long bytes, Duration elapsed) {
        return String.format(Locale.ROOT, "%.1f MB/s", megabytesPerSecond(bytes, elapsed));
    }

    public static double megabytesPerSecond(long bytes, Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9;
        return seconds <= 0 ? 0 : bytes / seconds / BYTES_PER_MEGABYTE;
    }

    /** {@code 12.3 %}; 100 only when everything is done. */
    public static String share(long done, long total) {
        if (done >= total) {
            return "100 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, 100.0 * done / total));
    }

    /** {@code 0.8 s}, {@code 42 s}, {@code 3 min 20 s}, {@code 2 h 5 min} */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        return minutes < 60 ? minutes + " min " + seconds % 60 + " s" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
