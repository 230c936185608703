package io.pagewalk.internal.crossing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * When partitions begin, by the timestamps of their first records. One record with a wrong date says nothing, so the median stands for
 * them. Confined to one thread.
 */
public final class FirstTimes {
    private final Map<Integer, List<Long>> timestamps = new HashMap<>();

    /** Takes the timestamp of one of a partition's first records, in milliseconds; one that has none is passed over. */
    public void see(int partition, long timestamp) {
        if (timestamp >= 0) {
            timestamps.computeIfAbsent(partition, added -> new ArrayList<>()).add(timestamp);
        }
    }

    /**
     * The earliest, over the partitions; empty if there are no timestamps.
     *
     * @param enough only partitions with so many of them count, unless none has
     */
    public OptionalLong earliest(int enough) {
        boolean any = timestamps.values().stream().anyMatch(of -> of.size() >= enough);
        return timestamps.values().stream()
                .filter(of -> !any || of.size() >= enough)
                .mapToLong(FirstTimes::median)
                .min();
    }

    private static long median(List<Long> of) {
        return of.stream().sorted().toList().get(of.size() / 2);
    }
}
