package io.pagewalk.internal.pages;

import io.pagewalk.error.StoppedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bytes of records pages may hold together, those that are read and those that wait to be taken. Who wants all of it comes
 * to his turn: nobody overtakes. Safe for use by any number of threads.
 */
public final class PageMemory {
    private static final int UNIT = 1024;

    private final Semaphore units;
    private final int all;

    public PageMemory(long bytes) {
        this.all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
        this.units = new Semaphore(all, true);
    }

    /** How many bytes there are. */
    public long size() {
        return (long) all * UNIT;
    }

    /**
     * Takes so many bytes, or all there are if there are fewer.
     *
     * @return what was taken; empty if it was not there in time
     * @throws StoppedException if the thread was interrupted
     */
    public Optional<Share> take(long bytes, Duration patience) {
        int wanted = unitsOf(bytes);
        try {
            return units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(new Share(wanted))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
    }

    private int unitsOf(long bytes) {
        return (int) Math.min(all, Math.max(1, bytes / UNIT + 1));
    }

    /** Bytes that were taken. */
    public final class Share {
        private final AtomicInteger held;

        private Share(int held) {
            this.held = new AtomicInteger(held);
        }

        /** Gives back what is more than so many bytes. */
        public void keep(long bytes) {
            reduceTo(unitsOf(bytes));
        }

        /** Gives all back; a second time does nothing. */
        public void release() {
            reduceTo(0);
        }

        private void reduceTo(int kept) {
            int before = held.getAndUpdate(now -> Math.min(now, kept));
            if (before > kept) {
                units.release(before - kept);
            }
        }
    }
}
