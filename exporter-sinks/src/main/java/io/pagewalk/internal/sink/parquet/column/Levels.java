package io.pagewalk.internal.sink.parquet.column;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** A small number for each value of a page. While all of them are the same, they are only counted. */
final class Levels {
    private static final byte[] NONE = {};

    private byte[] levels = NONE;
    private int count;
    private byte first;
    private boolean same = true;

    void clear() {
        count = 0;
        same = true;
    }

    int count() {
        return count;
    }

    void add(int level) {
        if (same) {
            if (count == 0) {
                first = (byte) level;
            } else if (level != first) {
                spread();
                set(level);
                return;
            }
            count++;
        } else {
            set(level);
        }
    }

    private void spread() {
        same = false;
        levels = count < levels.length ? levels : new byte[2 * count];
        Arrays.fill(levels, 0, count, first);
    }

    private void set(int level) {
        if (count == levels.length) {
            levels = Arrays.copyOf(levels, Math.max(64, 2 * count));
        }
        levels[count++] = (byte) level;
    }

    /** Whether all of them are the same. */
    boolean areSame() {
        return same;
    }

    /** The first one. */
    int first() {
        return first & 0xFF;
    }

    /** Copies them, where they differ. */
    void copyTo(int[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = levels[i] & 0xFF;
        }
    }

    /** How much memory it has. */
    int capacity() {
        return levels.length;
    }

    /** Gives its memory back. */
    void release() {
        levels = NONE;
    }

    /**
     * The levels in the encoding RLE, without the length that precedes them.
     *
     * @param bits how many bits a level has, 1 to 8
     * @param part what of the number that was added is the level
     */
    byte[] encode(int bits, IntUnaryOperator part) {
        if (same) {
            PageBytes run = new PageBytes(0, 8);
            run.appendVarint(count << 1);
            run.append((byte) part.applyAsInt(first));
            return Arrays.copyOf(run.array(), run.size());
        }
        return PackedRuns.encode(bits, count, i -> part.applyAsInt(levels[i]));
    }
}
