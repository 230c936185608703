package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Ticks;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The owner of an export's log: from its creation on the brokers refuse whoever owned it before. It never takes the log back:
 * once it was fenced, or has failed for good, it writes nothing more.
 */
final class LogWriter implements AutoCloseable {
    private static final String NEEDED = "WRITE and DESCRIBE";
    private static final String STOPPED = "stopped on request";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    /** More than that brokers do not take ({@code transaction.max.timeout.ms}), unless they are told otherwise. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);
    /** How long another run takes at most, or so, to end this one's transaction. */
    private static final Duration TAKEOVER = Duration.ofSeconds(3);

    private static final Set<TransactionState> OVER =
            Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);

    private static final int REQUEST_OVERHEAD = 64 * 1024;

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final LogTopic topic;
    private final LogKeys keys;
    private final StopSignal stop;
    private final Ticks ticks;
    private final ProducerCalls producer;
    /** A transaction whose commit was not answered: it must be ended before another one begins. */
    private boolean committing;

    private LogWriter(
            KafkaSettings settings,
            LogFailures failures,
            LogTopic topic,
            LogKeys keys,
            StopSignal stop,
            Ticks ticks,
            ProducerCalls producer) {
        this.settings = settings;
        this.failures = failures;
        this.topic = topic;
        this.keys = keys;
        this.stop = stop;
        this.ticks = ticks;
        this.producer = producer;
    }

    /**
     * Becomes the owner. What the one before has not finished is aborted by the time this returns, or completed if its commit
     * had begun.
     */
    static LogWriter takeOver(
            KafkaSettings settings, LogFailures failures, LogTopic topic, LogKeys keys, StopSignal stop, Waits waits)
            throws IOException {
        KafkaProducer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(
                    settings.producerConfig(
                            keys.transactionalId(),
                            transactionTimeout(settings),
                            LogTopicRules.MOST_MESSAGE_BYTES + REQUEST_OVERHEAD),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failures.translate(e, NEEDED);
        }
        ProducerCalls calls = new ProducerCalls(settings, topic.partition().topic(), stop, waits, producer);
        LogWriter writer = new LogWriter(settings, failures, topic, keys, stop, waits.ticks(), calls);
        try {
            calls.call(client -> {
                client.initTransactions();
                return true;
            });
            return writer;
        } catch (StoppedException e) {
            writer.close();
            throw e;
        } catch (KafkaException e) {
            calls.givenUp(e);
            writer.close();
            throw writer.translate(e);
        }
    }

    /**
     * Longer than this run tries, so that the brokers do not end what it goes on with; and shorter than readers wait, together
     * with the time that the brokers take to notice.
     */
    private static Duration transactionTimeout(KafkaSettings settings) {
        Duration timeout = settings.retryTimeout().multipliedBy(3).dividedBy(2);
        return timeout.compareTo(LONGEST_TRANSACTION) < 0 ? timeout : LONGEST_TRANSACTION;
    }

    /**
     * Ends a transaction whose commit was not answered. Afterwards it may have been committed or not, but nothing of it comes
     * later.
     */
    void settle() throws IOException {
        requireAlive();
        if (committing) {
            if (stop.isRequested()) {
                throw new StoppedException(STOPPED);
            }
            commit();
        }
    }

    /**
     * Writes one record in a transaction of its own.
     *
     * @param content null to remove it
     * @param lastOffset of the topic, as far as it is known
     * @return its offset
     * @throws FencedException if another run owns the log
     * @throws io.pagewalk.error.ExportFailedException if the topic was deleted or recreated
     * @throws IOException if it failed; the entry may be there, or come until {@link #settle()} has returned
     */
    long write(byte[] key, byte @Nullable [] content, long lastOffset) throws IOException {
        requireAlive();
        // The client might create a topic that is gone.
        topic.requireSame();
        long begun = ticks.nanos();
        long offset;
        try {
            offset = producer.call(client -> {
                client.beginTransaction();
                return client.send(new ProducerRecord<>(
                                topic.partition().topic(), topic.partition().partition(), key, content))
                        .get()
                        .offset();
            });
        } catch (KafkaException e) {
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
        requireTime(begun);
        committing = true;
        commit();
        return offset;
    }

    /** Brokers take an entry first, and then hold its writer back for as long as it was too large for a quota. */
    private void requireTime(long begun) {
        long left = producer.throttled();
        Duration taking = Duration.ofNanos(ticks.nanos() - begun + Math.max(0, left));
        if (left > 0 && taking.compareTo(transactionTimeout(settings)) > 0) {
            throw producer.givenUp(new UsageException(
                    "topic "
                            + topic.partition().topic()
                            + ", which holds the checkpoints: the brokers throttle this client by a quota for "
                            + Duration.ofNanos(left).toSeconds()
                            + " s, longer than the append of a checkpoint may take ("
                            + transactionTimeout(settings).toSeconds() + " s); "
                            + settings.quotaAdvice(ProducerCalls.QUOTA)
                            + ", or keep the checkpoints elsewhere",
                    Advice.WAIT_LONGER));
        }
    }

    private void commit() throws IOException {
        try {
            commitOnceNotHeldBack();
            committing = false;
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw translate(e);
        } catch (KafkaException e) {
            producer.givenUp(e);
            throw translate(e);
        }
    }

    private void commitOnceNotHeldBack() {
        while (true) {
            try {
                producer.call(client -> {
                    client.commitTransaction();
                    return true;
                });
                return;
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                if (producer.throttled() <= 0) {
                    throw e;
                }
            }
        }
    }

    private void abort() {
        if (producer.dead() != null) {
            return;
        }
        try {
            producer.call(client -> {
                client.abortTransaction();
                return true;
            });
        } catch (KafkaException e) {
            producer.givenUp(e);
        }
    }

    private void requireAlive() throws IOException {
        Exception dead = producer.dead();
        if (dead != null) {
            throw translate(dead);
        }
    }

    private IOException translate(Exception failure) {
        Exception dead = producer.dead();
        if (LogFailures.isFenced(failure)
                || (dead != null && (LogFailures.isFenced(dead) || wasEndedByAnother(dead)))) {
            producer.givenUp(failure);
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
        Patience patience = new Patience(TAKEOVER, ticks);
        try {
            while (!OVER.contains(topic.transaction(keys.transactionalId()))) {
                if (!patience.pause()) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        producer.close(producer.dead() == null && !committing ? CLOSE_LIMIT : Duration.ZERO);
    }
}
