package io.pagewalk.internal.http.answer;

import io.pagewalk.error.ReadersBusyException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many bytes of documents may wait for clients to take them: as JSON, a page can be several times as large as its records are. Safe for use
 * by any number of threads.
 */
public final class WaitingRoom {
    private static final int UNIT = 1024;

    private final int all;
    private final Semaphore units;

    public WaitingRoom(long bytes) {
        this.all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        this.units = new Semaphore(all);
    }

    /**
     * Takes room for a document, or all there is for one that is larger.
     *
     * @return gives it back; a second time does nothing
     * @throws ReadersBusyException if there is not enough
     */
    public Runnable take(long bytes) {
        int wanted = (int) Math.min(all, bytes / UNIT + 1);
        if (!units.tryAcquire(wanted)) {
            throw new ReadersBusyException(
                    "too many pages wait for clients that do not take them; try again in a moment");
        }
        AtomicBoolean taken = new AtomicBoolean(true);
        return () -> {
            if (taken.getAndSet(false)) {
                units.release(wanted);
            }
        };
    }
}
