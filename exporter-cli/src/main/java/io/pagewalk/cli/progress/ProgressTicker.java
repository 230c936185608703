package io.pagewalk.cli.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows something again and again, on a thread of its own that keeps no process alive. */
final class ProgressTicker implements ProgressView {
    /**
     * When a ticker ticks.
     *
     * @param first the first time
     * @param next between two others
     */
    record Rhythm(Duration first, Duration next) {}

    static final Rhythm LINES = new Rhythm(Duration.ofSeconds(2), Duration.ofSeconds(5));

    private final ScheduledExecutorService timer;

    ProgressTicker(Rhythm rhythm, Runnable show) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleAtFixedRate(
                () -> showUnlessItFails(show),
                rhythm.first().toMillis(),
                rhythm.next().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The next time it may not fail; a timer ends with the first failure of its task. */
    private static void showUnlessItFails(Runnable show) {
        try {
            show.run();
        } catch (RuntimeException | Error e) {
            return;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
