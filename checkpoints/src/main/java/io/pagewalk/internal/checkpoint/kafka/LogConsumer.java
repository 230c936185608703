package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.cluster.Throttle;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Ticks;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a log's topic from a given offset on, record by record. Connects when it first seeks; used by one thread. */
final class LogConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final TopicPartition partition;
    private final StopSignal stop;
    private final Ticks ticks;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Throttle throttle;
    private long position = -1;

    /** @param stop ends a poll */
    LogConsumer(KafkaSettings settings, LogFailures failures, TopicPartition partition, StopSignal stop, Ticks ticks) {
        this.settings = settings;
        this.failures = failures;
        this.partition = partition;
        this.stop = stop;
        this.ticks = ticks;
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
    void seek(long offset) throws IOException {
        position = -1;
        try {
            consumer().seek(partition, offset);
        } catch (KafkaException e) {
            throw failures.translate(e, LogReader.NEEDED);
        }
        position = offset;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    settings.consumerConfig(IsolationLevel.READ_COMMITTED, 1),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(List.of(partition));
            throttle = Throttle.ofConsumer(consumer.metrics(), ticks);
        }
        return consumer;
    }

    /** The next record, if one came; {@link #position()} moves also over what holds no record. */
    @Nullable
    ConsumerRecord<byte[], byte[]> poll() throws IOException {
        requireNotStopped();
        try {
            ConsumerRecords<byte[], byte[]> records = consumer().poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                position = record.offset() + 1;
                return record;
            }
            position = Math.max(position, consumer().position(partition, POLL));
        } catch (TimeoutException e) {
            // No progress: the caller counts the time.
        } catch (KafkaException e) {
            position = -1;
            throw failures.translate(e, LogReader.NEEDED);
        }
        return null;
    }

    void requireNotStopped() {
        if (stop.isRequested()) {
            throw new StoppedException("stopped on request");
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }
}
