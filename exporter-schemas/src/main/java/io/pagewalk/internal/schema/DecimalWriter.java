package io.pagewalk.internal.schema;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import java.math.BigInteger;
import java.util.Arrays;

/** Decimals, to the table's scale and form. One that needs more digits than the table's precision is bad. */
final class DecimalWriter extends LeafWriter {
    private static final int LONG_BYTES = Long.BYTES;

    private final Scalar to;
    private final int scaling;
    /** By what numbers of 64 bits are multiplied; 0 if that is more than 64 bits. */
    private final long factor;
    /** The first numbers that have too many digits, in two's complement; they have equally many bytes. */
    private final byte[] bound;

    private final byte[] negativeBound;

    private final long longBound;
    private final byte[] scratch = new byte[LONG_BYTES];

    DecimalWriter(Scalar from, Scalar to, int leaf, int definition) {
        super(leaf, definition);
        this.to = to;
        scaling = to.scale() - from.scale();
        if (scaling < 0) {
            throw new IllegalArgumentException(from + " -> " + to);
        }
        factor = scaling <= Scalar.MAX_LONG_PRECISION ? power(scaling).longValueExact() : 0;
        BigInteger first = power(to.precision());
        bound = first.toByteArray();
        negativeBound = first.negate().toByteArray();
        longBound = to.isNumber() ? first.longValueExact() : Long.MAX_VALUE;
    }

    private static BigInteger power(int digits) {
        return BigInteger.TEN.pow(digits);
    }

    @Override
    public void number(RowEvents into, int repetition, long value) throws BadPayloadException {
        long scaled = value * factor;
        if (value != 0 && (factor == 0 || Math.multiplyHigh(value, factor) != scaled >> (Long.SIZE - 1))) {
            large(into, repetition, BigInteger.valueOf(value));
        } else if (to.isNumber()) {
            if (scaled >= longBound || scaled <= -longBound) {
                throw new BadPayloadException(OUT_OF_RANGE);
            }
            into.number(leaf, repetition, definition, scaled);
        } else {
            longBytes(into, repetition, scaled);
        }
    }

    @Override
    public void bytes(RowEvents into, int repetition, byte[] array, int offset, int length) throws BadPayloadException {
        decimal(into, repetition, array, offset, length, true);
    }

    @Override
    public void made(RowEvents into, int repetition, byte[] array, int offset, int length) throws BadPayloadException {
        decimal(into, repetition, array, offset, length, false);
    }

    private void decimal(RowEvents into, int repetition, byte[] array, int offset, int length, boolean ofPayload)
            throws BadPayloadException {
        if (length == 0) {
            throw new BadPayloadException("decimal has no bytes");
        }
        int end = offset + length;
        int first = offset;
        byte fill = (byte) (array[offset] >> (Byte.SIZE - 1));
        while (first < end - 1 && array[first] == fill && (array[first + 1] ^ fill) >= 0) {
            first++;
        }
        if (end - first <= LONG_BYTES) {
            long value = array[first];
            for (int at = first + 1; at < end; at++) {
                value = value << Byte.SIZE | (array[at] & 0xFF);
            }
            if (scaling > 0 || to.isNumber()) {
                number(into, repetition, value);
                return;
            }
        } else if (end - first > bound.length || (end - first == bound.length && isBeyond(array, first, end))) {
            throw new BadPayloadException(OUT_OF_RANGE);
        } else if (scaling > 0) {
            large(into, repetition, new BigInteger(array, first, end - first));
            return;
        }
        if (ofPayload) {
            into.bytes(leaf, repetition, definition, first, end - first);
        } else {
            into.made(leaf, repetition, definition, array, first, end - first);
        }
    }

    /** Whether a number of as many bytes as the bounds have is one of them, or further from zero. */
    private boolean isBeyond(byte[] array, int first, int end) {
        return array[first] >= 0
                ? Arrays.compareUnsigned(array, first, end, bound, 0, bound.length) >= 0
                : Arrays.compareUnsigned(array, first, end, negativeBound, 0, bound.length) <= 0;
    }

    private void longBytes(RowEvents into, int repetition, long value) {
        for (int at = 0; at < LONG_BYTES; at++) {
            scratch[at] = (byte) (value >> (Byte.SIZE * (LONG_BYTES - 1 - at)));
        }
        int first = 0;
        int fill = value < 0 ? -1 : 0;
        while (first < LONG_BYTES - 1 && scratch[first] == fill && (scratch[first + 1] ^ fill) >= 0) {
            first++;
        }
        into.made(leaf, repetition, definition, scratch, first, LONG_BYTES - first);
    }

    private void large(RowEvents into, int repetition, BigInteger value) throws BadPayloadException {
        BigInteger scaled = value.multiply(power(scaling));
        if (scaled.abs().compareTo(new BigInteger(bound)) >= 0) {
            throw new BadPayloadException(OUT_OF_RANGE);
        }
        byte[] made = scaled.toByteArray();
        into.made(leaf, repetition, definition, made, 0, made.length);
    }
}
