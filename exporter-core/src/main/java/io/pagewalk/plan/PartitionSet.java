package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A choice of partitions, kept as disjoint ascending ranges. */
public final class PartitionSet {
    /** Every partition the topic has at the freeze. */
    public static final PartitionSet ALL = new PartitionSet(new TreeMap<>());

    private static final Pattern RANGE = Pattern.compile("\\s*([0-9]{1,9})(?:\\s*-\\s*([0-9]{1,9}))?\\s*");

    /** Last partition of each range, inclusive, by its first; empty means all. */
    private final SortedMap<Integer, Integer> ranges;

    private PartitionSet(SortedMap<Integer, Integer> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads {@code all}, or numbers and inclusive ranges such as {@code 0,3-5}.
     *
     * @throws UsageException if {@code text} is neither
     */
    public static PartitionSet parse(String option, String text) {
        if (text.strip().equals("all")) {
            return ALL;
        }
        List<int[]> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part);
            int first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            int last = matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : first;
            if (!matcher.matches() || last < first) {
                throw new UsageException(option + " '" + text + "' is not a list of partitions such as 0,3-5");
            }
            parts.add(new int[] {first, last});
        }
        parts.sort((a, b) -> Integer.compare(a[0], b[0]));
        SortedMap<Integer, Integer> ranges = new TreeMap<>();
        for (int[] part : parts) {
            if (!ranges.isEmpty() && ranges.get(ranges.lastKey()) + 1 >= part[0]) {
                ranges.merge(ranges.lastKey(), part[1], Math::max);
            } else {
                ranges.put(part[0], part[1]);
            }
        }
        return new PartitionSet(ranges);
    }

    /**
     * The chosen ones among partitions 0 to {@code count - 1}, ascending.
     *
     * @throws UsageException naming the first chosen partition that the topic does not have
     */
    public int[] select(String topic, int count) {
        if (ranges.isEmpty()) {
            int[] all = new int[count];
            Arrays.setAll(all, i -> i);
            return all;
        }
        int highest = ranges.get(ranges.lastKey());
        if (highest >= count) {
            throw new UsageException("topic " + topic + " has no partition " + Math.max(count, ranges.lastKey())
                    + ": its partitions are 0 to " + (count - 1));
        }
        return ranges.entrySet().stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.getKey(), range.getValue()))
                .toArray();
    }

    /** The text that {@link #parse} reads as this choice; the same for equal choices. */
    @Override
    public String toString() {
        if (ranges.isEmpty()) {
            return "all";
        }
        List<String> parts = new ArrayList<>();
        ranges.forEach((first, last) -> parts.add(first.equals(last) ? "" + first : first + "-" + last));
        return String.join(",", parts);
    }
}
