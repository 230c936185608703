package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The log of one run in a topic. */
final class KafkaCheckpointStore implements CheckpointStore {
    private final int run;
    private final LogKeys keys;
    private final LogTopic topic;
    private final LogReader reader;
    private final @Nullable LogOwner owner;

    /** @param owner changes the log, or null if it is only looked at */
    KafkaCheckpointStore(int run, LogKeys keys, LogTopic topic, LogReader reader, @Nullable LogOwner owner) {
        this.run = run;
        this.keys = keys;
        this.topic = topic;
        this.reader = reader;
        this.owner = owner;
    }

    /** The first run's is that of an export that is no series. */
    @Override
    public String location() {
        return "kafka:" + topic.partition().topic() + (run == 1 ? "" : " (run " + run + ")");
    }

    @Override
    public OptionalLong lastSequence() throws IOException {
        NavigableMap<LogKeys.Entry, Long> found = found();
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        long last = found.lastKey().sequence();
        if (found.size() != last + 1) {
            throw broken(found, last);
        }
        return OptionalLong.of(last);
    }

    private NavigableMap<LogKeys.Entry, Long> found() throws IOException {
        reader.readToEnd();
        return reader.contents().offsets(run);
    }

    private UsageException broken(NavigableMap<LogKeys.Entry, Long> found, long last) {
        long missing = 0;
        while (found.containsKey(entry(missing))) {
            missing++;
        }
        return new UsageException(
                "the checkpoint log " + location() + " is broken: " + keys.keyOf(entry(missing))
                        + " is missing, though " + keys.keyOf(entry(last)) + " is there"
                        + (missing == 0 ? " (if its export was being deleted, delete it again)" : ""),
                Advice.RESTORE_THE_LOG);
    }

    private LogKeys.Entry entry(long sequence) {
        return new LogKeys.Entry(run, sequence);
    }

    @Override
    public long[] sequences() throws IOException {
        return found().keySet().stream().mapToLong(LogKeys.Entry::sequence).toArray();
    }

    @Override
    public byte[] read(long sequence) throws IOException {
        return reader.read(entry(sequence));
    }

    /** Creates the topic if there is none. */
    @Override
    public void requireRoom(long bytes) throws IOException {
        owner().requireRoom(bytes);
    }

    @Override
    public boolean takeOver() throws IOException {
        owner().takeOver();
        return true;
    }

    @Override
    public void append(long sequence, byte[] content) throws IOException {
        owner().append(entry(sequence), content);
    }

    @Override
    public void remove(long sequence) throws IOException {
        owner().remove(entry(sequence));
    }

    private LogOwner owner() {
        if (owner == null) {
            throw new UnsupportedOperationException(location() + " is open for reading only");
        }
        return owner;
    }
}
