package io.pagewalk.execution;

import io.pagewalk.log.LostRange;
import io.pagewalk.spi.DataFile;

/**
 * What became of the work on a slice. What may be otherwise at another time (a broker that does not answer, a full disk) is none of
 * these, but an exception.
 */
public sealed interface SliceOutcome {
    /**
     * Its file is published, and durable.
     *
     * @param figures what that took
     */
    record Done(DataFile file, SliceFigures figures) implements SliceOutcome {}

    /**
     * Offsets are gone from the topic that were not on record as lost, and nothing was published. Once they are on record the slice
     * can be worked on again.
     *
     * @param problem the same for people
     */
    record Lost(LostRange range, String problem) implements SliceOutcome {}

    /** A record contradicts the pinned formats, and may not be set aside. */
    record Mismatch(String problem) implements SliceOutcome {}

    /** The topic is not the one that the export was begun from. */
    record TopicChanged(String problem) implements SliceOutcome {}

    /** The same as one line of text, to be sent to a process that runs this version of Pagewalk. */
    default String encode() {
        return WorkText.of(this);
    }

    /**
     * What was encoded.
     *
     * @throws IllegalArgumentException if this version of Pagewalk has not written it
     */
    static SliceOutcome decode(String text) {
        return WorkText.outcome(text);
    }
}
