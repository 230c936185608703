package io.pagewalk.model;

/**
 * A half-open range of offsets of one partition.
 *
 * @param start the first offset of the range, inclusive, not negative
 * @param end the offset behind the last one, exclusive, not below {@code start}
 */
public record OffsetRange(long start, long end) {
    /** @throws IllegalArgumentException if {@code start} is negative or {@code end} is below it */
    public OffsetRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not an offset range: [" + start + ", " + end + ")");
        }
    }

    /** How many offsets the range spans; the records in it may be fewer, because logs have gaps. */
    public long size() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }

    public boolean contains(long offset) {
        return start <= offset && offset < end;
    }

    /** The first {@code count} offsets, or all of them if there are fewer. */
    public OffsetRange first(long count) {
        return new OffsetRange(start, start + Math.min(count, size()));
    }

    /** The last {@code count} offsets, or all of them if there are fewer. */
    public OffsetRange last(long count) {
        return new OffsetRange(end - Math.min(count, size()), end);
    }

    /** {@code [start, end)}, as messages show it. */
    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
