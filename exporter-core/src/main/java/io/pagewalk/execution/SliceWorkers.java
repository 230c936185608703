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

    /** Told of outcomes before the page as a whole is done, so that progress can be shown. */
    @FunctionalInterface
    interface Early {
        /**
         * The work on one slice is done. Called from any thread, at most once for each slice, or never.
         *
         * @param index of the work among that of the page
         */
        void done(int index, SliceOutcome outcome);
    }

    /**
     * Does the work on slices of one page, and waits for it. Called by two threads, so that the next page is under way while one
     * is finished; a page comes again with those of its slices that had lost something.
     *
     * @param early may be told of outcomes as they come, before this returns
     * @return the outcomes, in the order of the work
     * @throws Exception if it cannot be done now; the run fails with it
     */
    List<SliceOutcome> perform(List<SliceWork> work, Early early) throws Exception;

    /** Lets calls under way, and later ones, fail soon; called from any thread. */
    void stop();

    /** After the last call. */
    @Override
    void close();
}
