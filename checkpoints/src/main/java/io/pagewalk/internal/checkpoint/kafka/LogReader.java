package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one export's entries, of all its runs. It remembers at which offset each of them is, and holds no more than one entry at a time.
 */
final class LogReader implements AutoCloseable {
    static final String NEEDED = "READ and DESCRIBE";
    /** Between two looks at what holds readers up. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Longer than brokers take to finish a transaction whose commit was answered. */
    private static final Duration OWN_TRANSACTION = Duration.ofMillis(500);

    /** A record and the marker behind it: nearer than this the consumer reads on without a seek. */
    private static final long NEAR = 2;

    private final KafkaSettings settings;
    private final LogTopic topic;
    private final LogKeys keys;
    private final Waits waits;
    private final Holdup holdup;
    private final NavigableMap<LogKeys.Entry, Long> offsets = new TreeMap<>();
    /** Records of expiry; a new one makes the one before superfluous. */
    private final NavigableMap<Integer, byte[]> expiries = new TreeMap<>();

    private final LogConsumer consumer;
    /** What is before it was looked at; -1 if nothing was. */
    private long scanned = -1;
    /** Of the last entry that this run has appended; -1 if it has not. */
    private long appended = -1;

    LogReader(
            KafkaSettings settings, LogFailures failures, LogTopic topic, LogKeys keys, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.topic = topic;
        this.keys = keys;
        this.waits = waits;
        this.consumer = new LogConsumer(settings, failures, topic.partition(), stop, waits.ticks());
        this.holdup = new Holdup(settings, failures, topic, keys);
    }

    /** The entries found so far, of all runs: where they are in the topic. */
    NavigableMap<LogKeys.Entry, Long> offsets() {
        return offsets;
    }

    /** Likewise, of one run. */
    NavigableMap<LogKeys.Entry, Long> offsets(int run) {
        return offsets.subMap(new LogKeys.Entry(run, 0), true, new LogKeys.Entry(run, Long.MAX_VALUE), true);
    }

    /** The records of expiry found so far. */
    NavigableMap<Integer, byte[]> expiries() {
        return expiries;
    }

    /** This run has put an expiry on record. */
    void expired(int run, byte[] record, long offset) {
        expiries.put(run, record);
        appended = Math.max(appended, offset);
    }

    /** This run has appended an entry. */
    void appended(LogKeys.Entry entry, long offset) {
        offsets.put(entry, offset);
        appended = Math.max(appended, offset);
    }

    /** Every offset that is taken in the future is behind it, unless the topic becomes another one. */
    long lastOffset() {
        return Math.max(scanned - 1, appended);
    }

    /**
     * Finds every entry whose append has returned by now. Waits for transactions that are not finished, because entries may
     * hide behind those of others; not for one of this export's own, behind which there is none.
     */
    void readToEnd() throws IOException {
        readToEnd(false);
    }

    /** As {@link #readToEnd()}, but waits for all transactions: what they come to is known afterwards. */
    void settleToEnd() throws IOException {
        readToEnd(true);
    }

    private void readToEnd(boolean settling) throws IOException {
        if (!topic.exists()) {
            return;
        }
        OptionalLong end = topic.end();
        if (end.isEmpty() || end.getAsLong() < scanned) {
            throw new IOException("topic " + topic.partition().topic() + " has lost what was read of it up to offset "
                    + scanned + ", so it was deleted or recreated");
        }
        if (scanned < 0) {
            scanned = topic.start().orElse(0);
        }
        if (scanned < end.getAsLong()) {
            scan(end.getAsLong(), settling);
            topic.requireSame();
        }
    }

    private void scan(long end, boolean settling) throws IOException {
        consumer.seek(scanned);
        Waits.Wait wait = begin(scanned);
        Patience patience = new Patience(patienceWithTransactions(), () -> consumer.held(wait), waits.ticks());
        try {
            scan(end, settling, patience);
        } finally {
            wait.end();
        }
    }

