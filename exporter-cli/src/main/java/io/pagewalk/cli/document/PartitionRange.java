package io.pagewalk.cli.document;

import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Offsets of a partition.
 *
 * @param partition its number
 * @param start the first offset
 * @param end where they end, exclusive
 */
record PartitionRange(int partition, long start, long end) {
    private static PartitionRange of(int partition, OffsetRange range) {
        return new PartitionRange(partition, range.start(), range.end());
    }

    static List<PartitionRange> lost(List<LostRange> losses) {
        return losses.stream().map(lost -> of(lost.partition(), lost.range())).toList();
    }

    /** One entry a partition, exhausted ones included. */
    static List<PartitionRange> remaining(PageToken token) {
        List<PartitionRange> partitions = new ArrayList<>();
        for (int i = 0; i < token.partitionCount(); i++) {
            partitions.add(of(token.partition(i), token.remaining(i)));
        }
        return partitions;
    }
}
