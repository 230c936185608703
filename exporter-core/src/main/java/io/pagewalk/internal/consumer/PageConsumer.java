package io.pagewalk.internal.consumer;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/** A consumer that reads pages, one listing after the other. Confined to who has it. */
final class PageConsumer implements AutoCloseable {
    private static final int MAX_POLL_RECORDS = 500;
    private static final long MAX_POLL_BYTES = 4L << 20;
    /** A page has few records of each partition, and what was fetched behind them is thrown away. */
    private static final int FETCH_BYTES = 64 * 1024;
    /** All that is asked for is there, so a broker that holds an answer back has nothing that is waited for. */
    private static final int FETCH_WAIT_MS = 20;

    private final IsolationLevel isolationLevel;
    private final PollBudget budget = new PollBudget(MAX_POLL_BYTES);
    private final RecordAdapter adapter = new RecordAdapter();
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final Map<String, Uuid> topics = new HashMap<>();
    private long idleSince;

    /** @throws io.pagewalk.error.UsageException if the settings are not valid */
    PageConsumer(KafkaSettings settings, IsolationLevel isolationLevel) {
        this.isolationLevel = isolationLevel;
        Map<String, Object> config = settings.consumerConfig(isolationLevel, MAX_POLL_RECORDS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        try {
            this.consumer = new KafkaConsumer<>(config, budget.deserializer(), budget.deserializer());
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot open a consumer", settings);
        }
    }

    /**
     * Whether it can read that topic. If it has read one of the same name that was deleted meanwhile, an answer that is still on its way may be
     * of that one.
     */
    boolean serves(IsolationLevel level, String topic, Uuid topicId) {
        return level == isolationLevel && topicId.equals(topics.getOrDefault(topic, topicId));
    }

    /** It reads that one from now on. */
    void serve(String topic, Uuid topicId) {
        topics.put(topic, topicId);
    }

    Consumer<ByteBuffer, ByteBuffer> consumer() {
        return consumer;
    }

    PollBudget budget() {
        return budget;
    }

    RecordAdapter adapter() {
        return adapter;
    }

    /** It has nothing to read for now, and keeps nothing of what it has read. */
    void rest(long now) {
        consumer.assign(List.of());
        idleSince = now;
    }

    /** When that was. */
    long idleSince() {
        return idleSince;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
