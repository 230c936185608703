package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.cluster.Throttle;
import io.pagewalk.internal.progress.Ticks;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic of logs from a given offset on. Connects when it first seeks; used by one thread at a time. Its failures are the
 * client's own; where it stands is not known after one.
 */
final class LogConsumer implements AutoCloseable {
    /** Others wait meanwhile for what they could be told already. */
    private static final Duration POLL = Duration.ofMillis(20);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    /** Of a scan: entries are small, and one that is larger comes alone. */
    private static final int SCAN_RECORDS = 500;

    private static final int SCAN_BYTES = 512 * 1024;
    /** Of one that reads an entry here and there: what it fetches behind that is mostly thrown away. */
    private static final int ENTRY_BYTES = 64 * 1024;

    private final KafkaSettings settings;
    private final TopicPartition partition;
    private final int records;
    private final int bytes;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Throttle throttle;
    private long position = -1;

    private LogConsumer(KafkaSettings settings, TopicPartition partition, int records, int bytes) {
        this.settings = settings;
        this.partition = partition;
        this.records = records;
        this.bytes = bytes;
    }

    /** For a whole topic. */
    static LogConsumer forScan(KafkaSettings settings, TopicPartition partition) {
        return new LogConsumer(settings, partition, SCAN_RECORDS, SCAN_BYTES);
    }

    /** For single entries: a poll brings no more than one. */
    static LogConsumer forEntries(KafkaSettings settings, TopicPartition partition) {
        return new LogConsumer(settings, partition, 1, ENTRY_BYTES);
    }

    /** Where it stands; -1 if that is not known. */
    long position() {
        return position;
    }

    /** For how long the brokers still hold the consumer back for a quota. */
    long held(Waits.Wait wait) {
        long left = throttle == null ? Long.MIN_VALUE : throttle.left();
        if (left > 0) {
            wait.throttled(left, settings.quotaAdvice("consumer_byte_rate"));
        }
        return left;
    }

    /** The next poll begins there. */
    void seek(long offset) {
        position = -1;
        consumer().seek(partition, offset);
        position = offset;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            Map<String, Object> config = settings.consumerConfig(IsolationLevel.READ_COMMITTED, records);
            config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, bytes);
            consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(List.of(partition));
            throttle = Throttle.ofConsumer(consumer.metrics(), Ticks.SYSTEM);
        }
        return consumer;
    }

    /** What has come, if anything; {@link #position()} moves also over what holds no record. */
    List<ConsumerRecord<byte[], byte[]>> poll() {
        long before = position;
        position = -1;
        try {
            List<ConsumerRecord<byte[], byte[]>> polled = consumer().poll(POLL).records(partition);
            position = polled.isEmpty()
                    ? Math.max(before, consumer().position(partition, POLL))
                    : polled.get(polled.size() - 1).offset() + 1;
            return polled;
        } catch (TimeoutException e) {
            // No progress: the caller counts the time.
            position = before;
            return List.of();
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }
}
