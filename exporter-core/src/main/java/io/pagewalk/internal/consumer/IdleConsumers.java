package io.pagewalk.internal.consumer;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The consumer that looks at some records of many partitions. There is one at a time, which is lent to one after the other, so that
 * connections do not grow with the topics that are planned side by side; it is kept for the next one without anything assigned. Safe
 * for use by any number of threads.
 */
public final class IdleConsumers implements AutoCloseable {
    private static final long STOP_CHECK_MS = 100;
    private static final int MAX_POLL_RECORDS = 5_000;
    private static final long MAX_POLL_BYTES = 4L << 20;
    /** Most reads end after some records, and what was fetched ahead for them is thrown away. */
    private static final int FETCH_BYTES = 64 * 1024;

    private final KafkaSettings settings;
    /** Who waits for longest comes first. */
    private final Semaphore lent = new Semaphore(1, true);

    private @Nullable Taken idle;
    private boolean closed;

    public IdleConsumers(KafkaSettings settings) {
        this.settings = settings;
    }

    /** A consumer that was taken, with the budget of its polls. Closing it ends it, unless it was to be kept. */
    public final class Taken implements AutoCloseable {
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

        public PollBudget budget() {
            return budget;
        }

        public Consumer<ByteBuffer, ByteBuffer> consumer() {
            return consumer;
        }

        /** It has done what it was asked, so the next one can have it. */
        public void keep() {
            consumer.assign(List.of());
            kept = true;
        }

        @Override
        public void close() {
            try {
                if (!kept || !putBack(this)) {
                    end();
                }
            } finally {
                lent.release();
            }
        }

        private void end() {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /**
     * The consumer to look at a topic with, once nobody else has it; a thread that has it must not ask for it again. One that has
     * looked at the same topic before is not taken: an answer that is still on its way to it may be of a topic that was deleted
     * meanwhile.
     *
     * @param stop ends waiting for it
     * @throws StoppedException if a stop was asked for
     */
    public Taken take(IsolationLevel isolationLevel, String topic, StopSignal stop) {
        acquire(stop);
        try {
            Taken candidate = takeIdle();
            if (candidate != null) {
                if (candidate.isolationLevel == isolationLevel && !candidate.topic.equals(topic)) {
                    candidate.topic = topic;
                    candidate.kept = false;
                    return candidate;
                }
                candidate.end();
            }
            return new Taken(isolationLevel, topic);
        } catch (RuntimeException | Error e) {
            lent.release();
            throw e;
        }
    }

    private void acquire(StopSignal stop) {
        try {
            while (!lent.tryAcquire(STOP_CHECK_MS, TimeUnit.MILLISECONDS)) {
                if (stop.isRequested()) {
                    throw new StoppedException("stopped on request");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
    }

    private synchronized @Nullable Taken takeIdle() {
        Taken candidate = idle;
        idle = null;
        return candidate;
    }

    private synchronized boolean putBack(Taken used) {
        if (closed) {
            return false;
        }
        idle = used;
        return true;
    }

    @Override
    public void close() {
        Taken left;
        synchronized (this) {
            closed = true;
            left = idle;
            idle = null;
        }
        if (left != null) {
            left.end();
        }
    }
}
