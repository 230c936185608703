package io.pagewalk.internal.progress;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells when one run has come to a halt, and ends it when a read does not come back, or when a page waits for threads none of
 * which does anything. Readers keep the retry timeout themselves; this is for those that cannot, because the client
 * itself is stuck. A storage is waited for without an end, as the kernel does, and only told of: nothing can be known of how
 * long a disk may take. Holding back for a rate is not told of. Being held back for a quota of the brokers is told of now and
 * then, and does not count as standing still. Confined to the watchdog's thread.
 */
final class Watch {
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);
    /** Brokers hold clients back for longer than this only where a single batch is over the quota. */
    private static final Duration NOTHING_PASSES = Duration.ofMinutes(1);

    /** In the time of the patience. */
    private static final int LOOKS = 4;

    /** What ends the run once it takes longer than the retry timeout: it should have ended by itself. */
    private static final Set<Waits.For> ENDED = Set.of(Waits.For.RECORDS, Waits.For.THREADS);

    /** What may take as long as it takes. */
    private static final Set<Waits.For> UNTOLD = Set.of(Waits.For.RATE, Waits.For.WORKERS);

    private static final Set<Waits.For> GIVES_UP = Set.of(Waits.For.RECORDS, Waits.For.BROKERS);

    private final Waits waits;
    private final Duration retryTimeout;
    private final Duration patience;
    private final Consumer<String> warnings;
    private final Consumer<PagewalkException> failures;
    private final Duration grace;
    private final Duration interval;
    /** A process that was suspended has not waited. */
    private final RunningTime time;

    /** For how long each wait was looked at. */
    private final Map<Waits.Wait, Duration> seen = new HashMap<>();

    private long lastBegun;
    /** For how long somebody was held back for a quota. */
    private Duration throttled = Duration.ZERO;

    Watch(
            Waits waits,
            Duration retryTimeout,
            Duration grace,
            Consumer<String> warnings,
            Consumer<PagewalkException> failures) {
        this.waits = waits;
        this.retryTimeout = retryTimeout;
        this.grace = grace;
        this.warnings = warnings;
        this.failures = failures;
        Duration third = retryTimeout.dividedBy(3);
        this.patience = third.compareTo(MOST_PATIENCE) < 0 ? third : MOST_PATIENCE;
        this.interval = patience.dividedBy(LOOKS);
        this.time = new RunningTime(waits.ticks(), interval);
    }

    /** Between two looks. */
    Duration interval() {
        return interval;
    }

    /** After a look that has failed. */
    void forgetEnded() {
        seen.keySet().retainAll(waits.current());
    }

    void look() {
        Duration passed = Duration.ofNanos(time.step());
        Set<Waits.Wait> current = Set.copyOf(waits.current());
        seen.keySet().retainAll(current);
        if (somethingMoves(current)) {
            seen.keySet().removeIf(wait -> wait.whom() == Waits.For.THREADS);
        }
        List<Waits.Wait> due = new ArrayList<>();
        List<Waits.Wait> overdue = new ArrayList<>();
        Waits.Wait held = null;
        for (Waits.Wait wait : current) {
            if (wait.throttledNow() != null) {
                held = wait;
                continue;
            }
            Duration age = seen.merge(wait, passed, Duration::plus);
            if (!UNTOLD.contains(wait.whom()) && isToBeTold(age, passed)) {
                due.add(wait);
            }
            if (ENDED.contains(wait.whom()) && age.compareTo(retryTimeout.plus(grace)) > 0) {
                overdue.add(wait);
            }
        }
        try {
            end(overdue);
        } finally {
            warn(due);
            tellOfQuota(held, passed);
        }
    }

    /** At first after the patience, and then each time that it has become twice as long. */
    private boolean isToBeTold(Duration age, Duration passed) {
        long patiences = age.dividedBy(patience);
        return patiences > age.minus(passed).dividedBy(patience) && Long.bitCount(patiences) == 1;
    }

    /** Also where records come in between, as they mostly do. */
    private void tellOfQuota(Waits.@Nullable Wait held, Duration passed) {
        if (held == null) {
            return;
        }
        throttled = throttled.plus(passed);
        String advice = held.throttledNow();
        if (isToBeTold(throttled, passed) && advice != null) {
            warnings.accept("throttled by a quota of the brokers, for " + throttled.toSeconds() + " s so far: " + held
                    + (held.age().compareTo(NOTHING_PASSES) > 0
                            ? ", and nothing has come for " + held.age().toSeconds()
                                    + " s: what is larger than the quota grants in ten seconds or so never passes; "
                            : ", and goes on slowly; ")
                    + advice);
        }
    }

    /** Threads that wait for something are told of themselves, and those that begin another wait have gone on. */
    private boolean somethingMoves(Set<Waits.Wait> current) {
        long begun = waits.begun();
        boolean moves = begun != lastBegun || current.stream().anyMatch(wait -> wait.whom() != Waits.For.THREADS);
        lastBegun = begun;
        return moves;
    }

    private void end(List<Waits.Wait> overdue) {
        if (overdue.isEmpty()) {
            return;
        }
        Waits.Wait wait = overdue.get(0);
        String age = seen.getOrDefault(wait, Duration.ZERO).toSeconds() + " s; run again to resume";
        failures.accept(new ExportFailedException(
                wait.whom() == Waits.For.THREADS
                        ? wait + ", none of which has done anything for " + age
                        : wait + ", and its client has not come back for " + age));
    }

    private void warn(List<Waits.Wait> due) {
        if (due.isEmpty()) {
            return;
        }
        due.sort(Comparator.comparing(Waits.Wait::age).reversed());
        Waits.Wait oldest = due.get(0);
        warnings.accept("no progress for " + oldest.age().toSeconds() + " s: " + oldest
                + (due.size() == 1 ? "" : ", and " + (due.size() - 1) + " more")
                + (GIVES_UP.contains(oldest.whom())
                        ? "; gives up after " + retryTimeout.toSeconds() + " s (the retry timeout)"
                        : ""));
    }
}
