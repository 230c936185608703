package io.pagewalk.internal.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a run does at its end, though a storage may hang and never answer. Even to close a file is to wait for the threads that
 * write to it, so the thread that wants to end must not do that itself.
 */
public final class Bounded {
    private Bounded() {}

    /** Something that uses a storage. */
    public interface Action {
        void run() throws IOException;
    }

    /**
     * Acts on a thread that keeps no process alive, and waits for it.
     *
     * @param limit after which this returns all the same, and so it does when the caller is interrupted; that thread then
     *     goes on when it can
     * @throws IOException as {@code action} does within the limit
     */
    public static void run(Action action, Duration limit) throws IOException {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            action.run();
            return true;
        });
        try {
            Thread thread = new Thread(task, "end-of-run");
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system has no more threads.
            task.run();
        }
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            rethrow(e);
        }
    }

    private static void rethrow(ExecutionException failure) throws IOException {
        Throwable cause = failure.getCause();
        if (cause instanceof IOException io) {
            throw io;
        } else if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (cause instanceof Error error) {
            throw error;
        }
        throw new IOException(failure);
    }
}
