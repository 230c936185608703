package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** A record contradicts the format that was pinned for its key, value or headers. */
public final class FormatMismatchException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public FormatMismatchException(String message) {
        this(message, null);
    }

    public FormatMismatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
