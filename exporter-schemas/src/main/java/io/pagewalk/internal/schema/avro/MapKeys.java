package io.pagewalk.internal.schema.avro;

import java.util.Arrays;

/**
 * The keys of maps, of which each may come only once. Those of maps that a map is within stay below its own. Used again, so that nothing
 * is allocated but to grow. Confined to one thread.
 */
final class MapKeys {
    private static final int FEW = 8;
    private static final int FIRST_CAPACITY = 64;
    /** Makes it hard to find keys that share a place. It has no effect on what comes out. */
    private static final long SEED = System.nanoTime() | 1;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int NOBODY = -1;

    private int[] offsets = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int count;
    private int[] table = new int[2 * FIRST_CAPACITY];
    private boolean careful;

    void clear() {
        count = 0;
    }

    /** Whether maps are looked through before they are read, as the payload has a key twice somewhere. */
    boolean isCareful() {
        return careful;
    }

    void beCareful(boolean newCareful) {
        careful = newCareful;
    }

    /** Where the keys of the next map begin. */
    int mark() {
        return count;
    }

    void add(int offset, int length) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        offsets[count] = offset;
        lengths[count++] = length;
    }

    /** Forgets the keys of a map. */
    void release(int mark) {
        count = mark;
    }

    /** Whether no key after a mark is another one's. */
    boolean areDistinct(int mark, byte[] array) {
        if (count - mark <= FEW) {
            for (int one = mark + 1; one < count; one++) {
                for (int other = mark; other < one; other++) {
                    if (areEqual(one, other, array)) {
                        return false;
                    }
                }
            }
            return true;
        }
        return supersede(mark, array, false);
    }

    /** Drops all keys after a mark that come again later. */
    void keepLast(int mark, byte[] array) {
        supersede(mark, array, true);
    }

    /** Whether the key at an index was not dropped. */
    boolean isKept(int index) {
        return lengths[index] >= 0;
    }

    private boolean supersede(int mark, byte[] array, boolean drop) {
        int size = Integer.highestOneBit(Math.max(2, count - mark) - 1) << 2;
        if (table.length < size) {
            table = new int[size];
        }
        Arrays.fill(table, 0, size, NOBODY);
        for (int index = mark; index < count; index++) {
            int place = (int) (hash(index, array) >>> Integer.SIZE) & size - 1;
            while (table[place] != NOBODY && !areEqual(table[place], index, array)) {
                place = place + 1 & size - 1;
            }
            if (table[place] != NOBODY) {
                if (!drop) {
                    return false;
                }
                lengths[table[place]] = -1 - lengths[table[place]];
            }
            table[place] = index;
        }
        return true;
    }

    private boolean areEqual(int one, int other, byte[] array) {
        return lengths[one] == lengths[other]
                && Arrays.equals(
                        array,
                        offsets[one],
                        offsets[one] + lengths[one],
                        array,
                        offsets[other],
                        offsets[other] + lengths[other]);
    }

    private long hash(int index, byte[] array) {
        long hash = SEED;
        int end = offsets[index] + lengths[index];
        for (int at = offsets[index]; at < end; at++) {
            hash = (hash ^ (array[at] & 0xFF)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return hash * MULTIPLIER;
    }
}
