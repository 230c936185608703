package io.pagewalk.spark.bridge;

/** A task cannot be done now; Spark tries again. The message is one line, without secrets, for Spark logs it. */
public final class WorkFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkFailedException(String message) {
        super(message, null, false, false);
    }
}
