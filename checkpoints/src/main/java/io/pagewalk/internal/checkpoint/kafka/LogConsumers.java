package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;

/** The consumers that read one topic of logs. Safe for use by any number of threads. */
final class LogConsumers implements AutoCloseable {
    private final KafkaSettings settings;
    private final TopicPartition partition;
    private final Deque<LogConsumer> idle = new ArrayDeque<>();
    private boolean closed;

    LogConsumers(KafkaSettings settings, TopicPartition partition) {
        this.settings = settings;
        this.partition = partition;
    }

    /** A new one, for the whole topic. */
    LogConsumer forScan() {
        return LogConsumer.forScan(settings, partition);
    }

    /** One for single entries; the one that was given back last stands where its user left it. */
    synchronized LogConsumer take() {
        LogConsumer taken = idle.pollFirst();
        return taken == null ? LogConsumer.forEntries(settings, partition) : taken;
    }

    /** Takes back one that has not failed. */
    void giveBack(LogConsumer taken) {
        synchronized (this) {
            if (!closed) {
                idle.addFirst(taken);
                return;
            }
        }
        taken.close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(LogConsumer::close);
        idle.clear();
    }
}
