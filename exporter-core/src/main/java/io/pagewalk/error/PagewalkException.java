package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is written for the person running the export: one line that says where, what happened and what
 * to do. There is one subtype per decision the caller has to make; the command line maps each to an exit code.
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
                StoppedException {
    private static final long serialVersionUID = 1L;

    PagewalkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
