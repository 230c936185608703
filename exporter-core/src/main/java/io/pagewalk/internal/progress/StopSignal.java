package io.pagewalk.internal.progress;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop early, made once, from any thread; a signal handler is the usual one to make it. Safe for use by any number
 * of threads.
 */
public final class StopSignal {
    /** By registration, in order. */
    private final Map<Registration, Runnable> listeners = new LinkedHashMap<>();

    private volatile boolean requested;

    /** A listener's; closing it forgets the listener, which may be running at that moment. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Asks for the stop; further calls do nothing. Every listener is told, also after one that throws; what the first of those
     * threw comes out here.
     */
    public void request() {
        Collection<Runnable> told;
        synchronized (listeners) {
            if (requested) {
                return;
            }
            requested = true;
            told = List.copyOf(listeners.values());
            listeners.clear();
        }
        RuntimeException failure = null;
        for (Runnable listener : told) {
            failure = tell(listener, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException tell(Runnable listener, @Nullable RuntimeException earlier) {
        try {
            listener.run();
            return earlier;
        } catch (Throwable e) {
            RuntimeException failure =
                    earlier != null ? earlier : new IllegalStateException("not all could be stopped");
            failure.addSuppressed(e);
            return failure;
        }
    }

    public boolean isRequested() {
        return requested;
    }

    /**
     * Runs {@code listener} when the stop is asked for, at once if it was already. It must not block.
     *
     * @return to be closed when the listener is of no use any more: until then it is kept, with all that it refers to
     */
    public Registration onRequest(Runnable listener) {
        Registration registration = new Registration() {
            @Override
            public void close() {
                synchronized (listeners) {
                    listeners.remove(this);
                }
            }
        };
        synchronized (listeners) {
            if (!requested) {
                listeners.put(registration, listener);
                return registration;
            }
        }
        listener.run();
        return registration;
    }

    /** How many listeners wait for the stop. */
    public int listeners() {
        synchronized (listeners) {
            return listeners.size();
        }
    }
}
