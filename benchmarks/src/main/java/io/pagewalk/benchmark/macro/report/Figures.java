package io.pagewalk.benchmark.macro.report;

import java.util.Locale;

/** How numbers are written: three digits that matter, more before the point. */
final class Figures {
    private Figures() {}

    static String text(double value) {
        double size = Math.abs(value);
        int decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
        if (size != 0 && size < 0.0995) {
            decimals = 3;
        }
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String text(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
