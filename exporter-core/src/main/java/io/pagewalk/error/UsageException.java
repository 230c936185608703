package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** The request cannot be carried out as it stands: options, configuration or credentials must change before a retry. */
public non-sealed class UsageException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message, null);
    }

    public UsageException(String problem, Advice advice) {
        this(problem, advice, null);
    }

    public UsageException(String problem, Advice advice, @Nullable Throwable cause) {
        super(problem, advice, cause);
    }

    public UsageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
