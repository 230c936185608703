package io.pagewalk.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import java.time.Duration;

/** How long something has been waited for. A process that was suspended has not waited. */
final class Patience {
    private static final long PAUSE_MS = 50;
    /** A wait that takes longer than it should is one in which this process did not run. */
    private static final long LONGEST_STEP = Duration.ofSeconds(2).toNanos();

    private final long limit;
    private long waited;
    private long last = System.nanoTime();

    Patience(Duration limit) {
        this.limit = limit.toNanos();
    }

    /** There was progress: begins anew. */
    void renew() {
        waited = 0;
        last = System.nanoTime();
    }

    /** Whether the limit was reached, the time since the last call included. */
    boolean isExhausted() {
        long now = System.nanoTime();
        waited += Math.min(now - last, LONGEST_STEP);
        last = now;
        return waited > limit;
    }

    /** Counts all the time since the last call: what took it gives up by itself. */
    void countAll() {
        long now = System.nanoTime();
        waited += now - last;
        last = now;
    }

    /** Whether so much time has gone by since the last progress, as of the last call that counted it. */
    boolean hasTaken(Duration time) {
        return waited > time.toNanos();
    }

    /** Waits a moment; returns whether there is time left. */
    boolean pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
        return !isExhausted();
    }
}
