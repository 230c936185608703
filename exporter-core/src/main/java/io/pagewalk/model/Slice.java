package io.pagewalk.model;

import org.apache.kafka.common.TopicPartition;

/**
 * One contiguous range of one partition: the unit of parallel work, and of one data file.
 *
 * @param topicPartition where the records are
 * @param range the offsets to read; empty only where the whole extent is
 */
public record Slice(TopicPartition topicPartition, OffsetRange range) {
    public int partition() {
        return topicPartition.partition();
    }

    /** Whether this slice begins where {@code before} ends, in the same partition. */
    public boolean follows(Slice before) {
        return topicPartition.equals(before.topicPartition) && range.start() == before.range.end();
    }

    /** {@code orders-3 [100, 200)}, as messages show it. */
    @Override
    public String toString() {
        return topicPartition + " " + range;
    }
}
