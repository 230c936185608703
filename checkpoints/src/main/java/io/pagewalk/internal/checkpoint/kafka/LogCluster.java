package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.admin.SharedAdmin;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What all exports share whose logs are in topics of one cluster: its admin client, and one scan of each topic. Connects when it is
 * asked for something. Safe for use by any number of threads.
 */
public final class LogCluster implements AutoCloseable {
    /** Of what a scan keeps of the logs of all exports, in bytes: some millions of entries. */
    private static final long LIMIT = 32L << 20;

    private final KafkaSettings settings;
    private final SharedAdmin admin;
    private final long limit;
    private final Map<String, LogScan> scans = new HashMap<>();
    private boolean closed;

    /** @param admin asks that cluster, and stays open */
    public LogCluster(KafkaSettings settings, SharedAdmin admin) {
        this(settings, admin, LIMIT);
    }

    LogCluster(KafkaSettings settings, SharedAdmin admin, long limit) {
        this.settings = settings;
        this.admin = admin;
        this.limit = limit;
    }

    KafkaSettings settings() {
        return settings;
    }

    SharedAdmin admin() {
        return admin;
    }

    /**
     * The scan that tells of a log; to be given back.
     *
     * @param topicId which topic of that name is meant
     */
    synchronized LogScan follow(TopicPartition partition, Uuid topicId, String log) {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
        LogScan scan = scans.get(partition.topic());
        if (scan == null || !scan.topicId().equals(topicId)) {
            if (scan != null) {
                scan.release();
            }
            scan = new LogScan(new LogConsumers(settings, partition), topicId, limit);
            scans.put(partition.topic(), scan);
        }
        if (scan.follow(log)) {
            return scan;
        }
        LogScan alone = LogScan.of(new LogConsumers(settings, partition), topicId, log);
        alone.release();
        return alone;
    }

    /** Ends what nobody follows; what is followed ends with its followers. */
    @Override
    public synchronized void close() {
        closed = true;
        scans.values().forEach(LogScan::release);
        scans.clear();
    }
}
