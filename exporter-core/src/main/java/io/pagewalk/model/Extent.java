package io.pagewalk.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;

/**
 * What an export covers, frozen before its first page: it never changes afterwards, whatever happens to the topic.
 *
 * @param clusterId the id of the cluster the offsets belong to
 * @param topic the topic's name
 * @param topicId the topic's id, which a recreated topic of the same name does not share
 * @param isolationLevel what counts as a record; under {@code read_committed} no end lies past the last stable offset
 * @param partitions the range of every partition that belongs to the export, by partition number; empty ranges included
 * @param leaderEpochs the leader epoch under which each partition's end was found, by partition number; a partition of
 *     which the cluster told none is left out
 */
public record Extent(
        String clusterId,
        String topic,
        Uuid topicId,
        IsolationLevel isolationLevel,
        SortedMap<Integer, OffsetRange> partitions,
        SortedMap<Integer, Integer> leaderEpochs) {
    public Extent {
        partitions = Collections.unmodifiableSortedMap(new TreeMap<>(partitions));
        leaderEpochs = Collections.unmodifiableSortedMap(new TreeMap<>(leaderEpochs));
    }

    /** An extent of which no leader epoch is known. */
    public Extent(
            String clusterId,
            String topic,
            Uuid topicId,
            IsolationLevel isolationLevel,
            Map<Integer, OffsetRange> partitions) {
        this(clusterId, topic, topicId, isolationLevel, new TreeMap<>(partitions), new TreeMap<>());
    }

    /** How many offsets the extent spans, over all partitions; the records in it may be fewer. */
    public long size() {
        long size = 0;
        for (OffsetRange range : partitions.values()) {
            size = Math.addExact(size, range.size());
        }
        return size;
    }
}
