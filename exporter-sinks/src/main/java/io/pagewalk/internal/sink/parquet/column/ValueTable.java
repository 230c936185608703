package io.pagewalk.internal.sink.parquet.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;

/** The dictionary of a typed column: it takes memory as it grows, and gives it back when it did not pay. */
final class ValueTable {
    /** There is no room for one more value. */
    static final int FULL = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST = 1 << 17;
    private static final int FIRST_SLOTS = 64;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int[] NONE = {};

    private final int maxBytes;
    /** Of values that all have as many bytes, and no length before them; 0 for others. */
    private final int width;

    private final PageBytes entries;
    /** Where in the dictionary each entry ends. */
    private int[] ends = NONE;
    /** By hash: an entry's number and one, or 0 where there is none. */
    private int[] slots = NONE;

    private int count;

    /**
     * @param maxBytes how large the dictionary may become
     * @param width how many bytes each value has, or 0 if they differ
     */
    ValueTable(int maxBytes, int width) {
        this.maxBytes = maxBytes;
        this.width = width;
        this.entries = PageBytes.small(maxBytes);
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(slots, 0);
        }
        entries.clear();
        count = 0;
    }

    void release() {
        entries.release();
        ends = NONE;
        slots = NONE;
        count = 0;
    }

    int count() {
        return count;
    }

    /** How much of its memory is in use. */
    long size() {
        return entries.size() + 3L * Integer.BYTES * count;
    }

    long capacity() {
        return entries.capacity() + (long) Integer.BYTES * (ends.length + slots.length);
    }

    /**
     * Whether numbers of it take less room than values as they are. As pages are compressed, which finds most of what a dictionary
     * does, half as much has to be saved.
     *
     * @param values how many values there were
     * @param bytes how many bytes they have as they are
     */
    boolean pays(int values, long bytes) {
        long bits = BytesUtils.getWidthFromMaxInt(count - 1);
        return 2 * (entries.size() + bits * values / Byte.SIZE) <= bytes;
    }

    /** The dictionary as the encoding PLAIN has it. */
    PageBytes entries() {
        return entries;
    }

    /** The number of a value's entry, which is made if there is none yet; {@link #FULL} if there is no room. */
    int idOf(byte[] array, int offset, int length) {
        if (2 * count >= slots.length) {
            grow();
        }
        int slot = slotOf(hash(array, offset, length));
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (isAt(id, array, offset, length)) {
                return id;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (count == MOST || (long) entries.size() + Integer.BYTES + length > maxBytes) {
            return FULL;
        }
        if (width == 0) {
            entries.appendWithLength(array, offset, length);
        } else {
            entries.append(array, offset, length);
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(FIRST_SLOTS / 2, 2 * count));
        }
        ends[count] = entries.size();
        slots[slot] = ++count;
        return count - 1;
    }

    private void grow() {
        slots = new int[Math.max(FIRST_SLOTS, 2 * slots.length)];
        byte[] array = entries.array();
        for (int id = 0; id < count; id++) {
            int begin = entries.offset() + begin(id);
            int slot = slotOf(hash(array, begin, entries.offset() + ends[id] - begin));
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = id + 1;
        }
    }

    private int slotOf(long hash) {
        return (int) (hash >>> Integer.SIZE) & (slots.length - 1);
    }

    /** Where an entry begins, behind its length. */
    private int begin(int id) {
        return (id == 0 ? 0 : ends[id - 1]) + (width == 0 ? Integer.BYTES : 0);
    }

    /** Appends a value as the encoding PLAIN has it. */
    void appendEntry(int id, PageBytes to) {
        int begin = id == 0 ? 0 : ends[id - 1];
        to.append(entries.array(), entries.offset() + begin, ends[id] - begin);
    }

    private boolean isAt(int id, byte[] array, int offset, int length) {
        int begin = begin(id);
        int at = entries.offset();
        return Arrays.equals(entries.array(), at + begin, at + ends[id], array, offset, offset + length);
    }

    private static long hash(byte[] array, int offset, int length) {
        long hash = length;
        int at = offset;
        for (int end = offset + length - Long.BYTES; at <= end; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONG.get(array, at));
        }
        long rest = 0;
        for (; at < offset + length; at++) {
            rest = (rest << Byte.SIZE) | (array[at] & 0xFF);
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long hash) {
        long product = hash * FACTOR;
        return product ^ (product >>> 29);
    }
}
