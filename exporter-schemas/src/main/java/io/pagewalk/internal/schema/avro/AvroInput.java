package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.row.RowEvents;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A payload, read from its front, and what it may cost: whatever its counts say, it cannot have more items, events or copied bytes than
 * in proportion to its size and a fixed allowance. Used again for the next payload. Confined to one thread.
 */
final class AvroInput {
    static final String TRUNCATED = "payload ends within a value";
    static final String TOO_MUCH = "payload stands for too many values";

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_LONG_SHIFT = 63;
    private static final int MOST_INT_SHIFT = 28;
    /** Items that take no byte, as null does. */
    private static final int MOST_EMPTY_ITEMS = 1 << 16;

    private static final int EVENTS = 1 << 21;
    private static final int MADE_BYTES = 1 << 26;
    private static final int MADE_FOR_EACH_BYTE = 16;
    private static final int MOST_DEPTH = 500;

    private byte[] array = {};
    private int at;
    private int end;
    private long emptyItems;
    private long mostEvents;
    private long mostMade;
    private int depth;
    private final MapKeys keys = new MapKeys();

    void begin(byte[] newArray, int offset, int length) {
        array = newArray;
        at = offset;
        end = offset + length;
        emptyItems = 0;
        depth = 0;
        mostEvents = (long) EVENTS + length;
        mostMade = MADE_BYTES + (long) MADE_FOR_EACH_BYTE * length;
        keys.clear();
    }

    byte[] array() {
        return array;
    }

    int at() {
        return at;
    }

    /** Goes back to where it was before. */
    void back(int before) {
        at = before;
    }

    MapKeys keys() {
        return keys;
    }

    /** The most bytes that may be made of the payload. */
    long mostMade() {
        return mostMade;
    }

    /** That all was read. */
    void finish() throws BadPayloadException {
        if (at != end) {
            throw new BadPayloadException("bytes are left over");
        }
    }

    long readLong() throws BadPayloadException {
        byte[] from = array;
        int place = at;
        // Most numbers have one byte.
        if (place < end && from[place] >= 0) {
            at = place + 1;
            long small = from[place];
            return small >>> 1 ^ -(small & 1);
        }
        long value = 0;
        for (int shift = 0; place < end; shift += 7) {
            byte next = from[place++];
            value |= (next & 0x7FL) << shift;
            if (shift == MOST_LONG_SHIFT && (next & 0xFE) != 0) {
                throw new BadPayloadException("number is too long");
            }
            if (next >= 0) {
                at = place;
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new BadPayloadException(TRUNCATED);
    }

    int readInt() throws BadPayloadException {
        int value = 0;
        for (int shift = 0; at < end; shift += 7) {
            byte next = array[at++];
            value |= (next & 0x7F) << shift;
            if (shift == MOST_INT_SHIFT && (next & 0xF0) != 0) {
                throw new BadPayloadException("number is too long");
            }
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new BadPayloadException(TRUNCATED);
    }

    boolean readBoolean() throws BadPayloadException {
        byte value = array[take(1)];
        if (value != 0 && value != 1) {
            throw new BadPayloadException("neither true nor false");
        }
        return value == 1;
    }

    /** The bits of a float. */
    int readFloat() throws BadPayloadException {
        return (int) INTS.get(array, take(Float.BYTES));
    }

    /** The bits of a double. */
    long readDouble() throws BadPayloadException {
        return (long) LONGS.get(array, take(Double.BYTES));
    }

    /** How many bytes are next, and that there are as many. */
    int length() throws BadPayloadException {
        long length = readLong();
        if (length < 0 || length > end - at) {
            throw new BadPayloadException(length < 0 ? "length is negative" : TRUNCATED);
        }
        return (int) length;
    }

    /** Goes past bytes, and says where they begin. */
    int take(int bytes) throws BadPayloadException {
        if (bytes > end - at) {
            throw new BadPayloadException(TRUNCATED);
        }
        int first = at;
        at += bytes;
        return first;
    }

    /** As {@link #take}, for bytes that are text. */
    int takeText(int bytes) throws BadPayloadException {
        int first = take(bytes);
        if (!Utf8.isValid(array, first, at)) {
            throw new BadPayloadException("text is not UTF-8");
        }
        return first;
    }

    /** Which one of so many comes next. */
    int index(int choices) throws BadPayloadException {
        long index = readLong();
        if (index < 0 || index >= choices) {
            throw new BadPayloadException("there is no such type or symbol");
        }
        return (int) index;
    }

    /**
     * How many items the next block has; 0 behind the last block.
     *
     * @param least how many bytes each item takes at least
     */
    long block(int least) throws BadPayloadException {
        long count = readLong();
        if (count < 0) {
            long bytes = readLong();
            if (count == Long.MIN_VALUE || bytes < 0 || bytes > end - at) {
                throw new BadPayloadException(TRUNCATED);
            }
            count = -count;
        }
        if (least > 0) {
            if (count > (end - at) / least) {
                throw new BadPayloadException(TRUNCATED);
            }
        } else if (count > MOST_EMPTY_ITEMS || (emptyItems += count) > MOST_EMPTY_ITEMS) {
            throw new BadPayloadException(TOO_MUCH);
        }
        return count;
    }

    /** That what came of the payload is not too much. After each item of a list or a map. */
    void check(RowEvents into) throws BadPayloadException {
        if (into.count() > mostEvents || into.madeBytes() > mostMade) {
            throw new BadPayloadException(TOO_MUCH);
        }
    }

    /** Goes into a value of a type that is within itself. */
    void enter() throws BadPayloadException {
        if (++depth > MOST_DEPTH) {
            throw new BadPayloadException("values are nested too deeply");
        }
    }

    /** Comes back from there. */
    void leave() {
        depth--;
    }
}
