package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is written for the person running the export: one line that says where, what happened and what
 * to do. There is one subtype per decision the caller has to make; the command line maps each to an exit code. Where what to do
 * is a choice that the caller has, it is an {@link Advice}.
 *
 * <p>Messages never carry credentials or record payloads.
 */
public abstract sealed class PagewalkException extends RuntimeException
        permits UsageException,
                ExportFailedException,
                DataLossException,
                FencedException,
                FormatMismatchException,
                TopicChangedException,
                TableChangedException,
                PageDeadlineException,
                ReadersBusyException,
                StoppedException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final Advice advice;

    PagewalkException(String message, @Nullable Throwable cause) {
        this(message, Advice.NONE, cause);
    }

    PagewalkException(String problem, Advice advice, @Nullable Throwable cause) {
        super(advice == Advice.NONE ? problem : problem + "; " + advice.text(), cause);
        this.problem = problem;
        this.advice = advice;
    }

    /** The message without its advice. */
    public final String problem() {
        return problem;
    }

    /** What to do about it. */
    public final Advice advice() {
        return advice;
    }
}
