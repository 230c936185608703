package io.pagewalk.internal.schema.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pagewalk.internal.schema.BadPayloadException;

/** Reads numbers of valid JSON texts, exactly. Confined to one thread. */
final class JsonNumbers {
    private static final int MAX_DIGITS = 19;
    /** An exponent that no number of 64 bits has, and that is no risk to add to. */
    private static final int HUGE = 1 << 20;

    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final String NOT_INTEGER = "number is not an integer";
    private static final String TOO_LARGE = "integer does not fit into 64 bits";

    private boolean negative;
    /** The first digits that are not 0, as one number without a sign. */
    private long digits;
    /** By which power of ten it is to be multiplied. */
    private int exponent;
    /** Whether there are more digits, and one of them is not 0. */
    private boolean more;

    private int end;
    private long value;

    /** Where the number ends that was read last. */
    int end() {
        return end;
    }

    /** The number that was read last. */
    long value() {
        return value;
    }

    /** Reads a number that is an integer of 64 bits, whatever way it is written. */
    void integer(byte[] text, int from, int to) throws BadPayloadException {
        int at = text[from] == '-' ? from + 1 : from;
        long plain = 0;
        int first = at;
        while (at < to && at - first < MAX_DIGITS - 1 && isDigit(text[at])) {
            plain = 10 * plain + (text[at++] - '0');
        }
        if (at == to || !isOfNumber(text[at])) {
            value = first == from ? plain : -plain;
            end = at;
            return;
        }
        scan(text, from, to);
        while (digits != 0 && Long.remainderUnsigned(digits, 10) == 0) {
            digits = Long.divideUnsigned(digits, 10);
            exponent++;
        }
        if (digits == 0) {
            value = 0;
            return;
        }
        if (exponent < 0 || (more && exponent < 1)) {
            throw new BadPayloadException(NOT_INTEGER);
        }
        if (more || exponent >= MAX_DIGITS) {
            throw new BadPayloadException(TOO_LARGE);
        }
        long size = digits;
        for (int i = 0; i < exponent; i++) {
            if (Long.compareUnsigned(size, Long.MAX_VALUE / 10) > 0) {
                throw new BadPayloadException(TOO_LARGE);
            }
            size *= 10;
        }
        if (size < 0 && !(negative && size == Long.MIN_VALUE)) {
            throw new BadPayloadException(TOO_LARGE);
        }
        value = negative ? -size : size;
    }

    /** Reads a number as the nearest one of 64 bits with a binary point, as its raw bits. */
    void number(byte[] text, int from, int to) throws BadPayloadException {
        scan(text, from, to);
        double size;
        if (!more && digits >= 0 && digits <= EXACT && exponent >= -22 && exponent <= 22) {
            // Both are exact, so what comes of them is rounded once.
            size = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
            size = negative ? -size : size;
        } else {
            size = Double.parseDouble(new String(text, from, end - from, ISO_8859_1));
        }
        if (Double.isInfinite(size)) {
            throw new BadPayloadException("number does not fit into 64 bits");
        }
        value = Double.doubleToRawLongBits(size);
    }

    private void scan(byte[] text, int from, int to) {
        negative = text[from] == '-';
        digits = 0;
        exponent = 0;
        more = false;
        int at = negative ? from + 1 : from;
        int count = 0;
        boolean fraction = false;
        while (at < to) {
            byte c = text[at];
            if (isDigit(c)) {
                if (count < MAX_DIGITS) {
                    digits = 10 * digits + (c - '0');
                    count += digits == 0 ? 0 : 1;
                    exponent -= fraction ? 1 : 0;
                } else {
                    more |= c != '0';
                    exponent += fraction ? 0 : 1;
                }
            } else if (c == '.') {
                fraction = true;
            } else {
                break;
            }
            at++;
        }
        if (at < to && (text[at] | 0x20) == 'e') {
            at = exponent(text, at + 1, to);
        }
        end = at;
    }

    private int exponent(byte[] text, int from, int to) {
        int at = from;
        boolean below = text[at] == '-';
        if (below || text[at] == '+') {
            at++;
        }
        int written = 0;
        while (at < to && isDigit(text[at])) {
            written = Math.min(HUGE, 10 * written + (text[at] - '0'));
            at++;
        }
        exponent += below ? -written : written;
        return at;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOfNumber(byte c) {
        return isDigit(c) || c == '.' || (c | 0x20) == 'e';
    }
}
