package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The logs of an export in a compacted topic, a record for each entry. Several exports may share the topic. It is read once for all
 * runs, and for all exports of one connection; it has one owner for all runs of an export.
 */
public final class KafkaCheckpointStores implements CheckpointStores {
    private final LogKeys keys;
    private final LogTopic topic;
    private final LogReader reader;
    /** Null where logs are only looked at. */
    private final @Nullable LogOwner owner;

    private KafkaCheckpointStores(LogKeys keys, LogTopic topic, LogReader reader, @Nullable LogOwner owner) {
        this.keys = keys;
        this.topic = topic;
        this.reader = reader;
        this.owner = owner;
    }

    /**
     * Opens logs; asks nothing of the cluster yet. The topic is created when a log is first written to, or asked for room.
     *
     * @param cluster shared with other exports; stays open
     * @param topic holds the logs, in that cluster
     * @param logs whose logs in it
     * @param stop ends waiting for the cluster
     * @param waits told of what is waited for
     * @throws io.pagewalk.error.UsageException if the settings are not valid
     */
    public static KafkaCheckpointStores open(
            LogCluster cluster, String topic, LogName logs, StopSignal stop, Waits waits) {
        return open(cluster, topic, logs, stop, waits, true);
    }

    /**
     * Likewise, to look at: it never becomes the owner, so it disturbs no run. Whatever would change a log, or create the topic,
     * fails. A topic that does not exist has empty logs.
     */
    public static KafkaCheckpointStores view(
            LogCluster cluster, String topic, LogName logs, StopSignal stop, Waits waits) {
        return open(cluster, topic, logs, stop, waits, false);
    }

    private static KafkaCheckpointStores open(
            LogCluster cluster, String name, LogName logs, StopSignal stop, Waits waits, boolean writing) {
        LogKeys keys = new LogKeys(name, logs);
        KafkaSettings settings = cluster.settings();
        LogFailures failures = new LogFailures(settings, name, keys.transactionalId());
        LogTopic topic = new LogTopic(cluster, failures, name, stop, waits);
        LogReader reader = new LogReader(cluster, failures, topic, keys, stop, waits);
        LogOwner owner = writing ? new LogOwner(settings, failures, topic, keys, reader, stop, waits) : null;
        return new KafkaCheckpointStores(keys, topic, reader, owner);
    }

    @Override
    public String location() {
        return "kafka:" + topic.partition().topic();
    }

    @Override
    public int[] runs() throws IOException {
        reader.readToEnd();
        return reader.contents().offsets().keySet().stream()
                .mapToInt(LogKeys.Entry::run)
                .distinct()
                .toArray();
    }

    @Override
    public int[] expiries() throws IOException {
        if (owner == null || !owner.isSole()) {
            reader.readToEnd();
        }
        return reader.contents().expiries().keySet().stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public void expire(int run, byte[] record) throws IOException {
        owner().expire(run, record);
    }

    @Override
    public byte[] readExpiry(int run) throws IOException {
        reader.readToEnd();
        byte[] record = reader.contents().expiries().get(run);
        if (record == null) {
            throw new NoSuchFileException(keys.keyOfExpiry(run));
        }
        return record.clone();
    }

    @Override
    public void removeExpiry(int run) throws IOException {
        owner().removeExpiry(run);
    }

    private LogOwner owner() {
        if (owner == null) {
            throw new UnsupportedOperationException(location() + " is open for reading only");
        }
        return owner;
    }

    @Override
    public CheckpointStore of(int run) {
        return new KafkaCheckpointStore(run, keys, topic, reader, owner);
    }

    @Override
    public void close() {
        if (owner != null) {
            owner.close();
        }
        reader.close();
    }
}
