package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.ByteView;
import java.util.Arrays;

/**
 * The dictionary of a column of names: few of them, which come again and again, mostly at the same place of each record. Names
 * are compared byte by byte, as readers use their arrays again.
 */
final class NameTable {
    /** There is no room for one more name. */
    static final int FULL = -1;

    private static final int MAX_NAMES = 1024;
    private static final int SLOTS = 4 * MAX_NAMES;
    private static final int PLACES = 16;

    private final int maxBytes;
    private final PageBytes entries;
    /** Where in the dictionary each entry ends. */
    private final int[] ends = new int[MAX_NAMES];
    /** By hash: an entry's number and one, or 0 where there is none. */
    private final short[] slots = new short[SLOTS];

    private final int[] lastAtPlace = new int[PLACES];
    private int count;

    /** @param maxBytes how large the dictionary may become */
    NameTable(int maxBytes) {
        this.maxBytes = maxBytes;
        this.entries = new PageBytes(0, maxBytes);
    }

    void clear() {
        if (count > 0) {
            Arrays.fill(slots, (short) 0);
        }
        entries.clear();
        count = 0;
    }

    int count() {
        return count;
    }

    /** The dictionary as the encoding PLAIN has it. */
    PageBytes entries() {
        return entries;
    }

    /**
     * The number of a name's entry, which is made if there is none yet.
     *
     * @param place how many names of the same record were asked for before
     * @return the number, or {@link #FULL}
     */
    int idOf(ByteView name, int place) {
        int recent = place < PLACES ? lastAtPlace[place] : count;
        if (recent < count && isAt(recent, name)) {
            return recent;
        }
        int id = lookUp(name);
        if (place < PLACES) {
            lastAtPlace[place] = id == FULL ? 0 : id;
        }
        return id;
    }

    private int lookUp(ByteView name) {
        int slot = hash(name) & (SLOTS - 1);
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (isAt(id, name)) {
                return id;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (count == MAX_NAMES || entries.size() + (long) Integer.BYTES + name.length() > maxBytes) {
            return FULL;
        }
        entries.appendWithLength(name.array(), name.offset(), name.length());
        ends[count] = entries.size();
        slots[slot] = (short) ++count;
        return count - 1;
    }

    /** Appends a name as the encoding PLAIN has it. */
    void appendEntry(int id, PageBytes to) {
        int begin = id == 0 ? 0 : ends[id - 1];
        to.append(entries.array(), entries.offset() + begin, ends[id] - begin);
    }

    private boolean isAt(int id, ByteView name) {
        int begin = Integer.BYTES + (id == 0 ? 0 : ends[id - 1]);
        byte[] array = entries.array();
        int offset = entries.offset();
        return Arrays.equals(array, offset + begin, offset + ends[id], name.array(), name.offset(), name.end());
    }

    private static int hash(ByteView name) {
        byte[] array = name.array();
        int hash = 0;
        for (int i = name.offset(); i < name.end(); i++) {
            hash = 31 * hash + array[i];
        }
        return hash ^ (hash >>> 15);
    }
}
