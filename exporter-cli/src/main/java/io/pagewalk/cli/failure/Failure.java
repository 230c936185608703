package io.pagewalk.cli.failure;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        if (failure instanceof RefusedException refused) {
            return new Failure(refused.code(), Reasons.line(refused));
        }
        KafkaException kafka = Causes.find(failure, KafkaException.class);
        if (kafka != null) {
            return ClientFailures.describe(kafka);
        }
        if (failure instanceof IOException io) {
            return new Failure(ExitCode.FAILED, Reasons.describe(io));
        }
        Throwable root = Causes.root(failure);
        return new Failure(
                ExitCode.FAILED,
                "unexpected " + root.getClass().getSimpleName()
                        + (root.getMessage() == null ? "" : ": " + Reasons.line(root))
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
        return "a library cannot be loaded (" + root.getClass().getSimpleName() + ": " + Reasons.line(root)
                + "); native ones are unpacked into java.io.tmpdir, " + System.getProperty("java.io.tmpdir")
                + ": if nothing can be written there, or programs cannot run from there (noexec), name another directory with"
                + " PAGEWALK_OPTS=-Djava.io.tmpdir=DIR; --debug shows where";
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
