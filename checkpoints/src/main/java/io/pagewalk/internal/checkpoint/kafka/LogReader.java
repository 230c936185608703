package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.kafka.KafkaFailures;
import io.pagewalk.internal.kafka.KafkaSettings;
import io.pagewalk.internal.kafka.Throttle;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one export's entries. It remembers at which offset each of them is, and holds no more than one entry at a time.
 */
final class LogReader implements AutoCloseable {
    static final String NEEDED = "READ and DESCRIBE";
    private static final Duration POLL = Duration.ofMillis(100);
    /** Between two looks at what holds readers up. */
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Longer than brokers take to finish a transaction whose commit was answered. */
    private static final Duration OWN_TRANSACTION = Duration.ofMillis(500);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    /** A record and the marker behind it: nearer than this the consumer reads on without a seek. */
    private static final long NEAR = 2;

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private final StopSignal stop;
    private final Waits waits;
    private final Holdup holdup;
    private final NavigableMap<Long, Long> offsets = new TreeMap<>();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Throttle throttle;
    /** What is before it was looked at; -1 if nothing was. */
    private long scanned = -1;
    /** Where the consumer stands; -1 if that is not known. */
    private long position = -1;

    LogReader(
            KafkaSettings settings, LogFailures failures, LogTopic topic, LogKeys keys, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
        this.stop = stop;
        this.waits = waits;
        this.holdup = new Holdup(settings, failures, topic, keys);
    }

    /** The entries found so far: their offsets by their numbers. */
    NavigableMap<Long, Long> offsets() {
        return offsets;
    }

    /** Every offset that is taken in the future is behind it, unless the topic becomes another one. */
    long lastOffset() {
        return Math.max(
                scanned - 1, offsets.isEmpty() ? -1 : offsets.lastEntry().getValue());
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
                    + scanned + ": was it deleted?");
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
        seek(scanned);
        Waits.Wait wait = begin(scanned);
        Patience patience = new Patience(patienceWithTransactions(), () -> held(wait));
        try {
            scan(end, settling, patience);
        } finally {
            wait.end();
        }
    }

    private void scan(long end, boolean settling, Patience patience) throws IOException {
        while (scanned < end) {
            ConsumerRecord<byte[], byte[]> record = poll();
            if (record != null) {
                index(record);
            }
            if (position > scanned) {
                scanned = position;
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
                        + settings.retryTimeout().toSeconds() + " s (--retry-timeout)"
                        + KafkaFailures.hindrance(settings));
            }
            return false;
        }
        if (patience.hasTaken(patienceWithTransactions())) {
            throw new IOException("a transaction that begins at offset " + scanned + " of topic " + name
                    + " was not finished for " + patienceWithTransactions().toSeconds()
                    + " s (twice --retry-timeout); its writer, or the broker in its stead, has to end it"
                    + holdup.advice());
        }
        pause();
        return false;
    }

    private void pause() {
        Patience patience = new Patience(PAUSE);
        while (patience.pause()) {
            requireNotStopped();
        }
    }

    private void index(ConsumerRecord<byte[], byte[]> record) {
        OptionalLong sequence = record.key() == null ? OptionalLong.empty() : keys.sequenceOf(record.key());
        if (sequence.isEmpty()) {
            return;
        }
        if (record.value() == null) {
            offsets.remove(sequence.getAsLong());
        } else {
            offsets.put(sequence.getAsLong(), record.offset());
        }
    }

    /**
     * Reads one entry.
     *
     * @throws NoSuchFileException if there is none
     */
    byte[] read(long sequence) throws IOException {
        Long offset = offsets.get(sequence);
        byte[] entry = offset == null ? null : readAt(offset);
        if (entry == null) {
            if (offset != null) {
                forget();
            }
            readToEnd();
            offset = offsets.get(sequence);
            entry = offset == null ? null : readAt(offset);
        }
        if (entry == null) {
            throw new NoSuchFileException(keys.keyOf(sequence));
        }
        return entry;
    }

    /** Entries were removed, and compaction has also removed what tells so. */
    private void forget() {
        offsets.clear();
        scanned = -1;
    }

    private byte @Nullable [] readAt(long offset) throws IOException {
        if (position < 0 || position > offset || position < offset - NEAR) {
            seek(offset);
        }
        Waits.Wait wait = begin(offset);
        try {
            return readAt(offset, new Patience(settings.retryTimeout(), () -> held(wait)));
        } finally {
            wait.end();
        }
    }

    private byte @Nullable [] readAt(long offset, Patience patience) throws IOException {
        while (position <= offset) {
            ConsumerRecord<byte[], byte[]> record = poll();
            if (record != null && record.offset() >= offset) {
                return record.offset() == offset ? record.value() : null;
            }
            if (patience.isExhausted()) {
                throw new IOException("nothing arrived at offset " + offset + " of topic "
                        + topic.partition().topic() + " for "
                        + settings.retryTimeout().toSeconds() + " s (--retry-timeout)"
                        + KafkaFailures.hindrance(settings));
            }
        }
        return null;
    }

    private Waits.Wait begin(long offset) {
        return waits.begin(
                Waits.For.LOG, "the log in topic " + topic.partition().topic(), offset);
    }

    /** For how long the brokers still hold the consumer back for a quota. */
    private long held(Waits.Wait wait) {
        long left = throttle == null ? Long.MIN_VALUE : throttle.left();
        if (left > 0) {
            wait.throttled(left, settings.quotaAdvice("consumer_byte_rate"));
        }
        return left;
    }

    private void seek(long offset) throws IOException {
        position = -1;
        try {
            consumer().seek(topic.partition(), offset);
        } catch (KafkaException e) {
            throw failures.translate(e, NEEDED);
        }
        position = offset;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    settings.consumerConfig(IsolationLevel.READ_COMMITTED, 1),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            consumer.assign(List.of(topic.partition()));
            throttle = Throttle.ofConsumer(consumer.metrics());
        }
        return consumer;
    }

    /** The next record, if one came; {@link #position} moves also over what holds no record. */
    private @Nullable ConsumerRecord<byte[], byte[]> poll() throws IOException {
        requireNotStopped();
        try {
            ConsumerRecords<byte[], byte[]> records = consumer().poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                position = record.offset() + 1;
                return record;
            }
            position = Math.max(position, consumer().position(topic.partition(), POLL));
        } catch (TimeoutException e) {
            // No progress: the caller counts the time.
        } catch (KafkaException e) {
            position = -1;
            throw failures.translate(e, NEEDED);
        }
        return null;
    }

    private void requireNotStopped() {
        if (stop.isRequested()) {
            throw new StoppedException("stopped on request");
        }
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }
}
