package io.pagewalk;

/**
 * How a run ended, if it did not fail.
 *
 * @param outcome the end
 * @param figures what it did, and what is committed
 */
public record ExportResult(Outcome outcome, RunFigures figures) {
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
