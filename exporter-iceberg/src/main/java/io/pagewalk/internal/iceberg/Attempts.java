package io.pagewalk.internal.iceberg;

import io.pagewalk.error.ExportFailedException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Does again what others' changes have made void, on what the table is then. */
final class Attempts {
    private static final long FIRST_WAIT_MILLIS = 20;
    private static final long LONGEST_WAIT_MILLIS = 3000;

    private final IcebergFailures failures;
    private final Duration timeout;

    /** @param timeout for about how long */
    Attempts(IcebergFailures failures, Duration timeout) {
        this.failures = failures;
        this.timeout = timeout;
    }

    /**
     * What an attempt returns that meets no conflict.
     *
     * @param table for messages
     * @throws ExportFailedException if all of them have met one
     */
    <T> T until(String table, Supplier<T> attempt) {
        long end = System.nanoTime() + timeout.toNanos();
        long wait = FIRST_WAIT_MILLIS;
        while (true) {
            try {
                return attempt.get();
            } catch (FrozenOperations.Conflict e) {
                if (System.nanoTime() - end >= 0) {
                    throw failures.contended(table, e.failure());
                }
                pause(table, ThreadLocalRandom.current().nextLong(wait / 2, wait + 1), e);
                wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
            }
        }
    }

    private void pause(String table, long millis, FrozenOperations.Conflict conflict) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.contended(table, conflict.failure());
        }
    }
}
