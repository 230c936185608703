package io.pagewalk.internal.sink.parquet.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/**
 * The bytes of one page, in one array, so that nothing is copied before it is compressed. Values are appended; the levels, which
 * are known last and come first, are put in front. Used again for the next page.
 */
final class PageBytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_CAPACITY = 16 * 1024;
    private static final int SMALL_CAPACITY = 64;

    private final int front;
    /** A page that needs more, because of one large record, must not keep it. */
    private final int keptCapacity;

    private final boolean small;

    private byte[] bytes;
    private int begin;
    private int end;

    /**
     * @param front how many bytes will be put in front, mostly
     * @param usual how many are appended to a page, mostly
     */
    PageBytes(int front, int usual) {
        this(front, usual, false);
    }

    private PageBytes(int front, int usual, boolean small) {
        this.small = small;
        this.front = front;
        this.keptCapacity = front + usual;
        this.bytes = new byte[small ? 0 : Math.min(keptCapacity, front + FIRST_CAPACITY)];
        begin = front;
        end = front;
    }

    /** Of one of many columns, most of which have little: it takes no room before there is something. */
    static PageBytes small(int usual) {
        return new PageBytes(0, usual, true);
    }

    /** How much memory it has. */
    int capacity() {
        return bytes.length;
    }

    /** Gives its memory back, all but what is needed to go on. */
    void release() {
        bytes = new byte[front];
        begin = front;
        end = front;
    }

    void clear() {
        if (bytes.length > keptCapacity) {
            bytes = new byte[keptCapacity];
        }
        begin = front;
        end = front;
    }

    int size() {
        return end - begin;
    }

    void append(byte value) {
        reserve(1);
        bytes[end++] = value;
    }

    void append(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, end, length);
        end += length;
    }

    void appendInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, end, value);
        end += Integer.BYTES;
    }

    /** Changes a number that was appended when there were so many bytes. */
    void setInt(int at, int value) {
        INT.set(bytes, begin + at, value);
    }

    void appendLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, end, value);
        end += Long.BYTES;
    }

    /** Appends a number of 7 bits a byte, the lowest first. */
    void appendVarlong(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            append((byte) (rest | 0x80));
            rest >>>= 7;
        }
        append((byte) rest);
    }

    /** Appends a byte array as the encoding PLAIN has it. */
    void appendWithLength(byte[] from, int offset, int length) {
        int total = Math.addExact(Integer.BYTES, length);
        reserve(total);
        INT.set(bytes, end, length);
        System.arraycopy(from, offset, bytes, end + Integer.BYTES, length);
        end += total;
    }

    /** Appends a number of 7 bits a byte, the lowest first. */
    void appendVarint(int number) {
        int rest = number;
        while ((rest & ~0x7F) != 0) {
            append((byte) (rest | 0x80));
            rest >>>= 7;
        }
        append((byte) rest);
    }

    /** Puts levels before all that is there: their length, and the bytes. */
    void putInFront(byte[] levels) {
        int total = Integer.BYTES + levels.length;
        if (total > begin) {
            makeRoomInFront(total);
        }
        begin -= total;
        INT.set(bytes, begin, levels.length);
        System.arraycopy(levels, 0, bytes, begin + Integer.BYTES, levels.length);
    }

    private void makeRoomInFront(int room) {
        byte[] larger = new byte[Math.addExact(room, size())];
        System.arraycopy(bytes, begin, larger, room, size());
        end = larger.length;
        begin = room;
        bytes = larger;
    }

    private void reserve(int length) {
        if (length > bytes.length - end) {
            grow(Math.addExact(end, length));
        }
    }

    private void grow(int needed) {
        long larger = Math.max(2L * bytes.length, SMALL_CAPACITY);
        // Small ones may be far larger for once, and would be copied again and again if they grew by no more than is
        // needed.
        int most = small ? Integer.MAX_VALUE - Long.BYTES : Math.max(keptCapacity, needed);
        bytes = Arrays.copyOf(bytes, Math.max((int) Math.min(larger, most), needed));
    }

    byte[] array() {
        return bytes;
    }

    /** Where in {@link #array()} the first byte is. */
    int offset() {
        return begin;
    }

    /** All of it, valid until the next change. */
    BytesInput toInput() {
        return BytesInput.from(bytes, begin, size());
    }
}
