package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.OptionalLong;

/**
 * A log in a topic to look at: it never becomes the owner, so it disturbs no run. Whatever would change the log, or create
 * the topic, fails.
 */
public final class KafkaLogView implements CheckpointStore {
    private final LogTopic topic;
    private final LogReader reader;
    private final LogKeys keys;

    KafkaLogView(LogTopic topic, LogReader reader, LogKeys keys) {
        this.topic = topic;
        this.reader = reader;
        this.keys = keys;
    }

    /**
     * Opens a log; asks nothing of the cluster yet. A topic that does not exist is an empty log.
     *
     * @param topic holds the log, in the cluster of {@code settings}
     * @param log which of the logs in it
     * @param stop ends waiting for the cluster
     * @param waits told of what is waited for
     * @param stop ends waiting for the cluster
     * @throws UsageException if the settings are not valid
     */
    public static KafkaLogView open(KafkaSettings settings, String topic, LogName log, StopSignal stop, Waits waits) {
        LogKeys keys = new LogKeys(topic, log);
        LogFailures failures = new LogFailures(settings, topic, keys.transactionalId());
        LogTopic looked = new LogTopic(settings, failures, topic, stop, waits);
        return new KafkaLogView(looked, new LogReader(settings, failures, looked, keys, stop, waits), keys);
    }

    @Override
    public String location() {
        return "kafka:" + topic.partition().topic();
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        reader.readToEnd();
        NavigableMap<Long, Long> offsets = reader.offsets();
        if (offsets.isEmpty()) {
            return OptionalLong.empty();
        }
        long last = offsets.lastKey();
        if (offsets.size() != last + 1) {
            throw broken(last);
        }
        return OptionalLong.of(last);
    }

    private UsageException broken(long last) {
        long missing = 0;
        while (reader.offsets().containsKey(missing)) {
            missing++;
        }
        return new UsageException(
                "the checkpoint log " + location() + " is broken: " + keys.keyOf(missing) + " is missing, though "
                        + keys.keyOf(last) + " is there"
                        + (missing == 0 ? " (if its export was being deleted, delete it again)" : ""),
                Advice.RESTORE_THE_LOG);
    }

    @Override
    public long[] sequences() throws IOException {
        reader.readToEnd();
        return reader.offsets().keySet().stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        return reader.read(sequence);
    }

    @Override
    public void requireRoom(long bytes) {
        throw readOnly();
    }

    @Override
    public boolean takeOver() {
        throw readOnly();
    }

    @Override
    public void append(long sequence, byte[] entry) {
        throw readOnly();
    }

    @Override
    public void remove(long sequence) {
        throw readOnly();
    }

    private UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException(location() + " is open for reading only");
    }

    @Override
    public void close() {
        reader.close();
        topic.close();
    }
}
