package io.pagewalk.internal.schema.walk;

/**
 * Of the entries of a map, finds the last one of each key. It takes n log n comparisons whatever the keys are, so nobody can choose
 * keys that take longer, and allocates nothing beyond {@link Notes}.
 */
public final class LastOfEach {
    /** Compares keys. */
    public interface Keys {
        /** Negative, 0 or positive as {@link java.util.Comparator#compare} has it, in any order that is total. */
        int compare(long one, long other);
    }

    private static final int FEW = 8;

    private LastOfEach() {}

    /**
     * Marks what is to be left out.
     *
     * @param keys as many cells as there are entries: their keys, in the order of the payload
     * @param dropped as many cells, all 0: those of entries whose key comes again are set to 1
     */
    public static void find(Notes notes, int keys, int dropped, int count, Keys order) {
        if (count > FEW) {
            sorted(notes, keys, dropped, count, order);
            return;
        }
        for (int i = 0; i < count - 1; i++) {
            for (int j = i + 1; j < count; j++) {
                if (order.compare(notes.get(keys + i), notes.get(keys + j)) == 0) {
                    notes.set(dropped + i, 1);
                    break;
                }
            }
        }
    }

    private static void sorted(Notes notes, int keys, int dropped, int count, Keys order) {
        int frame = notes.reserve(2 * count);
        int from = frame;
        int to = frame + count;
        for (int i = 0; i < count; i++) {
            notes.set(from + i, i);
        }
        for (int width = 1; width > 0 && width < count; width *= 2) {
            for (int left = 0; left < count; left += 2 * width) {
                merge(
                        notes,
                        keys,
                        from,
                        to,
                        left,
                        Math.min(left + width, count),
                        Math.min(left + 2 * width, count),
                        order);
            }
            int swap = from;
            from = to;
            to = swap;
        }
        // Equal keys stand side by side, in the order of the payload, since merging is stable.
        for (int i = 0; i < count - 1; i++) {
            int entry = (int) notes.get(from + i);
            int next = (int) notes.get(from + i + 1);
            if (order.compare(notes.get(keys + entry), notes.get(keys + next)) == 0) {
                notes.set(dropped + entry, 1);
            }
        }
        notes.close(frame);
    }

    private static void merge(Notes notes, int keys, int from, int to, int left, int middle, int right, Keys order) {
        int i = left;
        int j = middle;
        for (int k = left; k < right; k++) {
            boolean takeLeft = i < middle
                    && (j >= right
                            || order.compare(
                                            notes.get(keys + (int) notes.get(from + i)),
                                            notes.get(keys + (int) notes.get(from + j)))
                                    <= 0);
            notes.set(to + k, notes.get(from + (takeLeft ? i++ : j++)));
        }
    }
}
