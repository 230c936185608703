package io.pagewalk.internal.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has a file's bytes go to the disk while more are being written, so that making the file durable at its end does not wait
 * for all of them. Otherwise the kernel keeps them until then, and the disk idles while the file is encoded.
 *
 * <p>A failure is told by the next call: the kernel reports it to one sync only, and that may have been this one. Belongs to
 * the file's thread.
 */
final class WriteBack {
    static final long STEP = 8L << 20;

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "write-back");
        thread.setDaemon(true);
        return thread;
    });

    private final Callable<?> force;
    private long pending;
    private @Nullable Future<?> underWay;

    /**
     * For a file that is empty so far.
     *
     * @param force makes durable what was written; called on another thread while the file is written
     */
    WriteBack(Callable<?> force) {
        this.force = force;
    }

    /** Called after every write. */
    void written(int bytes) throws IOException {
        pending += bytes;
        if (pending >= STEP && (underWay == null || underWay.isDone())) {
            finish();
            pending = 0;
            underWay = THREADS.submit(force);
        }
    }

    /** Waits for what is under way; called before the bytes are made durable. */
    void finish() throws IOException {
        Future<?> last = underWay;
        if (last == null) {
            return;
        }
        try {
            last.get();
        } catch (ExecutionException e) {
            Throwable failure = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(failure.getMessage(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file was made durable");
        }
    }
}
