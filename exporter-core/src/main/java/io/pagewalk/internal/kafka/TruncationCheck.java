package io.pagewalk.internal.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds logs that were truncated below the frozen end and have grown past it again, which only their leader epochs tell
 * (KIP-320): the broker is asked where the epoch of the frozen end ends in its log.
 *
 * <p>Brokers are asked after an election only. A leader never truncates its own log: a log is truncated by a replica that
 * follows another leader, or is found shorter by a broker that starts again, and both come with a new leader epoch. So while
 * a partition's leader epoch is the one its frozen end was found under, or was validated under, its log still holds what was
 * frozen. Elections are rare, and the consumer that asks lives no longer than it takes.
 */
final class TruncationCheck {
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;

    /** The leader epoch under which a partition was last found in order. */
    private final Map<Integer, Integer> validated = new HashMap<>();

    TruncationCheck(KafkaSettings settings, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
    }

    /**
     * Checks the partitions that are in {@code ends}.
     *
     * @param extent always the same
     * @param ends as they are now
     * @throws TopicChangedException naming a partition that was truncated
     */
    void check(Extent extent, Map<Integer, End> ends) {
        Map<TopicPartition, OffsetAndMetadata> asked = new HashMap<>();
        Map<Integer, Integer> current = new HashMap<>();
        ends.forEach((partition, end) -> {
            Integer frozen = extent.leaderEpochs().get(partition);
            OffsetRange range = extent.partitions().get(partition);
            if (frozen == null || range == null) {
                return;
            }
            Integer known = validated.getOrDefault(partition, frozen);
            if (!end.leaderEpoch().equals(Optional.of(known))) {
                asked.put(
                        new TopicPartition(extent.topic(), partition),
                        new OffsetAndMetadata(range.end(), Optional.of(frozen), ""));
                end.leaderEpoch().ifPresent(epoch -> current.put(partition, epoch));
            }
        });
        if (!asked.isEmpty()) {
            ask(extent, asked);
            validated.putAll(current);
        }
    }

    private void ask(Extent extent, Map<TopicPartition, OffsetAndMetadata> ends) {
        Consumer<byte[], byte[]> consumer = null;
        StopSignal.Registration listening = null;
        Waits.Wait wait = waits.begin(Waits.For.BROKERS, "the check of topic " + extent.topic(), -1);
        try {
            consumer = new KafkaConsumer<>(
                    settings.consumerConfig(extent.isolationLevel(), 1),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            listening = stop.onRequest(consumer::wakeup);
            validatePositions(consumer, ends);
        } catch (LogTruncationException e) {
            throw truncated(extent, e);
        } catch (WakeupException e) {
            throw new StoppedException("stopped on request", e);
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot validate the log of topic " + extent.topic(), settings);
        } finally {
            wait.end();
            if (listening != null) {
                listening.close();
            }
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        }
    }

    private void validatePositions(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> positions) {
        consumer.assign(positions.keySet());
        // A consumer that does not know the leaders yet takes any position for good; behind this call it knows them.
        consumer.beginningOffsets(positions.keySet(), settings.retryTimeout());
        positions.forEach(consumer::seek);
        for (TopicPartition partition : positions.keySet()) {
            consumer.position(partition, settings.retryTimeout());
        }
    }

    private static TopicChangedException truncated(Extent extent, LogTruncationException failure) {
        TopicPartition partition = failure.partitions().iterator().next();
        OffsetAndMetadata divergent = failure.divergentOffsets().get(partition);
        return new TopicChangedException(
                partition + ": the log was truncated" + (divergent == null ? "" : " at offset " + divergent.offset())
                        + " (an unclean leader election) and has grown again: it does not hold the records of the export's"
                        + " extent " + extent.partitions().get(partition.partition())
                        + " any more; start a new export into another output",
                failure);
    }
}
