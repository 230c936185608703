package io.pagewalk;

import io.pagewalk.internal.run.WalkResult;

/**
 * How a run ended, if it did not fail.
 *
 * @param outcome the end
 * @param figures what it did, and what is committed
 * @param marked whether a run of the export that it has finished has something on record: lost, or set aside
 */
public record ExportResult(Outcome outcome, RunFigures figures, boolean marked) {
    /** The ways to end well. */
    public enum Outcome {
        /** Nothing remains. */
        COMPLETE,
        /** All runs were complete, and the topic has nothing new for another one. */
        NOTHING_NEW,
        /** A limit of this run was reached, and something remains. */
        LIMIT,
        /** A stop was asked for, and something remains. */
        STOPPED;

        static Outcome of(WalkResult.Outcome walked) {
            return switch (walked) {
                case COMPLETE -> COMPLETE;
                case LIMIT -> LIMIT;
                case STOPPED -> STOPPED;
            };
        }
    }
}
