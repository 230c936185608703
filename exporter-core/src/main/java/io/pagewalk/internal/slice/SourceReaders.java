package io.pagewalk.internal.slice;

import io.pagewalk.internal.progress.Progress;
import io.pagewalk.spi.SliceReader;

/**
 * Makes readers of a source. If two of these are equal, their readers can do each other's work: a thread that goes from one run to
 * another keeps its reader then. Called from any thread.
 */
@FunctionalInterface
public interface SourceReaders {
    /**
     * A reader for one thread.
     *
     * @param progress of the run that it begins with
     */
    RunReader open(Progress progress);

    /** A reader that serves one run after the other. */
    interface RunReader extends SliceReader {
        /**
         * The slices read from now on are of another run. Called by the reader's thread, between two slices.
         *
         * @param progress where that run waits and accounts
         * @param since when it began, as {@link System#nanoTime()}: it must not be given what was fetched before, which may be of a
         *     topic that was deleted, or of a log that was truncated, by the time the run looked at it
         */
        void serve(Progress progress, long since);
    }
}
