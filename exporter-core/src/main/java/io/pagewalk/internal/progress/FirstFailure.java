package io.pagewalk.internal.progress;

import org.jspecify.annotations.Nullable;

/**
 * What ended the pages of an executor, and from which one on. Who waits for a page waits on this object, which is also the
 * executor's lock. So a failure that is recorded has reached everybody, and recording it takes no memory: it may be the lack of
 * memory that failed.
 */
public final class FirstFailure {
    private long from = Long.MAX_VALUE;
    private @Nullable Throwable cause;

    /** Ends the pages from {@code order} on, counted from 0, unless they have ended already. */
    public synchronized void record(long order, Throwable failure) {
        if (order < from) {
            from = order;
            cause = failure;
        }
        notifyAll();
    }

    /** Keeps what went wrong while the run ended. */
    public synchronized void suppress(Throwable further) {
        if (cause == null || cause == further) {
            return;
        }
        try {
            cause.addSuppressed(further);
        } catch (OutOfMemoryError e) {
            // The failure that counts is recorded.
            return;
        }
    }

    public synchronized boolean isRecorded() {
        return cause != null;
    }

    public synchronized boolean ends(long order) {
        return order >= from;
    }

    /** Null while there is none. */
    public synchronized @Nullable Throwable cause() {
        return cause;
    }
}
