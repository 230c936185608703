package io.pagewalk.internal.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.execution.Reach;
import io.pagewalk.spark.bridge.Jobs;
import io.pagewalk.spark.bridge.WorkFailedException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** The jobs of one export, which are ended together. Any thread may use it. */
final class SparkTasks {
    private final String group = "pagewalk-" + UUID.randomUUID();
    private final Jobs jobs;
    private final Reach reach;
    private volatile boolean stopped;

    /** @param reach how executors reach what the driver does */
    SparkTasks(Jobs jobs, Reach reach) {
        this.jobs = jobs;
        this.reach = reach;
    }

    /**
     * Has work done, each piece by a task, and waits for it.
     *
     * @param common what all pieces have in common, one line of text, as is each of them
     * @param early told what single pieces came to, as they come
     * @return what they came to, in their order
     * @throws PagewalkException if it cannot be done now, or a stop was asked for
     */
    List<String> perform(String description, String common, List<String> work, BiConsumer<Integer, String> early)
            throws InterruptedException {
        requireNotStopped();
        Future<List<byte[]>> job = jobs.submit(
                group,
                description,
                bytes(shareOfReach().encode() + "\n" + common),
                work.stream().map(SparkTasks::bytes).toList(),
                (index, result) -> early.accept(index, text(result)));
        if (stopped) {
            jobs.cancel(group);
        }
        try {
            return job.get().stream().map(SparkTasks::text).toList();
        } catch (ExecutionException e) {
            requireNotStopped();
            throw failure(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** Each executor holds itself to its part of the rate. */
    private Reach shareOfReach() {
        long rate = reach.maxBytesPerSecond();
        return rate == 0 ? reach : reach.withMaxBytesPerSecond(Math.max(1, rate / jobs.executors()));
    }

    private void requireNotStopped() {
        if (stopped) {
            throw new StoppedException("stopped on request; run again to resume");
        }
    }

    private static PagewalkException failure(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof WorkFailedException failed) {
                return new ExportFailedException(Reasons.line(failed), e);
            }
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new ExportFailedException("Spark has ended the work: " + firstLine(cause) + "; run again to resume", e);
    }

    /** What follows is Spark's stack traces. */
    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .map(Reasons::oneLine)
                .orElse(cause.toString());
    }

    /** Ends those under way; later ones are not begun. */
    void stop() {
        stopped = true;
        jobs.cancel(group);
    }
}
