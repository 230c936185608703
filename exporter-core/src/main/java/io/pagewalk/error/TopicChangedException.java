package io.pagewalk.error;

import org.jspecify.annotations.Nullable;

/** The topic is not the one the extent was frozen from: recreated, truncated, or on another cluster. */
public final class TopicChangedException extends PagewalkException {
    private static final long serialVersionUID = 1L;

    public TopicChangedException(String message) {
        this(message, null);
    }

    public TopicChangedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