    private void scan(long end, boolean settling, Patience patience) throws IOException {
        while (scanned < end) {
            ConsumerRecord<byte[], byte[]> record = consumer.poll();
            if (record != null) {
                index(record);
            }
            if (consumer.position() > scanned) {
                scanned = consumer.position();
                patience.renew();
            } else if ((patience.isExhausted() || patience.hasTaken(OWN_TRANSACTION))
                    && isHeldUpForGood(patience, settling)) {
                return;
            }
        }
    }

    /** Of any export, if its {@code --retry-timeout} is the same: the brokers have ended it by then. */
    private Duration patienceWithTransactions() {
        return settings.retryTimeout().multipliedBy(2);
    }

    /** Whether there is no need to read on; otherwise waits a moment, or fails if there was time enough. */
    private boolean isHeldUpForGood(Patience patience, boolean settling) throws IOException {
        Holdup.Cause cause = holdup.at(scanned);
        patience.countAll();
        if (cause == Holdup.Cause.OWN_APPEND && !settling) {
            return true;
        }
        String name = topic.partition().topic();
        if (cause == Holdup.Cause.NONE) {
            if (patience.hasTaken(settings.retryTimeout())) {
                throw new IOException("nothing arrived at offset " + scanned + " of topic " + name + " for "
                        + settings.retryTimeout().toSeconds() + " s (the retry timeout)"
                        + KafkaFailures.hindrance(settings));
            }
            return false;
        }
        if (patience.hasTaken(patienceWithTransactions())) {
            throw new IOException("a transaction that begins at offset " + scanned + " of topic " + name
                    + " was not finished for " + patienceWithTransactions().toSeconds()
                    + " s (twice the retry timeout); its writer, or the broker in its stead, has to end it"
                    + holdup.advice());
        }
        pause();
        return false;
    }

    private void pause() {
        Patience patience = new Patience(PAUSE, waits.ticks());
        while (patience.pause()) {
            consumer.requireNotStopped();
        }
    }

    private void index(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        keys.expiryOf(record.key()).ifPresent(run -> {
            if (record.value() == null) {
                expiries.remove(run);
            } else {
                expiries.put(run, record.value());
            }
        });
        Optional<LogKeys.Entry> entry = keys.entryOf(record.key());
        if (entry.isEmpty()) {
            return;
        }
        if (record.value() == null) {
            offsets.remove(entry.get());
        } else {
            offsets.put(entry.get(), record.offset());
        }
    }

    /**
     * Reads one entry.
     *
     * @throws NoSuchFileException if there is none
     */
    byte[] read(LogKeys.Entry entry) throws IOException {
        Long offset = offsets.get(entry);
        byte[] found = offset == null ? null : readAt(offset);
        if (found == null) {
            if (offset != null) {
                forget();
            }
            readToEnd();
            offset = offsets.get(entry);
            found = offset == null ? null : readAt(offset);
        }
        if (found == null) {
            throw new NoSuchFileException(keys.keyOf(entry));
        }
        return found;
    }

    /** Entries were removed, and compaction has also removed what tells so. */
    private void forget() {
        offsets.clear();
        expiries.clear();
        scanned = -1;
        appended = -1;
    }

    private byte @Nullable [] readAt(long offset) throws IOException {
        long position = consumer.position();
        if (position < 0 || position > offset || position < offset - NEAR) {
            consumer.seek(offset);
        }
        Waits.Wait wait = begin(offset);
        try {
            return readAt(offset, new Patience(settings.retryTimeout(), () -> consumer.held(wait), waits.ticks()));
        } finally {
            wait.end();
        }
    }

    private byte @Nullable [] readAt(long offset, Patience patience) throws IOException {
        while (consumer.position() <= offset) {
            ConsumerRecord<byte[], byte[]> record = consumer.poll();
            if (record != null && record.offset() >= offset) {
                return record.offset() == offset ? record.value() : null;
            }
            if (patience.isExhausted()) {
                throw new IOException("nothing arrived at offset " + offset + " of topic "
                        + topic.partition().topic() + " for "
                        + settings.retryTimeout().toSeconds() + " s (the retry timeout)"
                        + KafkaFailures.hindrance(settings));
            }
        }
        return null;
    }

    private Waits.Wait begin(long offset) {
        return waits.begin(
                Waits.For.LOG, "the log in topic " + topic.partition().topic(), offset);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
