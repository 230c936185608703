package io.pagewalk;

import io.pagewalk.execution.SliceFigures;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a run. Every method does nothing unless it is overridden.
 *
 * <p>One of {@link #frozen}, {@link #resumed}, {@link #alreadyComplete} and {@link #nothingNew} comes first, but for {@link
 * #clearedAway}, {@link #keptGroups} and {@link #newSchemas}; after {@link #finished} one of them comes again. {@link #lost} and {@link #readAgain} are called by the threads that read, all others by the thread that called {@link Export#run}. The run waits while a method
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
     * All runs of the series are complete, and what is new makes no run, or none yet.
     *
     * @param state the last one; null if none has begun, because the topic has no records, or its first window is not due
     * @param plan of what is new, if anything is; null if none has begun
     * @param next the window that is not due yet; null if the series has none, or the topic has no records
     */
    default void nothingNew(@Nullable ExportState state, @Nullable ExportPlan plan, @Nullable DueWindow next) {}

    /** A run of the series is complete, and the command looks for the next one. */
    default void finished(ExportState state) {}

    /**
     * Unfinished files of runs that were killed were removed.
     *
     * @param files how many, at least 1
     */
    default void clearedAway(int files) {}

    /** What the topic's consumer groups have committed was read, and is kept with each run that begins. */
    default void keptGroups(CommittedOffsets offsets) {}

    /**
     * A run of a series is about to begin, and the schema registry has newer schemas with fields that the series' columns lack, or it could not be
     * asked.
     *
     * @param notice says so in a line, and what to do
     */
    default void newSchemas(String notice) {}

    /**
     * The table that follows could not be brought level. The run goes on, and it is tried again; told by a thread of its own, once for several
     * attempts that fail in a row.
     *
     * @param notice says so in a line
     */
    default void tableBehind(String notice) {}

    /**
     * A page is committed.
     *
     * @param totals what is committed, over all runs
     */
    default void committed(Totals totals) {}

    /** Records are gone from the topic; that is on record now, and the run goes on without them. */
    default void lost(LostRange range) {}

    /**
     * A slice that is worked on elsewhere is read once more, because something of it was lost; in the process of the run itself,
     * reading goes on.
     *
     * @param slice all of it
     * @param figures what was read of it before
     */
    default void readAgain(Slice slice, SliceFigures figures) {}
}
