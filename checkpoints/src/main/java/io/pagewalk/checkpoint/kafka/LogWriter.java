package io.pagewalk.checkpoint.kafka;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.kafka.KafkaSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of an export's log: from its creation on the brokers refuse whoever owned it before. It never takes the log back:
 * once it was fenced, or has failed for good, it writes nothing more.
 */
final class LogWriter implements AutoCloseable {
    private static final String NEEDED = "WRITE and DESCRIBE";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    /** Of the longest that a transaction left unfinished may hold up those who read the topic. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(20);
    /** How long another run takes at most, or so, to end this one's transaction. */
    private static final Duration TAKEOVER = Duration.ofSeconds(3);

    private static final Set<TransactionState> OVER =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);

    private static final int REQUEST_OVERHEAD = 64 * 1024;

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private final KafkaProducer<byte[], byte[]> producer;
    /** A transaction whose commit was not answered: it must be ended before another one begins. */
    private boolean committing;
    /** Why it cannot go on. */
    private @Nullable Exception dead;

    private LogWriter(
            KafkaSettings settings,
            LogFailures failures,
            LogTopic topic,
            LogKeys keys,
            KafkaProducer<byte[], byte[]> producer) {
        this.settings = settings;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
        this.producer = producer;
    }

    /**
     * Becomes the owner. What the one before has not finished is aborted by the time this returns, or completed if its commit
     * had begun.
     */
    static LogWriter takeOver(KafkaSettings settings, LogFailures failures, LogTopic topic, LogKeys keys)
            throws IOException {
        KafkaProducer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(
                    settings.producerConfig(
                            keys.transactionalId(),
                            transactionTimeout(settings),
                            LogTopic.MOST_MESSAGE_BYTES + REQUEST_OVERHEAD),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failures.translate(e, NEEDED);
        }
        LogWriter writer = new LogWriter(settings, failures, topic, keys, producer);
        try {
            producer.initTransactions();
            return writer;
        } catch (KafkaException e) {
            writer.dead = e;
            writer.close();
            throw writer.translate(e);
        }
    }

    /** Readers wait for an unfinished transaction as long as this run waits for anything: the brokers end it sooner. */
    private static Duration transactionTimeout(KafkaSettings settings) {
        Duration half = settings.retryTimeout().dividedBy(2);
        return half.compareTo(LONGEST_TRANSACTION) < 0 ? half : LONGEST_TRANSACTION;
    }

    /**
     * Ends a transaction whose commit was not answered. Afterwards it may have been committed or not, but nothing of it comes
     * later.
     */
    void settle() throws IOException {
        requireAlive();
        if (committing) {
            commit();
        }
    }

    /**
     * Writes one entry in a transaction of its own.
     *
     * @param entry null to remove it
     * @param lastOffset of the topic, as far as it is known
     * @return its offset
     * @throws FencedException if another run owns the log
     * @throws io.pagewalk.error.ExportFailedException if the topic was deleted or recreated
     * @throws IOException if it failed; the entry may be there, or come until {@link #settle()} has returned
     */
    long write(long sequence, byte @Nullable [] entry, long lastOffset) throws IOException {
        requireAlive();
        // The client might create a topic that is gone.
        topic.requireSame();
        long offset;
        try {
            producer.beginTransaction();
            offset = await(producer.send(new ProducerRecord<>(
                            topic.partition().topic(), topic.partition().partition(), keys.bytesOf(sequence), entry)))
                    .offset();
        } catch (ExecutionException | KafkaException e) {
            abort();
            throw translate(e);
        }
        try {
            topic.requireSame();
            if (offset <= lastOffset) {
                throw topic.replaced();
            }
        } catch (IOException | RuntimeException e) {
            abort();
            throw e;
        }
        committing = true;
        commit();
        return offset;
    }

    private void commit() throws IOException {
        try {
            producer.commitTransaction();
            committing = false;
        } catch (org.apache.kafka.common.errors.TimeoutException | InterruptException e) {
            throw translate(e);
        } catch (KafkaException e) {
            dead = e;
            throw translate(e);
        }
    }

    private void abort() {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            dead = e;
        }
    }

    private RecordMetadata await(Future<RecordMetadata> sent) throws ExecutionException, IOException {
        try {
            // The client itself gives up after the retry timeout, unless its thread has died.
            return sent.get(2 * settings.retryTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            dead = e;
            throw new IOException("the Kafka client does not answer", e);
        } catch (InterruptedException e) {
            dead = e;
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
    }

    private void requireAlive() throws IOException {
        if (dead != null) {
            throw translate(dead);
        }
    }

    private IOException translate(Exception failure) {
        if (LogFailures.isFenced(failure)
                || (dead != null && (LogFailures.isFenced(dead) || wasEndedByAnother(dead)))) {
            dead = failure;
            throw new FencedException(
                    "export " + keys.exportId() + ": another run has taken over its log in topic "
                            + topic.partition().topic()
                            + ", or this one stood still while it wrote to it; this run stops, nothing is lost",
                    failure);
        }
        return failures.translate(failure, NEEDED);
    }

    /**
     * In the moment in which another run takes the id over, brokers also answer with errors that say nothing of it: an invalid
     * transaction state, or an unexpected one of the server.
     */
    private boolean wasEndedByAnother(Exception failure) {
        if (!(failure instanceof KafkaException) || LogFailures.isExplained(failure)) {
            return false;
        }
        Patience patience = new Patience(TAKEOVER);
        while (!OVER.contains(topic.transaction(keys.transactionalId()))) {
            if (!patience.pause()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        producer.close(dead == null && !committing ? CLOSE_LIMIT : Duration.ZERO);
    }
}
