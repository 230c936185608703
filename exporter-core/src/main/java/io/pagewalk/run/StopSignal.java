package io.pagewalk.run;

import java.util.ArrayList;
import java.util.List;

/** A request to stop early, made once, from any thread; a signal handler is the usual one to make it. */
public final class StopSignal {
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile boolean requested;

    /** Asks for the stop; further calls do nothing. */
    public void request() {
        List<Runnable> told;
        synchronized (listeners) {
            if (requested) {
                return;
            }
            requested = true;
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    public boolean isRequested() {
        return requested;
    }

    /** Runs {@code listener} when the stop is asked for, at once if it was already. It must not block. */
    public void onRequest(Runnable listener) {
        synchronized (listeners) {
            if (!requested) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }
}
