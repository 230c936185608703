package io.pagewalk.internal.log;

import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of lost offsets. Ranges that touch are kept as one, so it is as large as what is lost is scattered. */
public final class LostRanges {
    /** By partition, the end of each range by its start; ranges of a partition neither overlap nor touch. */
    private final Map<Integer, NavigableMap<Long, Long>> partitions = new TreeMap<>();

    public LostRanges() {}

    public LostRanges(List<LostRange> ranges) {
        ranges.forEach(this::add);
    }

    public void add(LostRange lost) {
        NavigableMap<Long, Long> ranges = partitions.computeIfAbsent(lost.partition(), partition -> new TreeMap<>());
        long start = lost.range().start();
        long end = lost.range().end();
        Map.Entry<Long, Long> touching = ranges.floorEntry(end);
        while (touching != null && touching.getValue() >= start) {
            start = Math.min(start, touching.getKey());
            end = Math.max(end, touching.getValue());
            ranges.remove(touching.getKey());
            touching = ranges.floorEntry(end);
        }
        ranges.put(start, end);
    }

    /** The parts of {@code lost} that are not in this set, in ascending order. */
    public List<LostRange> missing(LostRange lost) {
        List<LostRange> missing = new ArrayList<>();
        long at = lost.range().start();
        for (OffsetRange known : rangesWithin(lost.partition(), lost.range())) {
            if (at < known.start()) {
                missing.add(new LostRange(lost.partition(), new OffsetRange(at, known.start())));
            }
            at = known.end();
        }
        if (at < lost.range().end()) {
            missing.add(new LostRange(
                    lost.partition(), new OffsetRange(at, lost.range().end())));
        }
        return missing;
    }

    /** The parts of a range that are in this set, in ascending order; of an empty range none. */
    public List<LostRange> within(int partition, OffsetRange range) {
        return rangesWithin(partition, range).stream()
                .map(known -> new LostRange(partition, known))
                .toList();
    }

    /** How many offsets of a range are in this set. */
    public long sizeWithin(int partition, OffsetRange range) {
        return rangesWithin(partition, range).stream()
                .mapToLong(OffsetRange::size)
                .sum();
    }

    private List<OffsetRange> rangesWithin(int partition, OffsetRange range) {
        List<OffsetRange> within = new ArrayList<>();
        NavigableMap<Long, Long> ranges = partitions.get(partition);
        if (ranges == null || range.isEmpty()) {
            return within;
        }
        Long first = ranges.floorKey(range.start());
        ranges.subMap(first == null ? range.start() : first, true, range.end(), false)
                .forEach((start, end) -> {
                    long from = Math.max(start, range.start());
                    long to = Math.min(end, range.end());
                    if (from < to) {
                        within.add(new OffsetRange(from, to));
                    }
                });
        return within;
    }

    /** How many offsets are in this set. */
    public long size() {
        return list().stream().mapToLong(lost -> lost.range().size()).sum();
    }

    /** All of them, by partition and offset. */
    public List<LostRange> list() {
        List<LostRange> list = new ArrayList<>();
        partitions.forEach((partition, ranges) ->
                ranges.forEach((start, end) -> list.add(new LostRange(partition, new OffsetRange(start, end)))));
        return list;
    }
}
