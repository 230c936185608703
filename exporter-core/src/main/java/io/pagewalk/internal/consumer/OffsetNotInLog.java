package io.pagewalk.internal.consumer;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.model.Slice;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker has said that an offset is not in the log: finds out why.
 *
 * @param slice what was being read
 * @param position the offset
 * @param failure how the consumer told
 */
record OffsetNotInLog(Slice slice, long position, OffsetOutOfRangeException failure) {
    /**
     * Returns where the log has the offset.
     *
     * @throws DataLossException if the log starts behind it
     * @throws TopicChangedException if the log ends before it, or was truncated
     */
    void throwUnlessFound(Consumer<?, ?> consumer, KafkaSettings settings) {
        if (failure instanceof LogTruncationException) {
            throw truncated();
        }
        long logStart = offset(consumer::beginningOffsets, settings);
        if (position < logStart) {
            throw expired(logStart);
        }
        if (position > offset(consumer::endOffsets, settings)) {
            throw truncated();
        }
    }

    private long offset(
            Function<Collection<TopicPartition>, Map<TopicPartition, Long>> question, KafkaSettings settings) {
        TopicPartition partition = slice.topicPartition();
        try {
            return question.apply(List.of(partition)).getOrDefault(partition, 0L);
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, partition + " at offset " + position, settings);
        }
    }

    private DataLossException expired(long logStart) {
        long goneUntil = Math.min(logStart, slice.range().end());
        return new DataLossException(
                position,
                goneUntil,
                slice.topicPartition() + ": offsets [" + position + ", " + goneUntil + ") are gone, the log starts at "
                        + logStart
                        + " now (retention or DeleteRecords)",
                failure);
    }

    private TopicChangedException truncated() {
        return new TopicChangedException(
                slice + ": the log no longer reaches offset " + position
                        + ": it was truncated or recreated; start a new export into another output",
                failure);
    }
}
