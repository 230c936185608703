package io.pagewalk.internal.run;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.Totals;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, when it did not fail.
 *
 * @param outcome the end
 * @param totals what the export has committed, over all runs
 * @param gaps how many committed offsets hold no record and are not lost, by partition; without those that have none
 * @param pages pages this run committed
 * @param last the entry with which it became complete, or null if it did not now
 */
public record WalkResult(
        Outcome outcome,
        Totals totals,
        SortedMap<Integer, Long> gaps,
        long pages,
        @Nullable Checkpoint last) {
    /** The ways to end well. */
    public enum Outcome {
        /** Nothing remains. */
        COMPLETE,
        /** A limit of this run was reached, and something remains. */
        LIMIT,
        /** A stop was asked for, and something remains. */
        STOPPED
    }
}
