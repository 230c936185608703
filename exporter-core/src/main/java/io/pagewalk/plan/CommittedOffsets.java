package io.pagewalk.plan;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the consumer groups of a topic have come.
 *
 * @param topic the topic
 * @param at when that was so
 * @param groups by name, the offset of each partition from which a group would go on; without those that have committed none
 * @param complete whether it is known that no group is missing, which takes DESCRIBE on the cluster
 */
public record CommittedOffsets(
        String topic, Instant at, SortedMap<String, SortedMap<Integer, Long>> groups, boolean complete) {
    public CommittedOffsets {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }
}
