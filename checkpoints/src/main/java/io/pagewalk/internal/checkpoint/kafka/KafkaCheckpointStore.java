package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A log in a compacted topic, a record for each entry. Several exports may share the topic.
 *
 * <p>Entries are appended by a transactional producer whose id is the export's. A run first takes the id over: the brokers
 * refuse whoever had it, and abort what that one had not finished. Then it reads the log to its end, and only then it appends.
 * So of two runs the newer one goes on, and the older one is fenced, however long it slept. Reading takes nothing over.
 */
public final class KafkaCheckpointStore implements CheckpointStore {
    /** What a record is larger than its entry: its key, and the headers of record and batch. */
    private static final int RECORD_OVERHEAD = 1024;

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final LogKeys keys;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogReader reader;
    private final KafkaLogView view;
    private @Nullable LogWriter writer;
    /** Whether there is a topic that keeps entries. */
    private boolean ensured;
    /** Whether the reader has seen all that this run's writer, and those before it, have written. */
    private boolean caughtUp;

    /**
     * Opens a log; asks nothing of the cluster yet. The topic is created when the log is first written to, or asked for room.
     *
     * @param topic holds the log, in the cluster of {@code settings}
     * @param log which of the logs in it
     * @param stop ends waiting for the cluster
     * @param waits told of what is waited for
     * @throws io.pagewalk.error.UsageException if the settings are not valid
     */
    public KafkaCheckpointStore(KafkaSettings settings, String topic, LogName log, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.keys = new LogKeys(topic, log);
        this.failures = new LogFailures(settings, topic, keys.transactionalId());
        this.topic = new LogTopic(settings, failures, topic, stop, waits);
        this.reader = new LogReader(settings, failures, this.topic, keys, stop, waits);
        this.view = new KafkaLogView(this.topic, reader, keys);
    }

    @Override
    public String location() {
        return view.location();
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        return view.lastSequence();
    }

    @Override
    public long[] sequences() throws IOException {
        return view.sequences();
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        return view.read(sequence);
    }

    /** Creates the topic if there is none. */
    @Override
    public void requireRoom(long bytes) throws IOException {
        topic.ensure(bytes + RECORD_OVERHEAD);
        ensured = true;
    }

    @Override
    public boolean takeOver() throws IOException {
        appender();
        return true;
    }

    private LogWriter appender() throws IOException {
        if (!ensured) {
            requireRoom(0);
        }
        return owner();
    }

    private LogWriter owner() throws IOException {
        if (writer == null) {
            writer = LogWriter.takeOver(settings, failures, topic, keys, stop, waits);
        }
        if (!caughtUp) {
            writer.settle();
            reader.settleToEnd();
            caughtUp = true;
        }
        return writer;
    }

    @Override
    public void append(long sequence, byte[] entry) throws IOException {
        String key = keys.keyOf(sequence);
        LogWriter owner = ownerUnlessThere(sequence);
        if (reader.offsets().containsKey(sequence)) {
            throw new FileAlreadyExistsException(key);
        }
        if (sequence > 0 && !reader.offsets().containsKey(sequence - 1)) {
            throw new IOException("cannot append to the checkpoint log " + location() + ": " + keys.keyOf(sequence - 1)
                    + " is missing");
        }
        caughtUp = false;
        long offset = owner.write(sequence, entry, reader.lastOffset());
        reader.offsets().put(sequence, offset);
        caughtUp = true;
    }

    /** Who cannot write any more can still tell what became of what it wrote. */
    private LogWriter ownerUnlessThere(long sequence) throws IOException {
        try {
            return appender();
        } catch (IOException e) {
            if (writer == null) {
                throw e;
            }
            reader.settleToEnd();
            if (reader.offsets().containsKey(sequence)) {
                FileAlreadyExistsException there = new FileAlreadyExistsException(keys.keyOf(sequence));
                there.addSuppressed(e);
                throw there;
            }
            throw e;
        }
    }

    /** Takes the topic as it is. */
    @Override
    public void remove(long sequence) throws IOException {
        if (!topic.exists()) {
            return;
        }
        LogWriter owner = owner();
        if (reader.offsets().containsKey(sequence)) {
            caughtUp = false;
            owner.write(sequence, null, reader.lastOffset());
            reader.offsets().remove(sequence);
            caughtUp = true;
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
        view.close();
    }
}
