package io.pagewalk.internal.log;

import io.pagewalk.error.UsageException;
import java.io.IOException;

/** What a log asks after each append: it may have been deleted meanwhile. Safe for use by any number of threads. */
public interface LogFence {
    /**
     * Whether the export was deleted, or its deletion has begun.
     *
     * @throws IOException if that cannot be found out
     */
    boolean isDown() throws IOException;

    /** What a run says then. */
    UsageException deleted();
}
