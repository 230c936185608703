package io.pagewalk.model;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Some offsets of one partition, ascending. Immutable. */
public final class OffsetSet {
    private static final OffsetSet NONE = new OffsetSet(new long[0]);

    private final long[] offsets;

    private OffsetSet(long[] offsets) {
        this.offsets = offsets;
    }

    public static OffsetSet none() {
        return NONE;
    }

    /**
     * Of some offsets.
     *
     * @throws IllegalArgumentException if they do not ascend
     */
    public static OffsetSet of(long... ascending) {
        for (int i = 1; i < ascending.length; i++) {
            if (ascending[i] <= ascending[i - 1]) {
                throw new IllegalArgumentException(
                        "offset " + ascending[i] + " stands after offset " + ascending[i - 1]);
            }
        }
        return new OffsetSet(ascending.clone());
    }

    public boolean contains(long offset) {
        return Arrays.binarySearch(offsets, offset) >= 0;
    }

    public boolean isEmpty() {
        return offsets.length == 0;
    }

    public long size() {
        return offsets.length;
    }

    /** Those within a range, ascending. */
    public LongStream within(OffsetRange range) {
        return Arrays.stream(offsets, index(range.start()), index(range.end()));
    }

    /** How many of them are less. */
    private int index(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OffsetSet set && Arrays.equals(offsets, set.offsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(offsets);
    }

    @Override
    public String toString() {
        return Arrays.toString(offsets);
    }
}
