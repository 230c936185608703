package io.pagewalk.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What failures say, in one line. */
public final class Reasons {
    private Reasons() {}

    /** An I/O failure in one line; the exceptions of {@code java.nio.file} carry no more than a path as their message. */
    public static String describe(IOException failure) {
        if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
            return "no such file: " + line(failure);
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied: " + line(failure);
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getClass().getSimpleName().replaceFirst("Exception$", "") + ": " + line(failure);
        }
        return line(failure);
    }

    /** The throwable's message in one line, or its class if it has none. */
    public static String line(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : oneLine(message);
    }

    /** Without line breaks and other control characters, which could also steer a terminal. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cc}", " ").strip();
    }
}
