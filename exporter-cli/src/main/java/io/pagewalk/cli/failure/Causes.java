package io.pagewalk.cli.failure;

import org.jspecify.annotations.Nullable;

/** Walks along the causes of a throwable. */
public final class Causes {
    /** Nothing forbids a chain of causes to be a ring. */
    private static final int MAX_DEPTH = 50;

    private Causes() {}

    /** The first of the throwable and its causes that is a {@code type}, or null. */
    public static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** The last of the causes, or the throwable itself. */
    static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        @Nullable Throwable cause = root.getCause();
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            root = cause;
            cause = root.getCause();
        }
        return root;
    }
}
