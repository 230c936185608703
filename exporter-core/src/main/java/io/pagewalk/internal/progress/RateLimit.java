package io.pagewalk.internal.progress;

import java.util.function.LongSupplier;

/**
 * Caps the bytes a second that all readers of a run take together. It does not wait itself: it says for how long, so that
 * who waits can be stopped.
 *
 * <p>Whoever comes first is served first. What was not used is kept for a second, so that writing does not eat into the
 * rate; nothing is kept at the beginning, so at no time more was let through than the rate allows since then. Safe for use
 * by any number of threads.
 */
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long KEPT_NANOS = 1_000_000_000L;
    /** A poll is a quarter of a second's bytes at most, lest a slow export goes in leaps. */
    private static final int POLLS_PER_SECOND = 4;

    private static final long LEAST_POLL = 16 * 1024;

    private final double nanosPerByte;
    private final long bytesPerSecond;
    private final LongSupplier nanoTime;

    /** When everything let through so far is paid for, as {@code nanoTime} tells it. */
    private long paid;

    private RateLimit(long bytesPerSecond, double nanosPerByte, LongSupplier nanoTime) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanosPerByte = nanosPerByte;
        this.nanoTime = nanoTime;
        this.paid = nanoTime.getAsLong();
    }

    /** Lets everything through at once. */
    public static RateLimit none() {
        return new RateLimit(Long.MAX_VALUE, 0, () -> 0);
    }

    /**
     * A limit that begins now.
     *
     * @param bytesPerSecond at least 1
     */
    public static RateLimit of(long bytesPerSecond) {
        return of(bytesPerSecond, System::nanoTime);
    }

    /**
     * As {@link #of(long)}, by another clock.
     *
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    static RateLimit of(long bytesPerSecond, LongSupplier nanoTime) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a rate below 1: " + bytesPerSecond);
        }
        return new RateLimit(bytesPerSecond, NANOS_PER_SECOND / bytesPerSecond, nanoTime);
    }

    /** How many bytes to read before the next {@link #take}, at most {@code most}. */
    public long pollBytes(long most) {
        return Math.min(most, Math.max(LEAST_POLL, bytesPerSecond / POLLS_PER_SECOND));
    }

    /**
     * Accounts for bytes that were read.
     *
     * @return the nanoseconds to wait before they are used; 0 or less if there is no need to
     */
    public synchronized long take(long bytes) {
        long now = nanoTime.getAsLong();
        long wait = Math.max(-KEPT_NANOS, paid - now) + (long) Math.ceil(bytes * nanosPerByte);
        paid = now + wait;
        return wait;
    }
}
