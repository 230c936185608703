package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one export's entries, of all its runs. It remembers at which offset each of them is, and holds no more than one entry at a
 * time. Used by one thread.
 */
final class LogReader implements AutoCloseable {
    static final String NEEDED = "READ and DESCRIBE";
    /** Between two looks at what holds readers up. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Longer than brokers take to finish a transaction whose commit was answered. */
    private static final Duration OWN_TRANSACTION = Duration.ofMillis(500);

    /** A record and the marker behind it: nearer than this the consumer reads on without a seek. */
    private static final long NEAR = 2;

    private final LogCluster cluster;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private final StopSignal stop;
    private final Waits waits;
    private final Duration retryTimeout;
    private final Holdup holdup;
    private final LogContents contents = new LogContents();
    private @Nullable LogScan scan;
    /** What the scan has told of: from where on, and how far. */
    private int beginning;

    private long told = -1;
    /** Of the last entry that this run has appended; -1 if it has not. */
    private long appended = -1;

    LogReader(LogCluster cluster, LogFailures failures, LogTopic topic, LogKeys keys, StopSignal stop, Waits waits) {
        this.cluster = cluster;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
        this.stop = stop;
        this.waits = waits;
        this.retryTimeout = cluster.settings().retryTimeout();
        this.holdup = new Holdup(cluster.settings(), failures, topic, keys);
    }

    /** What was found so far. */
    LogContents contents() {
        return contents;
    }

    /** This run has put an expiry on record. */
    void expired(int run, byte[] record, long offset) {
        contents.expired(run, record);
        appended = Math.max(appended, offset);
    }

    /** This run has appended an entry. */
    void appended(LogKeys.Entry entry, long offset) {
        contents.found(entry, offset);
        appended = Math.max(appended, offset);
    }

    /** Every offset that is taken in the future is behind it, unless the topic becomes another one. */
    long lastOffset() {
        return Math.max(told - 1, appended);
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
        LogScan shared = scan();
        long before = shared.scanned();
        OptionalLong end = topic.end();
        if (end.isEmpty() || end.getAsLong() < before) {
            throw new IOException("topic " + topic.partition().topic() + " has lost what was read of it up to offset "
                    + before + ", so it was deleted or recreated");
        }
        if (shared.scanned() < end.getAsLong()) {
            scan(shared, end.getAsLong(), settling);
        }
        long reached = shared.scanned();
        beginning = shared.tell(keys.log(), beginning, contents);
        if (told != reached) {
            // What was read since it was last seen to be the same topic, by whomever.
            topic.requireSame();
            told = reached;
        }
    }

    private LogScan scan() {
        if (scan == null) {
            scan = cluster.follow(topic.partition(), topic.id(), keys.log());
        }
        return scan;
    }

    private void scan(LogScan shared, long end, boolean settling) throws IOException {
        Waits.Wait wait = begin(Math.max(0, shared.scanned()));
        Patience patience = new Patience(patienceWithTransactions(), () -> shared.held(wait), waits.ticks());
        try {
            scan(shared, end, settling, patience);
        } finally {
            wait.end();
        }
    }

    private void scan(LogScan shared, long end, boolean settling, Patience patience) throws IOException {
        for (long reached = shared.scanned(); reached < end; ) {
            requireNotStopped();
            if (reached < 0) {
                shared.beginAt(topic.start().orElse(0));
            } else {
                readOn(shared, end);
            }
            long before = reached;
            reached = shared.scanned();
            if (reached != before) {
                patience.renew();
            } else if ((patience.isExhausted() || patience.hasTaken(OWN_TRANSACTION))
                    && isHeldUpForGood(reached, patience, settling)) {
                return;
            }
        }
    }

    private void readOn(LogScan shared, long end) throws IOException {
        try {
            shared.readOn(end);
        } catch (KafkaException e) {
            throw failures.translate(e, NEEDED);
        }
    }

    /** Of any export, if its {@code --retry-timeout} is the same: the brokers have ended it by then. */
    private Duration patienceWithTransactions() {
        return retryTimeout.multipliedBy(2);
    }

    /** Whether there is no need to read on; otherwise waits a moment, or fails if there was time enough. */
    private boolean isHeldUpForGood(long reached, Patience patience, boolean settling) throws IOException {
        Holdup.Cause cause = holdup.at(reached);
        patience.countAll();
        if (cause == Holdup.Cause.OWN_APPEND && !settling) {
            return true;
        }
        String name = topic.partition().topic();
        if (cause == Holdup.Cause.NONE) {
            if (patience.hasTaken(retryTimeout)) {
                throw new IOException("nothing arrived at offset " + reached + " of topic " + name + " for "
                        + retryTimeout.toSeconds() + " s (the retry timeout)"
                        + KafkaFailures.hindrance(cluster.settings()));
            }
            return false;
        }
        if (patience.hasTaken(patienceWithTransactions())) {
            throw new IOException("a transaction that begins at offset " + reached + " of topic " + name
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
            requireNotStopped();
        }
    }

    /**
     * Reads one entry.
     *
     * @throws NoSuchFileException if there is none
     */
    byte[] read(LogKeys.Entry entry) throws IOException {
        Long offset = contents.offsets().get(entry);
        byte[] found = offset == null ? null : readAt(offset);
        if (found == null) {
            if (offset != null) {
                // Entries were removed, and compaction has also removed what tells so.
                scan().forget();
            }
            readToEnd();
            offset = contents.offsets().get(entry);
            found = offset == null ? null : readAt(offset);
        }
        if (found == null) {
            throw new NoSuchFileException(keys.keyOf(entry));
        }
        return found;
    }

    private byte @Nullable [] readAt(long offset) throws IOException {
        LogConsumers consumers = scan().consumers();
        LogConsumer consumer = consumers.take();
        try {
            byte[] found = readAt(offset, consumer);
            consumers.giveBack(consumer);
            return found;
        } catch (KafkaException e) {
            consumer.close();
            throw failures.translate(e, NEEDED);
        } catch (IOException | RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private byte @Nullable [] readAt(long offset, LogConsumer consumer) throws IOException {
        long position = consumer.position();
        if (position < 0 || position > offset || position < offset - NEAR) {
            consumer.seek(offset);
        }
        Waits.Wait wait = begin(offset);
        try {
            return readAt(offset, consumer, new Patience(retryTimeout, () -> consumer.held(wait), waits.ticks()));
        } finally {
            wait.end();
        }
    }

    private byte @Nullable [] readAt(long offset, LogConsumer consumer, Patience patience) throws IOException {
        while (consumer.position() <= offset) {
            requireNotStopped();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll()) {
                if (record.offset() >= offset) {
                    return record.offset() == offset ? record.value() : null;
                }
            }
            if (patience.isExhausted()) {
                throw new IOException("nothing arrived at offset " + offset + " of topic "
                        + topic.partition().topic() + " for " + retryTimeout.toSeconds() + " s (the retry timeout)"
                        + KafkaFailures.hindrance(cluster.settings()));
            }
        }
        return null;
    }

    private Waits.Wait begin(long offset) {
        return waits.begin(
                Waits.For.LOG, "the log in topic " + topic.partition().topic(), offset);
    }

    private void requireNotStopped() {
        if (stop.isRequested()) {
            throw new StoppedException("stopped on request");
        }
    }

    @Override
    public void close() {
        if (scan != null) {
            scan.unfollow(keys.log());
            scan = null;
        }
    }
}
