package io.pagewalk.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Offsets for a message: the first few, and how many there are. */
final class OffsetList {
    private static final int MOST_NAMED = 20;

    private final List<Long> first = new ArrayList<>();
    private long count;

    void add(long offset) {
        if (count++ < MOST_NAMED) {
            first.add(offset);
        }
    }

    long count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** {@code 3 records at offsets 4, 5, 17} */
    @Override
    public String toString() {
        String named = first.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return count
                + (count == 1 ? " record at offset " : " records at offsets ")
                + named
                + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "");
    }
}
