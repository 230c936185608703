package io.pagewalk.storage;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Closes what a storage that hangs may never let go. To close a file waits for the threads that write to it, so whoever wants to
 * end must not do it himself.
 */
public final class BoundedClose {
    private BoundedClose() {}

    /**
     * Closes on a thread that keeps no process alive, and waits for it.
     *
     * @param limit after which this returns all the same, and so it does when the caller is interrupted; that thread then
     *     closes whenever it can
     * @throws IOException as {@code closeable} does within the limit
     */
    public static void close(Closeable closeable, Duration limit) throws IOException {
        FutureTask<Boolean> closing = new FutureTask<>(() -> {
            closeable.close();
            return true;
        });
        Thread thread = new Thread(closing, "close");
        thread.setDaemon(true);
        thread.start();
        try {
            closing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
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
