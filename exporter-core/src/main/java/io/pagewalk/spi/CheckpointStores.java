package io.pagewalk.spi;

import java.io.Closeable;
import java.io.IOException;

/**
 * The logs of one export: one for each run of its series, numbered from 1. An export that is no series has run 1 alone.
 *
 * <p>Used as a {@link CheckpointStore} is.
 */
public interface CheckpointStores extends Closeable {
    /** The place of the logs as messages show it, without credentials. */
    String location();

    /**
     * The runs that a listing shows, ascending. One of them may have no entry, as one that was removed, or not begun, leaves a
     * folder behind. It reads no entry, where entries can be told from a listing.
     */
    int[] runs() throws IOException;

    /**
     * The log of a run, whether it has entries or not. Closed with this.
     *
     * @param run from 1
     */
    CheckpointStore of(int run);
}
