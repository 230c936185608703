package io.pagewalk.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives an end to calls into Kafka that have none: a broker that cannot reach its controller waits for ever. */
final class TimeLimit {
    private TimeLimit() {}

    /**
     * Runs the task on a daemon thread of its own.
     *
     * @throws EmbeddedKafkaException if the task fails, takes longer than the limit, or this thread is interrupted; the
     *     task's thread has been interrupted then
     */
    static void run(String what, Duration limit, Runnable task) {
        FutureTask<Void> future = new FutureTask<>(task, null);
        Thread thread = new Thread(future, "embedded-kafka: " + what);
        thread.setDaemon(true);
        thread.start();
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new EmbeddedKafkaException(what + " took longer than " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException(what + " was interrupted", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EmbeddedKafkaException(what + " failed: " + cause.getMessage(), cause);
        }
    }
}
