package io.pagewalk.internal.schema.walk;

import java.util.Arrays;

/**
 * What a decoder has found in a payload and comes back to: frames, one within the other, of so many cells as it asks for, and behind
 * them lists that grow. A frame is closed before the one that it was opened within, and lists of the outer one may grow again then.
 * It is used again for the next payload, and allocates only to grow. Confined to one thread.
 */
public final class Notes {
    /** Cell 0 is nobody's, so that 0 is no place. */
    private static final int FIRST = 1;

    private static final int FIRST_CAPACITY = 128;

    private long[] cells = new long[FIRST_CAPACITY];
    private int top = FIRST;

    /** Forgets all. */
    public void begin() {
        top = FIRST;
    }

    /** Opens a frame of cells that are 0, and returns the place of the first. */
    public int open(int size) {
        int frame = reserve(size);
        Arrays.fill(cells, frame, frame + size, 0);
        return frame;
    }

    /** As {@link #open}, for cells that are all written before they are read. */
    public int reserve(int size) {
        int frame = top;
        if (cells.length - frame < size) {
            cells = Arrays.copyOf(cells, Math.addExact(Math.addExact(frame, size), frame));
        }
        top = frame + size;
        return frame;
    }

    /** Closes a frame, and with it all that was opened or added since. */
    public void close(int frame) {
        top = frame;
    }

    /** What a cell holds. */
    public long get(int place) {
        return cells[place];
    }

    /** Sets a cell. */
    public void set(int place, long value) {
        cells[place] = value;
    }

    /**
     * Adds an element to a list.
     *
     * @param list the place of two cells of a frame, both 0 at first: the list's first element and its last
     * @param value what {@link #value} says of it
     * @param mark what {@link #mark} says of it
     */
    public void add(int list, long value, int mark) {
        int element = reserve(3);
        cells[element] = 0;
        cells[element + 1] = value;
        cells[element + 2] = mark;
        int last = (int) cells[list + 1];
        cells[last == 0 ? list : last] = element;
        cells[list + 1] = element;
    }

    /** The first element of a list, or 0. */
    public int first(int list) {
        return (int) cells[list];
    }

    /** The element after another one, or 0. */
    public int next(int element) {
        return (int) cells[element];
    }

    /** What was added. */
    public long value(int element) {
        return cells[element + 1];
    }

    /** What was added beside it. */
    public int mark(int element) {
        return (int) cells[element + 2];
    }

    /** A part of an array as one value. */
    public static long range(int from, int to) {
        return ((long) from << Integer.SIZE) | to;
    }

    /** Where a part of an array begins. */
    public static int from(long range) {
        return (int) (range >> Integer.SIZE);
    }

    /** Where it ends, exclusive. */
    public static int to(long range) {
        return (int) range;
    }
}
