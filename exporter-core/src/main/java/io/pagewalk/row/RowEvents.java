package io.pagewalk.row;

import java.util.Arrays;

/**
 * The values of one payload, leaf by leaf, as a decoder comes upon them: of each leaf in the order of the payload, of different
 * leaves in any. Whoever takes them goes by the leaves of the same {@link RowLayout}. Values that are bytes are views on the payload,
 * or copies where the decoder made them. It is used again for the next payload, and allocates only to grow. Confined to one thread.
 */
public final class RowEvents {
    private static final int LEVEL_BITS = 8;
    private static final int LEVEL_MASK = (1 << LEVEL_BITS) - 1;
    private static final int FIRST_CAPACITY = 64;
    private static final byte[] NONE = {};

    /** A leaf's number, its repetition level and its definition level. */
    private int[] heads = new int[FIRST_CAPACITY];
    /** Numbers; of bytes where they begin and how many there are. A place among the made ones is its complement. */
    private long[] values = new long[FIRST_CAPACITY];

    private int count;
    private byte[] payload = NONE;
    private byte[] made = NONE;
    private int madeBytes;

    /** Forgets all, for the values of another payload, to whose array {@link #bytes} refers. */
    public void begin(byte[] newPayload) {
        payload = newPayload;
        count = 0;
        madeBytes = 0;
    }

    /** Nothing is there: the level says what of the path is. */
    public void absent(int leaf, int repetition, int definition) {
        add(leaf, repetition, definition, 0);
    }

    /** A number, as {@link ScalarKind} says. */
    public void number(int leaf, int repetition, int definition, long value) {
        add(leaf, repetition, definition, value);
    }

    /** Bytes of the payload's array. */
    public void bytes(int leaf, int repetition, int definition, int offset, int length) {
        add(leaf, repetition, definition, (long) offset << Integer.SIZE | length);
    }

    /** Bytes that are copied. */
    public void made(int leaf, int repetition, int definition, byte[] source, int offset, int length) {
        if (made.length - madeBytes < length) {
            made = Arrays.copyOf(made, Math.max(Math.addExact(madeBytes, length), 2 * madeBytes));
        }
        System.arraycopy(source, offset, made, madeBytes, length);
        add(leaf, repetition, definition, (long) ~madeBytes << Integer.SIZE | length);
        madeBytes += length;
    }

    private void add(int leaf, int repetition, int definition, long value) {
        if (count == heads.length) {
            heads = Arrays.copyOf(heads, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        heads[count] = leaf << (2 * LEVEL_BITS) | repetition << LEVEL_BITS | definition;
        values[count++] = value;
    }

    /** How many events there are. */
    public int count() {
        return count;
    }

    /** How many bytes were copied. */
    public int madeBytes() {
        return madeBytes;
    }

    /** The number of the leaf of an event, counted from 0. */
    public int leaf(int event) {
        return heads[event] >>> (2 * LEVEL_BITS);
    }

    /** Its repetition level. */
    public int repetition(int event) {
        return heads[event] >>> LEVEL_BITS & LEVEL_MASK;
    }

    /** Its definition level; below that of the leaf there is no value. */
    public int definition(int event) {
        return heads[event] & LEVEL_MASK;
    }

    /** Its value, if that is a number. */
    public long number(int event) {
        return values[event];
    }

    /** The array of its value, if that is bytes; valid until the next {@link #begin}, and not to be changed. */
    public byte[] array(int event) {
        return values[event] < 0 ? made : payload;
    }

    /** Where in {@link #array} its bytes begin. */
    public int offset(int event) {
        int place = (int) (values[event] >> Integer.SIZE);
        return place < 0 ? ~place : place;
    }

    /** How many bytes it has. */
    public int length(int event) {
        return (int) values[event];
    }
}
