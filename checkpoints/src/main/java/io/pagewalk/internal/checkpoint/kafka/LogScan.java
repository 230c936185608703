package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.progress.Waits;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic of logs from its beginning on, once for all exports whose logs are in it. One thread reads at a time, for all. Safe
 * for use by any number of threads.
 */
final class LogScan {
    private final LogConsumers consumers;
    private final Uuid topicId;
    private final long limit;
    private final LogConsumer consumer;
    private final Map<String, LogEvents> logs = new HashMap<>();
    /** How often each log is. */
    private final Map<String, Integer> followed = new HashMap<>();

    private long bytes;
    /** Whether only what is followed is kept. */
    private boolean selective;
    /** Whether it ends with its last follower. */
    private boolean released;
    /** What is before it was looked at; -1 if nothing was. */
    private volatile long scanned = -1;
    /** Grows with each beginning from the start. */
    private int beginnings;

    /**
     * @param consumers its own
     * @param topicId which topic of its name it reads
     * @param limit of what is kept of logs that nobody follows, in bytes
     */
    LogScan(LogConsumers consumers, Uuid topicId, long limit) {
        this.consumers = consumers;
        this.topicId = topicId;
        this.limit = limit;
        this.consumer = consumers.forScan();
    }

    /** Of one log alone, which is followed once. */
    static LogScan of(LogConsumers consumers, Uuid topicId, String log) {
        LogScan scan = new LogScan(consumers, topicId, 0);
        scan.followed.put(log, 1);
        scan.selective = true;
        return scan;
    }

    Uuid topicId() {
        return topicId;
    }

    /** For single entries of its topic. */
    LogConsumers consumers() {
        return consumers;
    }

    /** From now on all is kept of that log; false if some of it may have been dropped. */
    synchronized boolean follow(String log) {
        if (selective && !followed.containsKey(log)) {
            return false;
        }
        followed.merge(log, 1, Integer::sum);
        return true;
    }

    synchronized void unfollow(String log) {
        followed.computeIfPresent(log, (same, followers) -> followers == 1 ? null : followers - 1);
        endIfUnused();
    }

    /** Nobody follows it any more who does not yet. */
    synchronized void release() {
        released = true;
        endIfUnused();
    }

    private void endIfUnused() {
        if (released && followed.isEmpty()) {
            consumer.close();
            consumers.close();
        }
    }

    /** Offsets before it were looked at; -1 if none was. */
    long scanned() {
        return scanned;
    }

    /** Begins there, unless somebody has. */
    synchronized void beginAt(long start) {
        if (scanned < 0) {
            scanned = start;
        }
    }

    /** Begins from the start again: for all, it is as if nothing had been read. */
    synchronized void forget() {
        logs.clear();
        bytes = 0;
        scanned = -1;
        beginnings++;
    }

    /**
     * Reads on for a moment, unless that offset was reached.
     *
     * @throws org.apache.kafka.common.KafkaException if it cannot
     */
    synchronized void readOn(long end) {
        if (scanned < 0 || scanned >= end) {
            return;
        }
        if (consumer.position() != scanned) {
            consumer.seek(scanned);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll()) {
            if (record.key() != null) {
                LogKey.parse(record.key()).ifPresent(key -> keep(key, record.offset(), record.value()));
            }
        }
        scanned = Math.max(scanned, consumer.position());
    }

    private void keep(LogKey key, long offset, byte @Nullable [] content) {
        if (selective && !followed.containsKey(key.log())) {
            return;
        }
        LogEvents events = logs.computeIfAbsent(key.log(), log -> new LogEvents());
        long before = events.bytes();
        events.add(key, offset, content);
        bytes += events.bytes() - before;
        if (!selective && bytes > limit) {
            selective = true;
            logs.keySet().retainAll(followed.keySet());
        }
    }

    /** For how long the brokers still hold the consumer back for a quota. */
    synchronized long held(Waits.Wait wait) {
        return consumer.held(wait);
    }

    /**
     * Tells a follower what has come.
     *
     * @param beginning what the last call has returned
     * @return the beginning that it tells of; with another one, all that was told before is void
     */
    synchronized int tell(String log, int beginning, LogContents contents) {
        if (beginning != beginnings) {
            contents.forget();
        }
        LogEvents events = logs.get(log);
        if (events != null) {
            contents.follow(events);
        }
        return beginnings;
    }
}
