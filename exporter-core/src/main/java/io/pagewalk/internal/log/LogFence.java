package io.pagewalk.internal.log;

import io.pagewalk.error.PagewalkException;
import java.io.IOException;

/** What a log asks after each append: it may have been deleted, or have expired, meanwhile. Safe for use by any number of threads. */
public interface LogFence {
    /**
     * Whether it was, or that has begun.
     *
     * @throws IOException if that cannot be found out
     */
    boolean isDown() throws IOException;

    /** What a run says then. */
    PagewalkException deleted();
}
