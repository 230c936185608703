package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** Another run of the same export was faster. Nothing of this run counts beyond what it had committed before. */
public final class FencedException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        this(message, null);
    }

    public FencedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
