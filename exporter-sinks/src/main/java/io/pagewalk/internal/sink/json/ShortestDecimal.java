package io.pagewalk.internal.sink.json;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as a floating-point number, and of those the closest: the same on every JDK, unlike {@link
 * Double#toString}, which gave longer ones before JDK 19, and without objects. The algorithm is Raffaello Giulietti's ("The
 * Schubfach way to render doubles", 2020), as later JDKs have it. Used again for the next number. Confined to one thread.
 */
final class ShortestDecimal {
    private static final int LEAST_POWER = -292;
    private static final int MOST_POWER = 324;
    private static final int BITS = 126;
    private static final long HALF = (1L << 63) - 1;
    /** By power of ten: 126 leading bits of it, rounded up, in two halves. */
    private static final long[] TABLE = table();

    /** What the fraction of a double, and of a float, has in bits; and the least exponents. */
    private static final int DOUBLE_BITS = 53;

    private static final int DOUBLE_LEAST = -1074;
    private static final int FLOAT_BITS = 24;
    private static final int FLOAT_LEAST = -149;

    private long digits;
    private int exponent;

    private static long[] table() {
        long[] table = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
        for (int k = LEAST_POWER; k <= MOST_POWER; k++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger g;
            int shift = BITS - 1 - floorLog2Pow10(k);
            if (k >= 0) {
                g = shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift);
            } else {
                g = BigInteger.ONE.shiftLeft(shift).divide(power);
            }
            g = g.add(BigInteger.ONE);
            int at = 2 * (k - LEAST_POWER);
            table[at] = g.shiftRight(63).longValueExact();
            table[at + 1] = g.longValue() & HALF;
        }
        return table;
    }

    private static int floorLog2Pow10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    private static int floorLog10Pow2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10ThreeQuartersPow2(int e) {
        return (int) ((e * 661_971_961_083L + -274_743_187_321L) >> 41);
    }

    /** Takes a number that is finite and not zero; its sign is left out. */
    void takeDouble(long bits) {
        long fraction = bits & ((1L << (DOUBLE_BITS - 1)) - 1);
        int biased = (int) (bits >>> (DOUBLE_BITS - 1)) & 0x7FF;
        take(fraction, biased, DOUBLE_BITS, DOUBLE_LEAST);
    }

    /** Likewise. */
    void takeFloat(int bits) {
        take(bits & ((1 << (FLOAT_BITS - 1)) - 1), (bits >>> (FLOAT_BITS - 1)) & 0xFF, FLOAT_BITS, FLOAT_LEAST);
    }

    private void take(long fraction, int biased, int precision, int least) {
        long hidden = 1L << (precision - 1);
        boolean subnormal = biased == 0;
        long c = subnormal ? fraction : fraction | hidden;
        int q = subnormal ? least : least - 1 + biased;
        if (!subnormal && q < 0 && q > -precision && (c & ((1L << -q) - 1)) == 0) {
            set(c >> -q, 0);
            return;
        }
        toDecimal(c, q, subnormal || biased == 1 || c != hidden);
    }

    /** @param regular whether the next smaller number is as far away as the next larger one */
    private void toDecimal(long c, int q, boolean regular) {
        int out = (int) c & 1;
        long cb = c << 2;
        long cbr = cb + 2;
        long cbl = regular ? cb - 2 : cb - 1;
        int k = regular ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
        int h = q + floorLog2Pow10(-k) + 2;
        int at = 2 * (-k - LEAST_POWER);
        long g1 = TABLE[at];
        long g0 = TABLE[at + 1];
        long vb = scaled(g1, g0, cb << h);
        long vbl = scaled(g1, g0, cbl << h);
        long vbr = scaled(g1, g0, cbr << h);
        long s = vb >> 2;
        if (s >= 10) {
            long tens = 10 * (s / 10);
            long more = tens + 10;
            boolean lower = vbl + out <= tens << 2;
            boolean upper = (more << 2) + out <= vbr;
            if (lower != upper) {
                set(lower ? tens : more, k);
                return;
            }
        }
        long t = s + 1;
        boolean lower = vbl + out <= s << 2;
        boolean upper = (t << 2) + out <= vbr;
        if (lower != upper) {
            set(lower ? s : t, k);
            return;
        }
        long nearer = vb - ((s + t) << 1);
        set(nearer < 0 || (nearer == 0 && (s & 1) == 0) ? s : t, k);
    }

    private static long scaled(long g1, long g0, long cp) {
        long x1 = Math.multiplyHigh(g0, cp);
        long y0 = g1 * cp;
        long y1 = Math.multiplyHigh(g1, cp);
        long z = (y0 >>> 1) + x1;
        long w = y1 + (z >>> 63);
        return w | (((z & HALF) + HALF) >>> 63);
    }

    private void set(long newDigits, int newExponent) {
        digits = newDigits;
        exponent = newExponent;
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
    }

    /** The digits, without zeros at the end. */
    long digits() {
        return digits;
    }

    /** The power of ten of the last digit. */
    int exponent() {
        return exponent;
    }
}
