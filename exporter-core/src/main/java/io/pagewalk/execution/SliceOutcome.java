package io.pagewalk.execution;

import io.pagewalk.error.Advice;
import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.LostRange;
import io.pagewalk.spi.DataFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * @param figures what was read in vain
     */
    record Lost(LostRange range, String problem, SliceFigures figures) implements SliceOutcome {}

    /**
     * A payload has an id that is not on record, and nothing was published. Once that is put on record the slice can be worked on again.
     *
     * @param column {@code key} or {@code value}
     * @param id as frames have it
     * @param problem the same for people
     * @param figures what was read in vain
     */
    record Met(String column, String id, String problem, SliceFigures figures) implements SliceOutcome {}

    /**
     * It cannot be done, and will not be the next time either.
     *
     * @param problem why, for people
     * @param advice what to do about it
     * @param bad what of a record does not fit, if that is why
     */
    record Failed(
            Kind kind,
            String problem,
            Advice advice,
            @Nullable Bad bad) implements SliceOutcome {
        /**
         * What of a record does not fit.
         *
         * @param why in words that are the same for all such records
         */
        public record Bad(BadRecordException.Part part, String why) {}

        /** Which failure it is. */
        public enum Kind {
            /** A {@link FormatMismatchException}, of one record a {@link BadRecordException}. */
            MISMATCH,
            /** A {@link TopicChangedException}. */
            TOPIC_CHANGED,
            /** A {@link FencedException}. */
            FENCED,
            /** A {@link UsageException}. */
            USAGE
        }

        /** That of an exception; empty if it may be otherwise at another time. */
        public static Optional<Failed> of(PagewalkException failure) {
            Kind kind;
            if (failure instanceof FormatMismatchException) {
                kind = Kind.MISMATCH;
            } else if (failure instanceof TopicChangedException) {
                kind = Kind.TOPIC_CHANGED;
            } else if (failure instanceof FencedException) {
                kind = Kind.FENCED;
            } else if (failure instanceof UsageException) {
                kind = Kind.USAGE;
            } else {
                return Optional.empty();
            }
            Bad bad = failure instanceof BadRecordException record ? new Bad(record.part(), record.kind()) : null;
            return Optional.of(new Failed(kind, failure.problem(), failure.advice(), bad));
        }

        /** The same as it is thrown where the work is done in the process of the run. */
        public PagewalkException exception() {
            return switch (kind) {
                case MISMATCH ->
                    bad == null
                            ? new FormatMismatchException(problem, advice)
                            : new BadRecordException(bad.part(), bad.why(), problem);
                case TOPIC_CHANGED -> new TopicChangedException(problem);
                case FENCED -> new FencedException(problem);
                case USAGE -> new UsageException(problem, advice);
            };
        }
    }

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
