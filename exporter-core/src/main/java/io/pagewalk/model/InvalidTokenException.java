package io.pagewalk.model;

import io.pagewalk.error.UsageException;

/** A text that is not a page token this version can use; the message says why. */
public final class InvalidTokenException extends UsageException {
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }
}
