package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** The run failed for a reason that may pass (broker, disk, memory): what is committed stands, and running again resumes. */
public final class ExportFailedException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public ExportFailedException(String message) {
        this(message, null);
    }

    public ExportFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public ExportFailedException(String problem, Advice advice, @Nullable Throwable cause) {
        super(problem, advice, cause);
    }
}
