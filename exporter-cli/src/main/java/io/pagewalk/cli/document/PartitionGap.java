package io.pagewalk.cli.document;

import java.util.List;
import java.util.SortedMap;

/**
 * Offsets of a partition that hold no record and are not lost.
 *
 * @param partition its number
 * @param offsets how many
 */
record PartitionGap(int partition, long offsets) {
    static List<PartitionGap> of(SortedMap<Integer, Long> gaps) {
        return gaps.entrySet().stream()
                .map(gap -> new PartitionGap(gap.getKey(), gap.getValue()))
                .toList();
    }
}
