package io.pagewalk.internal.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.Silence;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.OffsetRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks at the key of the first record of topics that have one partition, of all of them at a time. */
final class FirstKeys {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int RECORDS_OF_A_POLL = 100;
    private static final int FETCH_BYTES = 1024;

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final Map<String, byte[]> keys = new HashMap<>();

    FirstKeys(KafkaSettings settings, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
    }

    /**
     * Reads them.
     *
     * @param topics where the only partition of each begins and ends
     * @return by topic; without those whose records are gone meanwhile, whose first record has no key, or that may not be read
     */
    Map<String, byte[]> of(Map<String, OffsetRange> topics) {
        if (topics.isEmpty()) {
            return keys;
        }
        Map<String, Object> config = settings.consumerConfig(IsolationLevel.READ_UNCOMMITTED, RECORDS_OF_A_POLL);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        Consumer<byte[], byte[]> consumer = null;
        try {
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            read(consumer, topics);
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot read the first records of " + topics.size() + " topics", settings);
        } finally {
            if (consumer != null) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
            }
        }
        return keys;
    }

    private void read(Consumer<byte[], byte[]> consumer, Map<String, OffsetRange> topics) {
        Map<TopicPartition, OffsetRange> missing = new HashMap<>();
        topics.forEach((topic, range) -> missing.put(new TopicPartition(topic, 0), range));
        consumer.assign(missing.keySet());
        missing.forEach((partition, range) -> consumer.seek(partition, range.start()));
        try (Silence silence = new Silence(waits, settings, consumer, POLL)) {
            boolean moved = true;
            while (!missing.isEmpty()) {
                if (stop.isRequested()) {
                    throw new StoppedException("stopped on request");
                }
                TopicPartition next = missing.keySet().iterator().next();
                if (moved) {
                    silence.begin(Waits.For.BROKERS, "the first record of " + next, -1);
                }
                if (silence.isTooLong()) {
                    throw KafkaFailures.silence(
                            "cannot read the first record of " + next + ": nothing arrived", settings);
                }
                int before = missing.size();
                poll(consumer, missing);
                moved = missing.size() < before;
            }
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetRange> missing) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (missing.remove(partition) != null) {
                    if (record.key() != null) {
                        keys.put(record.topic(), record.key());
                    }
                    consumer.pause(List.of(partition));
                }
            }
        } catch (OffsetOutOfRangeException e) {
            consumer.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
        } catch (TopicAuthorizationException e) {
            missing.keySet().removeIf(partition -> e.unauthorizedTopics().contains(partition.topic()));
            consumer.assign(missing.keySet());
            missing.forEach((partition, range) -> consumer.seek(partition, range.start()));
        }
        missing.entrySet()
                .removeIf(entry ->
                        hasReached(consumer, entry.getKey(), entry.getValue().end()));
    }

    private static boolean hasReached(Consumer<byte[], byte[]> consumer, TopicPartition partition, long end) {
        try {
            return consumer.position(partition, POLL) >= end;
        } catch (TimeoutException e) {
            // Where its log begins is not known yet.
            return false;
        }
    }
}
