package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.cluster.Throttle;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A log's producer, each of whose calls runs on a thread of its own, which is left alone if it does not come back: that it has
 * failed, or was left alone, is remembered. Used by one thread.
 */
final class ProducerCalls {
    static final String QUOTA = "producer_byte_rate";
    /** How long a call that is under way goes on behind a stop. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final long STOP_CHECK_MS = 100;

    private final KafkaSettings settings;
    private final String topic;
    private final StopSignal stop;
    private final Waits waits;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Throttle throttle;
    /** Why it cannot go on. */
    private @Nullable Exception dead;

    /** @param topic which the producer writes to */
    ProducerCalls(
            KafkaSettings settings,
            String topic,
            StopSignal stop,
            Waits waits,
            KafkaProducer<byte[], byte[]> producer) {
        this.settings = settings;
        this.topic = topic;
        this.stop = stop;
        this.waits = waits;
        this.producer = producer;
        this.throttle = Throttle.ofProducer(producer.metrics(), waits.ticks());
    }

    /** Something to do with the producer. */
    interface Call<T> {
        T on(KafkaProducer<byte[], byte[]> producer) throws Exception;
    }

    /**
     * Calls the producer. Behind a stop it is left alone after a moment, whatever it is at: the next run ends it at once.
     *
     * @throws KafkaException if the call fails
     * @throws StoppedException if it was left alone; nothing more is written then
     */
    <T> T call(Call<T> call) {
        Waits.Wait wait = waits.begin(Waits.For.LOG, "the log in topic " + topic, -1);
        try {
            return await(call, wait);
        } finally {
            wait.end();
        }
    }

    private <T> T await(Call<T> call, Waits.Wait wait) {
        FutureTask<T> task = new FutureTask<>(() -> call.on(producer));
        Thread thread = new Thread(task, "checkpoint-writer");
        thread.setDaemon(true);
        thread.start();
        // The client itself gives up before, unless its thread has died.
        Patience patience = new Patience(settings.retryTimeout().multipliedBy(3), throttle::left, waits.ticks());
        Patience grace = new Patience(GRACE, waits.ticks());
        while (true) {
            try {
                return task.get(STOP_CHECK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long left = throttle.left();
                if (left > 0) {
                    wait.throttled(left, settings.quotaAdvice(QUOTA));
                }
                if (!stop.isRequested()) {
                    grace.renew();
                }
                if (grace.isExhausted()) {
                    throw givenUp(new StoppedException("stopped on request", e));
                }
                if (patience.isExhausted()) {
                    throw givenUp(new KafkaException("the Kafka client does not answer", e));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw givenUp(new StoppedException("interrupted", e));
            } catch (ExecutionException e) {
                throw failed(e);
            }
        }
    }

    private static KafkaException failed(ExecutionException failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof KafkaException known ? known : new KafkaException(cause);
    }

    /** For how many nanoseconds from now on brokers hold the producer back for a quota; 0 or less if they do not. */
    long throttled() {
        return throttle.left();
    }

    /** Why the producer is of no use any more; null while it is. */
    @Nullable
    Exception dead() {
        return dead;
    }

    /** Nothing more is to be written, because of that. */
    <E extends Exception> E givenUp(E failure) {
        dead = failure;
        return failure;
    }

    /** @param limit how long what is under way may take */
    void close(Duration limit) {
        // The client waits for its own thread however little time it is given, and that one may wait for a broker.
        Thread closing = new Thread(() -> producer.close(limit), "checkpoint-writer-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(limit.plusSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
