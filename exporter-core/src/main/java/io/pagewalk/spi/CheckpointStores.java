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

    /** The last run that is on record as expired, and all before it with it; 0 if none is. */
    default int expired() throws IOException {
        int[] expiries = expiries();
        return expiries.length == 0 ? 0 : expiries[expiries.length - 1];
    }

    /**
     * Puts on record, for good, that a run expires, and all before it with it. When the call returns, the record is durable and
     * every reader sees it.
     *
     * @param run from 1
     * @param record what is to be kept of them
     * @throws java.nio.file.FileAlreadyExistsException if that is on record already; the record is untouched
     */
    void expire(int run, byte[] record) throws IOException;

    /**
     * Reads such a record, whole.
     *
     * @throws java.nio.file.NoSuchFileException if there is none of that run
     */
    byte[] readExpiry(int run) throws IOException;

    /** Removes a record that one of a later run has made superfluous; one that does not exist is no error. */
    void removeExpiry(int run) throws IOException;

    /**
     * The runs that have such a record, ascending. A store that knows owners may tell the owner of what it knew when it last changed
     * the logs: once somebody else has changed them, its next change is refused.
     */
    int[] expiries() throws IOException;

    /**
     * The log of a run, whether it has entries or not. Closed with this.
     *
     * @param run from 1
     */
    CheckpointStore of(int run);
}
