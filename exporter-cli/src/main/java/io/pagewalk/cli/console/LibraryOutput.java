package io.pagewalk.cli.console;

import io.pagewalk.cli.failure.Failure;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What libraries print by themselves, such as stack traces of what they get over: Pagewalk's own lines do not go that way, and
 * say what matters. So nobody sees it but who looks for a cause. It belongs to the process, not to a command.
 */
public final class LibraryOutput {
    /** The process's own, from before. */
    private static final PrintStream ERR = System.err;

    private static volatile boolean muted;

    private LibraryOutput() {}

    /** Keeps it off both streams. What ends a thread that nobody waits for is told in one line. */
    public static void mute(Console console) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setErr(nowhere);
        System.setOut(nowhere);
        muted = true;
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            console.warn("the thread " + thread.getName() + " has ended: "
                    + Failure.of(thrown).message());
            if (!muted) {
                console.stackTrace(thrown);
            }
        });
    }

    /** Shows it again, on standard error, where it was muted. */
    public static void show() {
        if (muted) {
            System.setErr(ERR);
            System.setOut(ERR);
            muted = false;
        }
    }

    /** Where a last word can still be said. */
    public static PrintStream err() {
        return ERR;
    }
}
