package io.pagewalk.cli.console;

import java.time.Duration;

/**
 * Ends the process with its exit code, whatever hangs: a shutdown hook of a library, or a thread that a storage keeps. To end
 * like that is as safe as to be killed.
 */
public final class ProcessEnd {
    /** Longer than a run takes to leave threads, files and connections that do not answer. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private static final Duration HOOKS_LIMIT = Duration.ofSeconds(15);
    private static final Duration TELLING_LIMIT = Duration.ofSeconds(1);
    private static final int STEPS = 100;

    private ProcessEnd() {}

    /** Ends the process; shutdown hooks have a moment. */
    public static void exit(int code) {
        exit(code, HOOKS_LIMIT);
    }

    public static void exit(int code, Duration hooksLimit) {
        haltAfter(hooksLimit, code, () -> {});
        System.exit(code);
    }

    /**
     * Halts the process if it is still there by then. Time in which it is suspended does not count.
     *
     * @param telling says so before; not waited for if nobody reads it
     */
    static void haltAfter(Duration limit, int code, Runnable telling) {
        start("end", () -> {
            for (int step = 0; step < STEPS; step++) {
                sleep(limit.dividedBy(STEPS));
            }
            start("last-words", telling);
            sleep(TELLING_LIMIT);
            Runtime.getRuntime().halt(code);
        });
    }

    /** Without a thread to spare the process has to end by itself. */
    private static void start(String name, Runnable task) {
        try {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            return;
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            // Nobody but this class knows the thread; it has nothing else to do.
            Thread.currentThread().interrupt();
        }
    }
}
