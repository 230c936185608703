package io.pagewalk.internal.progress;

import io.pagewalk.error.StoppedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long something has been waited for without progress. A process that was suspended has not waited, and neither has one that
 * brokers hold back for a quota. The time has to be looked at every now and then while it passes: from one look to the next
 * counts 2 s at most, or what else is said. Used by one thread.
 */
public final class Patience {
    private static final Duration LONGEST_STEP = Duration.ofSeconds(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final long limit;
    private final Ticks ticks;
    private final LongSupplier held;
    private final RunningTime time;
    private long waited;

    /** Begins now. */
    public Patience(Duration limit, Ticks ticks) {
        this(limit, () -> Long.MIN_VALUE, ticks);
    }

    /** @param held for how many nanoseconds from now on nothing need come; if negative, for how long it has been over */
    public Patience(Duration limit, LongSupplier held, Ticks ticks) {
        this(limit, LONGEST_STEP, held, ticks);
    }

    /** @param longestStep what counts at most from one look to the next */
    public Patience(Duration limit, Duration longestStep, LongSupplier held, Ticks ticks) {
        this.limit = limit.toNanos();
        this.ticks = ticks;
        this.held = held;
        this.time = new RunningTime(ticks, longestStep);
    }

    /** There was progress: begins anew. */
    public void renew() {
        waited = 0;
        time.restart();
    }

    /** Counts the time since the last look. */
    public void count() {
        count(time::step);
    }

    /** Counts all the time since the last look: what took it gives up by itself. */
    public void countAll() {
        count(time::all);
    }

    /** Counts what was not held. */
    private void count(LongSupplier sinceLastLook) {
        long left = held.getAsLong();
        long passed = sinceLastLook.getAsLong();
        waited += left > 0 ? 0 : Math.min(passed, -Math.max(left, -Long.MAX_VALUE));
    }

    /** Whether the limit was reached, the time since the last look included. */
    public boolean isExhausted() {
        count();
        return waited > limit;
    }

    /** Whether so much time has gone by since the last progress, as of the last look. */
    public boolean hasTaken(Duration time) {
        return waited > time.toNanos();
    }

    /** What is left, in nanoseconds, the time since the last look included; negative once it is exhausted. */
    public long left() {
        count();
        return limit - waited;
    }

    /** Waits a moment; returns whether there is time left. */
    public boolean pause() {
        try {
            ticks.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted", e);
        }
        return !isExhausted();
    }
}
