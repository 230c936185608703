package io.pagewalk.internal.progress;

import java.time.Duration;

/**
 * The time that goes by while this process runs, in steps from one look to the next. A step that takes longer than it should is
 * one in which the process was suspended, and counts for no more than the longest that it should take. Used by one thread.
 */
final class RunningTime {
    private final Ticks ticks;
    private final long longestStep;
    private long last;

    /** Begins now. */
    RunningTime(Ticks ticks, Duration longestStep) {
        this.ticks = ticks;
        this.longestStep = longestStep.toNanos();
        this.last = ticks.nanos();
    }

    /** Begins anew. */
    void restart() {
        last = ticks.nanos();
    }

    /** The nanoseconds since the last look, as far as this process ran. */
    long step() {
        return Math.min(all(), longestStep);
    }

    /** All the nanoseconds since the last look. */
    long all() {
        long now = ticks.nanos();
        long passed = now - last;
        last = now;
        return passed;
    }
}
