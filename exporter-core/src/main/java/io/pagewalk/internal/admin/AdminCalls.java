package io.pagewalk.internal.admin;

import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.utils.ExponentialBackoff;

/** Questions to a cluster, answered or failed within the retry timeout, or at a stop. Used by one thread. */
public final class AdminCalls implements AutoCloseable {
    private static final long STOP_CHECK_MS = 100;
    private static final ExponentialBackoff BACKOFF = new ExponentialBackoff(100, 2, 1_000, 0.2);

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final SharedAdmin admin;
    private final boolean closesAdmin;

    /**
     * With a client of its own, which connects lazily.
     *
     * @param stop ends waiting for an answer
     * @param waits told of what is asked
     * @throws UsageException if the settings are not valid
     */
    public AdminCalls(KafkaSettings settings, StopSignal stop, Waits waits) {
        this(new SharedAdmin(settings), stop, waits, true);
    }

    /** With a client that is shared, and stays open. */
    public AdminCalls(SharedAdmin admin, StopSignal stop, Waits waits) {
        this(admin, stop, waits, false);
    }

    private AdminCalls(SharedAdmin admin, StopSignal stop, Waits waits, boolean closesAdmin) {
        this.settings = admin.settings();
        this.stop = stop;
        this.waits = waits;
        this.admin = admin;
        this.closesAdmin = closesAdmin;
        admin.get();
    }

    /** The cluster's id. */
    public String clusterId() {
        return await(() -> admin.get().describeCluster().clusterId(), "cannot describe the cluster");
    }

    /**
     * Asks any question, again and again while there is no answer.
     *
     * @param what is asked, as a part of "the request ... waits for the brokers"
     * @throws ExecutionException with what the cluster said, or a {@code TimeoutException} if it said nothing in time
     * @throws UsageException if the servers speak another protocol, or a broker is not where it says
     * @throws StoppedException if a stop was asked for
     */
    public <T> T ask(String what, Function<Admin, KafkaFuture<T>> question) throws ExecutionException {
        return awaitRaw(() -> question.apply(admin.get()), what);
    }

    KafkaSettings settings() {
        return settings;
    }

    /** Asks likewise; {@code doing} begins the message where it fails. */
    <T> T await(Function<Admin, KafkaFuture<T>> question, String doing) {
        return await(() -> question.apply(admin.get()), doing);
    }

    private <T> T await(Supplier<KafkaFuture<T>> question, String doing) {
        try {
            return awaitRaw(question, doing.replaceFirst("^cannot ", "to "));
        } catch (ExecutionException e) {
            throw KafkaFailures.translate(e, doing, settings);
        }
    }

    private <T> T awaitRaw(Supplier<KafkaFuture<T>> question, String what) throws ExecutionException {
        Waits.Wait wait =
                waits.begin(Waits.For.BROKERS, "the request to " + settings.bootstrapServers() + " " + what, -1);
        try {
            return awaitRaw(question);
        } finally {
            wait.end();
        }
    }

    /**
     * The client waits for an answer as long as it waits for all of a question's attempts together; it is given the time of
     * one attempt only, so that a connection that has gone silent does not take all the time there is.
     */
    private <T> T awaitRaw(Supplier<KafkaFuture<T>> question) throws ExecutionException {
        try (Doubts doubts = new Doubts(settings, waits.ticks(), admin.hasAnswered(), admin::hasReached)) {
            return awaitRaw(question, doubts);
        }
    }

    private <T> T awaitRaw(Supplier<KafkaFuture<T>> question, Doubts doubts) throws ExecutionException {
        Patience patience = patience(settings.retryTimeout());
        for (int attempt = 0; ; attempt++) {
            try {
                T answer = awaitAttempt(question, patience, doubts);
                admin.answered();
                return answer;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException)) {
                    throw e;
                }
                Duration pause = Duration.ofMillis(BACKOFF.backoff(attempt));
                // The first attempt of a process that was suspended may have failed for that.
                if (attempt > 0 && pause.toNanos() > patience.left()) {
                    throw e;
                }
                pause(pause, patience, doubts);
            }
        }
    }

    /**
     * The client ends an attempt itself, unless its thread is stuck or dead. A connection on which not even the first question
     * is answered, what the broker can do, it may keep for as long as an hour, so the next attempt is another client's.
     */
    private <T> T awaitAttempt(Supplier<KafkaFuture<T>> question, Patience patience, Doubts doubts)
            throws ExecutionException {
        Admin asked = admin.get();
        KafkaFuture<T> answer = ask(question, asked);
        Patience own = patience(settings.retryTimeout());
        while (true) {
            requireNotStopped();
            try {
                return answer.get(STOP_CHECK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                doubts.check();
                patience.count();
                if (own.isExhausted()) {
                    admin.discard(asked);
                    throw new ExecutionException(new org.apache.kafka.common.errors.TimeoutException(e));
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                    admin.discard(asked);
                }
                throw e;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private <T> KafkaFuture<T> ask(Supplier<KafkaFuture<T>> question, Admin asked) throws ExecutionException {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            if (admin.get() == asked) {
                throw e;
            }
            // Another thread has discarded it meanwhile.
            throw new ExecutionException(new org.apache.kafka.common.errors.TimeoutException(e));
        }
    }

    private void pause(Duration time, Patience patience, Doubts doubts) {
        Patience pause = patience(time);
        for (long left = pause.left(); left > 0; left = pause.left()) {
            requireNotStopped();
            doubts.check();
            try {
                waits.ticks().sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(STOP_CHECK_MS)));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            patience.count();
        }
    }

    private Patience patience(Duration limit) {
        return new Patience(limit, waits.ticks());
    }

    private void requireNotStopped() {
        if (stop.isRequested()) {
            throw new StoppedException("stopped on request");
        }
    }

    private static StoppedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoppedException("interrupted", e);
    }

    @Override
    public void close() {
        if (closesAdmin) {
            admin.close();
        }
    }
}
