package io.pagewalk;

import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;

/**
 * What happens in a run. Every method does nothing unless it is overridden.
 *
 * <p>One of {@link #frozen}, {@link #resumed}, {@link #alreadyComplete} and {@link #nothingNew} comes first, but for {@link
 * #clearedAway}; after {@link #finished} one of them comes again. {@link #lost} is called by the threads that read, all others by the thread that called {@link Export#run}. The run waits while a method
 * works, and fails with what it throws.
 */
public interface ExportListener {
    /** Nothing was there: this run has begun the export. */
    default void frozen(ExportPlan plan) {}

    /** This run goes on where an earlier one has ended. */
    default void resumed(ExportState state) {}

    /** Nothing is left to do. */
    default void alreadyComplete(ExportState state) {}

    /**
     * All runs of the series are complete, and what is new makes no run.
     *
     * @param state the last one
     * @param plan of what is new, if anything is
     */
    default void nothingNew(ExportState state, ExportPlan plan) {}

    /** A run of the series that was not complete is so now; the next one follows. */
    default void finished(ExportState state) {}

    /**
     * Unfinished files of runs that were killed were removed.
     *
     * @param files how many, at least 1
     */
    default void clearedAway(int files) {}

    /**
     * A page is committed.
     *
     * @param totals what is committed, over all runs
     */
    default void committed(Totals totals) {}

    /** Records are gone from the topic; that is on record now, and the run goes on without them. */
    default void lost(LostRange range) {}
}
