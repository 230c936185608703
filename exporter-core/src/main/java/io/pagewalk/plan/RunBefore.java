package io.pagewalk.plan;

import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.payload.PayloadFormats;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The run that the next one of a series goes on after.
 *
 * @param number from 1
 * @param extent what it covers
 * @param formats those of the series
 */
public record RunBefore(int number, Extent extent, PayloadFormats formats) {
    /** Where the next run begins in a partition: where this one has ended, or at offset 0 in one that was added since. */
    public long nextStart(int partition) {
        OffsetRange range = extent.partitions().get(partition);
        return range == null ? 0 : range.end();
    }

    /** Those of some partitions that this run did not have. */
    public List<Integer> added(List<Integer> partitions) {
        return partitions.stream()
                .filter(partition -> !extent.partitions().containsKey(partition))
                .toList();
    }

    /** All that the series has passed, from offset 0 on, by which a log is known that was truncated since. */
    public Extent passed() {
        SortedMap<Integer, OffsetRange> passed = new TreeMap<>();
        extent.partitions().forEach((partition, range) -> passed.put(partition, new OffsetRange(0, range.end())));
        return new Extent(
                extent.clusterId(),
                extent.topic(),
                extent.topicId(),
                extent.isolationLevel(),
                passed,
                extent.leaderEpochs());
    }
}
