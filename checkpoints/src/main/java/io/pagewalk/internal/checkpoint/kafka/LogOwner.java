package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.jspecify.annotations.Nullable;

/**
 * Changes the logs of an export, and owns them from the first change on.
 *
 * <p>Entries are appended by a transactional producer whose id is the export's. A run first takes the id over: the brokers
 * refuse whoever had it, and abort what that one had not finished. Then it reads the logs to their end, and only then it appends.
 * So of two runs the newer one goes on, and the older one is fenced, however long it slept. Reading takes nothing over.
 */
final class LogOwner implements AutoCloseable {
    /** What a record is larger than its entry: its key, and the headers of record and batch. */
    private static final int RECORD_OVERHEAD = 1024;

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private final LogReader reader;
    private final StopSignal stop;
    private final Waits waits;
    private @Nullable LogWriter writer;
    /** Whether there is a topic that keeps entries. */
    private boolean ensured;
    /** Whether the reader has seen all that this run's writer, and those before it, have written. */
    private boolean caughtUp;

    LogOwner(
            KafkaSettings settings,
            LogFailures failures,
            LogTopic topic,
            LogKeys keys,
            LogReader reader,
            StopSignal stop,
            Waits waits) {
        this.settings = settings;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
        this.reader = reader;
        this.stop = stop;
        this.waits = waits;
    }

    /**
     * Whether this run has written, and knows, all that the logs hold: nobody else can add to them without its next change being
     * refused.
     */
    boolean isSole() {
        return writer != null && caughtUp;
    }

    /** Creates the topic if there is none, and checks that it takes entries of so many bytes. */
    void requireRoom(long bytes) throws IOException {
        topic.ensure(bytes + RECORD_OVERHEAD);
        ensured = true;
    }

    /** Becomes the owner, and reads to the end. */
    void takeOver() throws IOException {
        appender();
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

    /**
     * Adds an entry.
     *
     * @throws FileAlreadyExistsException if it is there already
     * @throws IOException if the one before it is missing, or on any other failure
     */
    void append(LogKeys.Entry entry, byte[] content) throws IOException {
        String key = keys.keyOf(entry);
        LogWriter owner = ownerUnlessThere(entry);
        if (reader.contents().offsets().containsKey(entry)) {
            throw new FileAlreadyExistsException(key);
        }
        if (entry.sequence() > 0) {
            LogKeys.Entry before = new LogKeys.Entry(entry.run(), entry.sequence() - 1);
            if (!reader.contents().offsets().containsKey(before)) {
                throw new IOException("cannot append to the checkpoint log in topic "
                        + topic.partition().topic() + ": " + keys.keyOf(before) + " is missing");
            }
        }
        caughtUp = false;
        reader.appended(entry, owner.write(keys.bytesOf(entry), content, reader.lastOffset()));
        caughtUp = true;
    }

    /** Who cannot write any more can still tell what became of what it wrote. */
    private LogWriter ownerUnlessThere(LogKeys.Entry entry) throws IOException {
        try {
            return appender();
        } catch (IOException e) {
            if (writer == null) {
                throw e;
            }
            reader.settleToEnd();
            if (reader.contents().offsets().containsKey(entry)) {
                FileAlreadyExistsException there = new FileAlreadyExistsException(keys.keyOf(entry));
                there.addSuppressed(e);
                throw there;
            }
            throw e;
        }
    }

    /** Removes an entry, if it is there. Takes the topic as it is. */
    void remove(LogKeys.Entry entry) throws IOException {
        if (!topic.exists()) {
            return;
        }
        LogWriter owner = owner();
        if (reader.contents().offsets().containsKey(entry)) {
            caughtUp = false;
            owner.write(keys.bytesOf(entry), null, reader.lastOffset());
            reader.contents().removed(entry);
            caughtUp = true;
        }
    }

    /**
     * Puts an expiry on record.
     *
     * @throws FileAlreadyExistsException if it is there already
     */
    void expire(int run, byte[] record) throws IOException {
        LogWriter owner = appender();
        if (reader.contents().expiries().containsKey(run)) {
            throw new FileAlreadyExistsException(keys.keyOfExpiry(run));
        }
        caughtUp = false;
        reader.expired(run, record, owner.write(keys.bytesOfExpiry(run), record, reader.lastOffset()));
        caughtUp = true;
    }

    /** Removes a record of expiry, if it is there. */
    void removeExpiry(int run) throws IOException {
        if (!topic.exists()) {
            return;
        }
        LogWriter owner = owner();
        if (reader.contents().expiries().containsKey(run)) {
            caughtUp = false;
            owner.write(keys.bytesOfExpiry(run), null, reader.lastOffset());
            reader.contents().expired(run, null);
            caughtUp = true;
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
