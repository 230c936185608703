package io.pagewalk.execution;

import java.util.List;

/**
 * Does the work on slices elsewhere: in another process, or on other machines, by {@link io.pagewalk.Pagewalk#perform}. The process
 * that runs the export plans pages, puts losses on record, and commits.
 */
public interface SliceWorkers extends AutoCloseable {
    /** Begins to work for a run. */
    @FunctionalInterface
    interface Opener {
        SliceWorkers open(ExportWork work);
    }

    /**
     * Does the work on slices of one page, and waits for it. Called by two threads, so that the next page is under way while one
     * is finished; a page comes again with those of its slices that had lost something.
     *
     * @return the outcomes, in the order of the work
     * @throws Exception if it cannot be done now; the run fails with it
     */
    List<SliceOutcome> perform(List<SliceWork> work) throws Exception;

    /** Lets calls under way, and later ones, fail soon; called from any thread. */
    void stop();

    /** After the last call. */
    @Override
    void close();
}
