package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** Records contradict the formats that were pinned, and the export may not go on without them. */
public sealed class FormatMismatchException extends PagewalkException permits BadRecordException {
    private static final long serialVersionUID = 1L;

    public FormatMismatchException(String message) {
        super(message, null);
    }

    public FormatMismatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public FormatMismatchException(String problem, Advice advice) {
        super(problem, advice, null);
    }

    public FormatMismatchException(String problem, Advice advice, @Nullable Throwable cause) {
        super(problem, advice, cause);
    }
}
