package io.pagewalk.cli.command;

import io.pagewalk.cli.console.Console;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.progress.Watchdog;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Commands that tell, while they run, what they wait for and do not get. What they ask gives up by itself. */
final class Watched {
    private Watched() {}

    static <T> T call(Console console, Waits waits, Duration retryTimeout, Callable<T> command) throws Exception {
        Watchdog watchdog = Watchdog.start(waits, retryTimeout, console::warn, overdue -> {});
        try {
            return command.call();
        } finally {
            watchdog.close();
        }
    }
}
