package io.pagewalk.plan;

import io.pagewalk.error.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A choice of partitions: disjoint ascending ranges, or one of several shares, so that as many exports side by side have all partitions
 * between them, those that are added later, too.
 */
public final class PartitionSet {
    /** Every partition the topic has at the freeze. */
    public static final PartitionSet ALL = new PartitionSet(List.of());

    private static final Pattern RANGE = Pattern.compile("\\s*([0-9]{1,9})(?:\\s*-\\s*([0-9]{1,9}))?\\s*");

    private static final Pattern SHARE = Pattern.compile("\\s*([0-9]{1,9})\\s*/\\s*([1-9][0-9]{0,8})\\s*");

    /** The partitions whose numbers leave {@code index} when divided by {@code count}. */
    private record Share(int index, int count) {
        IntStream among(int partitions) {
            return IntStream.range(0, partitions).filter(partition -> partition % count == index);
        }

        @Override
        public String toString() {
            return index + "/" + count;
        }
    }

    /** Both ends inclusive. */
    private record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** Empty means all, or a share. */
    private final List<Range> ranges;

    private final @Nullable Share share;

    private PartitionSet(List<Range> ranges) {
        this(ranges, null);
    }

    private PartitionSet(List<Range> ranges, @Nullable Share share) {
        this.ranges = List.copyOf(ranges);
        this.share = share;
    }

    /**
     * Reads {@code all}, or numbers and inclusive ranges such as {@code 0,3-5}, or a share such as {@code 2/8}: the third of eight, with
     * partitions 2, 10, 18 and so on.
     *
     * @throws UsageException if {@code text} is none of these
     */
    public static PartitionSet parse(String text) {
        if (text.strip().equals("all")) {
            return ALL;
        }
        Matcher divided = SHARE.matcher(text);
        if (divided.matches()) {
            return share(text, Integer.parseInt(divided.group(1)), Integer.parseInt(divided.group(2)));
        }
        List<Range> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw notAList(text);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (last < first) {
                throw notAList(text);
            }
            parts.add(new Range(first, last));
        }
        return joined(parts);
    }

    private static PartitionSet share(String text, int index, int count) {
        if (index >= count) {
            throw new UsageException(
                    "'" + text + "' is no share: of " + count + ", the last is " + (count - 1) + "/" + count);
        }
        return count == 1 ? ALL : new PartitionSet(List.of(), new Share(index, count));
    }

    /** The choice of these partitions; there is one at least. */
    public static PartitionSet of(Collection<Integer> partitions) {
        return joined(partitions.stream()
                .map(partition -> new Range(partition, partition))
                .collect(Collectors.toCollection(ArrayList::new)));
    }

    private static PartitionSet joined(List<Range> parts) {
        parts.sort(Comparator.comparingInt(Range::first));
        List<Range> ranges = new ArrayList<>();
        for (Range part : parts) {
            Range before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (before != null && before.last() + 1 >= part.first()) {
                ranges.set(ranges.size() - 1, new Range(before.first(), Math.max(before.last(), part.last())));
            } else {
                ranges.add(part);
            }
        }
        return new PartitionSet(ranges);
    }

    private static UsageException notAList(String text) {
        return new UsageException("'" + text + "' is not a list of partitions such as 0,3-5, nor a share such as 2/8");
    }

    /**
     * The chosen ones among partitions 0 to {@code count - 1}, ascending.
     *
     * @throws UsageException naming the first chosen partition that the topic does not have
     */
    public int[] select(String topic, int count) {
        if (share != null) {
            if (share.index() >= count) {
                throw new UsageException("share " + share + " of topic " + topic + " has no partition: the topic has "
                        + count + "; make no more shares than that");
            }
            return share.among(count).toArray();
        }
        if (ranges.isEmpty()) {
            return IntStream.range(0, count).toArray();
        }
        for (Range range : ranges) {
            if (range.last() >= count) {
                throw new UsageException("topic " + topic + " has no partition " + Math.max(count, range.first())
                        + ": its partitions are 0 to " + (count - 1));
            }
        }
        return ranges.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .toArray();
    }

    /** Likewise, without those that the topic does not have. */
    public int[] selectPresent(int count) {
        if (share != null) {
            return share.among(count).toArray();
        }
        return ranges.isEmpty()
                ? IntStream.range(0, count).toArray()
                : ranges.stream()
                        .flatMapToInt(range -> IntStream.range(range.first(), Math.min(count, range.last() + 1)))
                        .toArray();
    }

    /** What of the choice a topic of so many partitions does not have; empty if there is nothing. */
    public String beyond(int count) {
        return ranges.stream()
                .filter(range -> range.last() >= count)
                .map(range -> new Range(Math.max(count, range.first()), range.last()).toString())
                .collect(Collectors.joining(","));
    }

    /** The text that {@link #parse} reads as this choice; the same for equal choices. */
    @Override
    public String toString() {
        if (share != null) {
            return share.toString();
        }
        return ranges.isEmpty() ? "all" : ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
