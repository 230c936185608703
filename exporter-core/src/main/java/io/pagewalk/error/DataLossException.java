package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** Records of the extent are gone from the topic (retention or DeleteRecords), and the export may not skip them. */
public final class DataLossException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public DataLossException(String message) {
        this(message, null);
    }

    public DataLossException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
