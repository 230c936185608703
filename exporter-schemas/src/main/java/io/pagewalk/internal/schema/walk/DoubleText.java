package io.pagewalk.internal.schema.walk;

import io.pagewalk.internal.schema.BadPayloadException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating point numbers as JSON texts: few digits, from which exactly the number is read again. The JDK's own text is not the same
 * in all versions of it (JDK-4511638). What JSON has no number for is a string, as in Protobuf's JSON.
 */
public final class DoubleText {
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    private static final float[] FLOAT_POWERS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f};
    private static final double EXACT = 1L << 53;
    private static final float EXACT_FLOAT = 1 << 24;
    private static final int FIRST_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;

    private DoubleText() {}

    /** Adds a number of 64 bits. */
    public static void add(ByteText text, double value) throws BadPayloadException {
        if (special(text, value)) {
            return;
        }
        double size = Math.abs(value);
        for (int digits = 0; digits < POWERS.length && size * POWERS[digits] < EXACT; digits++) {
            double scaled = Math.rint(size * POWERS[digits]);
            // Both are exact, so their quotient is what a reader makes of these digits.
            if (scaled / POWERS[digits] == size) {
                digits(text, isNegative(value), (long) scaled, digits);
                return;
            }
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = FIRST_DIGITS; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                add(text, rounded.stripTrailingZeros());
                return;
            }
        }
    }

    /** Adds a number of 32 bits: digits from which these are read again. */
    public static void add(ByteText text, float value) throws BadPayloadException {
        if (special(text, value)) {
            return;
        }
        float size = Math.abs(value);
        for (int digits = 0; digits < FLOAT_POWERS.length && size * FLOAT_POWERS[digits] < EXACT_FLOAT; digits++) {
            float scaled = (float) Math.rint(size * FLOAT_POWERS[digits]);
            if (scaled / FLOAT_POWERS[digits] == size) {
                digits(text, isNegative(value), (long) scaled, digits);
                return;
            }
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = FLOAT_DIGITS; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.floatValue() == value) {
                add(text, rounded.stripTrailingZeros());
                return;
            }
        }
    }

    private static void add(ByteText text, BigDecimal digits) throws BadPayloadException {
        text.ascii(digits.toString());
        if (digits.scale() == 0) {
            text.ascii(".0");
        }
    }

    /** Also -0.0. */
    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static boolean special(ByteText text, double value) throws BadPayloadException {
        if (Double.isNaN(value)) {
            text.ascii("\"NaN\"");
        } else if (Double.isInfinite(value)) {
            text.ascii(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        } else {
            return false;
        }
        return true;
    }

    private static void digits(ByteText text, boolean negative, long scaled, int fraction) throws BadPayloadException {
        if (negative) {
            text.add('-');
        }
        long power = (long) POWERS[fraction];
        text.unsigned(scaled / power);
        text.add('.');
        if (fraction == 0) {
            text.add('0');
        } else {
            text.padded(scaled % power, fraction);
        }
    }
}
