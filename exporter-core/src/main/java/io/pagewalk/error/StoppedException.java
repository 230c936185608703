package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** The work was stopped on request before it was done; running again resumes. */
public final class StoppedException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public StoppedException(String message) {
        this(message, null);
    }

    public StoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
