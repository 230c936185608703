package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.StoppedException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long something has been waited for. A process that was suspended has not waited, and neither has one that brokers hold
 * back for a quota.
 */
final class Patience {
    private static final long PAUSE_MS = 50;
    /** A wait that takes longer than it should is one in which this process did not run. */
    private static final long LONGEST_STEP = Duration.ofSeconds(2).toNanos();

    private final long limit;
    private final LongSupplier held;
    private long waited;
    private long last = System.nanoTime();

    Patience(Duration limit) {
        this(limit, () -> Long.MIN_VALUE);
    }

    /** @param held for how many nanoseconds from now on nothing need come; if negative, for how long it has been over */
    Patience(Duration limit, LongSupplier held) {
        this.limit = limit.toNanos();
        this.held = held;
    }

    /** There was progress: begins anew. */
    void renew() {
        waited = 0;
        last = System.nanoTime();
    }

    /** Whether the limit was reached, the time since the last call included. */
    boolean isExhausted() {
        waited += Math.min(step(), LONGEST_STEP);
        return waited > limit;
    }

    /** Counts all the time since the last call: what took it gives up by itself. */
    void countAll() {
        waited += step();
    }

    /** The time since the last call, but for what of it was held. */
    private long step() {
        long left = held.getAsLong();
        long now = System.nanoTime();
        long passed = now - last;
        last = now;
        return left > 0 ? 0 : Math.min(passed, -Math.max(left, -Long.MAX_VALUE));
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
