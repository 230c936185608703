package io.pagewalk.internal.progress;

import io.pagewalk.error.PagewalkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks after any number of runs, each with a {@link Watch} of its own, by one thread while there are any. Safe for use by any
 * number of threads.
 */
public final class Watchdog {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration retryTimeout;
    private final Duration grace;
    private final Consumer<String> warnings;
    private final List<Watch> watches = new ArrayList<>();
    private boolean running;

    /**
     * @param retryTimeout how long readers wait for the brokers
     * @param warnings takes a line about what does not move; called from the watchdog's thread, which it must not keep
     */
    public Watchdog(Duration retryTimeout, Consumer<String> warnings) {
        this(retryTimeout, GRACE, warnings);
    }

    Watchdog(Duration retryTimeout, Duration grace, Consumer<String> warnings) {
        this.retryTimeout = retryTimeout;
        this.grace = grace;
        this.warnings = warnings;
    }

    /** That a run is watched. */
    public interface Watching {
        void end();
    }

    /**
     * Watches until that is ended.
     *
     * @param failures takes the end of the run, once a reader is overdue, again and again while it stands still; called from
     *     the watchdog's thread, which it must not keep
     */
    public Watching watch(Waits waits, Consumer<PagewalkException> failures) {
        Watch watch = new Watch(waits, retryTimeout, grace, warnings, failures);
        synchronized (watches) {
            watches.add(watch);
            if (!running) {
                Thread thread = new Thread(() -> look(watch.interval()), "watchdog");
                thread.setDaemon(true);
                thread.start();
                running = true;
            }
        }
        return () -> end(watch);
    }

    private void end(Watch watch) {
        synchronized (watches) {
            watches.remove(watch);
            watches.notifyAll();
        }
    }

    private void look(Duration interval) {
        for (List<Watch> watched = next(interval); !watched.isEmpty(); watched = next(interval)) {
            for (Watch watch : watched) {
                try {
                    watch.look();
                } catch (Throwable e) {
                    // Whoever is told may fail; what stands still is looked at again, and told again.
                    watch.forgetEnded();
                }
            }
        }
    }

    /** After that time; empty if nothing is to be watched any more. */
    private List<Watch> next(Duration interval) {
        long deadline = System.nanoTime() + Math.max(SHORTEST_PAUSE, interval.toNanos());
        synchronized (watches) {
            long left = deadline - System.nanoTime();
            while (left > 0 && !watches.isEmpty()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(watches, left);
                } catch (InterruptedException e) {
                    // Only the end of all that it watches ends it.
                    continue;
                }
                left = deadline - System.nanoTime();
            }
            running = !watches.isEmpty();
            return List.copyOf(watches);
        }
    }
}
