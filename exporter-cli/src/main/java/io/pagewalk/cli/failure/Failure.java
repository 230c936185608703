package io.pagewalk.cli.failure;

import io.pagewalk.error.PagewalkException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What a throwable means to the person who ran the command.
 *
 * @param code the exit code
 * @param message one line
 */
public record Failure(ExitCode code, String message) {
    public static Failure of(Throwable thrown) {
        if (Causes.find(thrown, OutOfMemoryError.class) != null) {
            return new Failure(
                    ExitCode.FAILED,
                    "out of memory: give the JVM more (PAGEWALK_OPTS=-Xmx1g) or use fewer --threads; what is committed"
                            + " stands, and running again resumes");
        }
        Error unloadable = unloadable(thrown);
        if (unloadable != null) {
            return new Failure(ExitCode.USAGE, describe(unloadable));
        }
        Throwable failure = unwrap(thrown);
        if (failure instanceof PagewalkException known) {
            return new Failure(ExitCode.of(known), Advices.message(known));
        }
        KafkaException kafka = Causes.find(failure, KafkaException.class);
        if (kafka != null) {
            return ClientFailures.describe(kafka);
        }
        if (failure instanceof IOException io) {
            return new Failure(ExitCode.FAILED, describe(io));
        }
        Throwable root = Causes.root(failure);
        return new Failure(
                ExitCode.FAILED,
                "unexpected " + root.getClass().getSimpleName()
                        + (root.getMessage() == null ? "" : ": " + line(root))
                        + "; --debug shows where");
    }

    /** Snappy has an error of its own, at the first attempt to load it. */
    private static @Nullable Error unloadable(Throwable thrown) {
        LinkageError linkage = Causes.find(thrown, LinkageError.class);
        if (linkage != null) {
            return linkage;
        }
        Error error = Causes.find(thrown, Error.class);
        return error != null && error.getClass().getName().equals("org.xerial.snappy.SnappyError") ? error : null;
    }

    /** Native code is unpacked before it is loaded, so a directory that forbids programs shows here. */
    private static String describe(Error failure) {
        Throwable root = Causes.root(failure);
        return "a library cannot be loaded (" + root.getClass().getSimpleName() + ": " + line(root)
                + "); native ones are unpacked into java.io.tmpdir, " + System.getProperty("java.io.tmpdir")
                + ": if nothing can be written there, or programs cannot run from there (noexec), name another directory with"
                + " PAGEWALK_OPTS=-Djava.io.tmpdir=DIR; --debug shows where";
    }

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

    private static Throwable unwrap(Throwable thrown) {
        Throwable failure = thrown;
        @Nullable Throwable cause = failure.getCause();
        while (cause != null && isWrapper(failure)) {
            failure = cause;
            cause = failure.getCause();
        }
        return failure;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof UncheckedIOException;
    }
}
