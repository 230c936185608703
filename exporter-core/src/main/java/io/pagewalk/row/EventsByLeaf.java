package io.pagewalk.row;

import java.util.Arrays;

/**
 * Puts the events of one payload after the other into the order of leaves, and those of the same leaf into their own. Used again for
 * the next payload, and allocates only to grow. Confined to one thread.
 */
public final class EventsByLeaf {
    /** By leaf, where its events end; while they are counted, one place further, how many there are. */
    private final int[] ends;

    private int[] order = {};

    /** @param layout which all payloads are of */
    public EventsByLeaf(RowLayout layout) {
        ends = new int[layout.leaves().size() + 1];
    }

    /** Takes the events of a payload. They are valid until these change. */
    public void sort(RowEvents events) {
        int count = events.count();
        if (order.length < count) {
            order = new int[Math.max(count, 2 * order.length)];
        }
        Arrays.fill(ends, 0);
        for (int event = 0; event < count; event++) {
            ends[events.leaf(event) + 1]++;
        }
        for (int leaf = 1; leaf < ends.length; leaf++) {
            ends[leaf] += ends[leaf - 1];
        }
        // Each beginning moves up to its end, which is the beginning of the next.
        for (int event = 0; event < count; event++) {
            order[ends[events.leaf(event)]++] = event;
        }
    }

    /** The place of a leaf's first event. */
    public int begin(int leaf) {
        return leaf == 0 ? 0 : ends[leaf - 1];
    }

    /** The place behind that of its last. */
    public int end(int leaf) {
        return ends[leaf];
    }

    /** The number of the event at a place. */
    public int at(int place) {
        return order[place];
    }
}
