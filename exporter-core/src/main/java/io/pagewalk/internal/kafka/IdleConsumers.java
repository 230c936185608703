package io.pagewalk.internal.kafka;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;

/**
 * Consumers that look at some records of many partitions, and are kept for the next one who needs that: a few, without anything
 * assigned. Safe for use by any number of threads; a consumer is used by one.
 */
final class IdleConsumers implements AutoCloseable {
    private static final int MOST_KEPT = 4;
    private static final int MAX_POLL_RECORDS = 5_000;
    private static final long MAX_POLL_BYTES = 4L << 20;
    /** Most reads end after some records, and what was fetched ahead for them is thrown away. */
    private static final int FETCH_BYTES = 64 * 1024;

    private final KafkaSettings settings;
    private final List<Taken> idle = new ArrayList<>();
    private boolean closed;

    IdleConsumers(KafkaSettings settings) {
        this.settings = settings;
    }

    /** A consumer that was taken, with the budget of its polls. Closing it ends it, unless it was to be kept. */
    final class Taken implements AutoCloseable {
        private final IsolationLevel isolationLevel;
        private final PollBudget budget;
        private final Consumer<ByteBuffer, ByteBuffer> consumer;
        private String topic;
        private boolean kept;

        private Taken(IsolationLevel isolationLevel, String topic) {
            this.isolationLevel = isolationLevel;
            this.topic = topic;
            this.budget = new PollBudget(MAX_POLL_BYTES);
            Map<String, Object> config = settings.consumerConfig(isolationLevel, MAX_POLL_RECORDS);
            config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
            try {
                this.consumer = new KafkaConsumer<>(config, budget.deserializer(), budget.deserializer());
            } catch (KafkaException e) {
                throw KafkaFailures.translate(e, "cannot open a consumer", settings);
            }
        }

        PollBudget budget() {
            return budget;
        }

        Consumer<ByteBuffer, ByteBuffer> consumer() {
            return consumer;
        }

        /** It has done what it was asked, so the next one can have it. */
        void keep() {
            consumer.assign(List.of());
            kept = true;
        }

        @Override
        public void close() {
            if (!kept || !putBack(this)) {
                end();
            }
        }

        private void end() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /**
     * A consumer to look at a topic with. One that has looked at the same topic before is not taken: an answer that is still on its
     * way to it may be of a topic that was deleted meanwhile.
     */
    Taken take(IsolationLevel isolationLevel, String topic) {
        synchronized (idle) {
            for (Iterator<Taken> kept = idle.iterator(); kept.hasNext(); ) {
                Taken candidate = kept.next();
                if (candidate.isolationLevel == isolationLevel && !candidate.topic.equals(topic)) {
                    kept.remove();
                    candidate.topic = topic;
                    candidate.kept = false;
                    return candidate;
                }
            }
        }
        return new Taken(isolationLevel, topic);
    }

    private boolean putBack(Taken used) {
        synchronized (idle) {
            return !closed && idle.size() < MOST_KEPT && idle.add(used);
        }
    }

    @Override
    public void close() {
        List<Taken> kept;
        synchronized (idle) {
            closed = true;
            kept = List.copyOf(idle);
            idle.clear();
        }
        kept.forEach(Taken::end);
    }
}
