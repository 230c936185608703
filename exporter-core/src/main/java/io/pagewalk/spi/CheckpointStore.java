package io.pagewalk.spi;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.OptionalLong;

/**
 * An append-only log of the entries of one run, numbered from 0 without a break. The store knows nothing of what is in an
 * entry. It is one of {@link CheckpointStores}, and closed with them.
 *
 * <p>Called from one thread of a run at a time; any number of runs may race on the same log.
 */
public interface CheckpointStore {
    /** The log's place as messages show it, without credentials. */
    String location();

    /**
     * The number of the last entry, or empty if the log has none. That entry, and each before it, is durable by then,
     * whoever appended it.
     *
     * @throws io.pagewalk.error.UsageException if an entry before the last one is missing; the message names it
     */
    OptionalLong lastSequence() throws IOException;

    /**
     * The numbers of the entries that a listing shows, ascending. Unlike {@link #lastSequence()} it makes nothing durable,
     * and takes a log that is broken as it is.
     */
    long[] sequences() throws IOException;

    /**
     * Reads one entry, whole.
     *
     * @throws java.nio.file.NoSuchFileException if the log has no such entry
     */
    byte[] read(long sequence) throws IOException;

    /**
     * Checks that an entry of that size can be appended. A run asks before its first page, so that none is written whose
     * entry the store does not take. May prepare the place of the log.
     *
     * @param bytes the size of the largest entry that is to be expected
     * @throws io.pagewalk.error.UsageException if it cannot, or if the place cannot hold a log at all; the message names the
     *     setting that says so
     */
    void requireRoom(long bytes) throws IOException;

    /**
     * Makes this run the log's owner, where the store knows owners: from now on it refuses appends and removals of whoever
     * was the owner before. A run calls this once it is decided that it goes on with the log; one that only looks never does.
     * Whoever appends or removes without having called it becomes the owner then.
     *
     * @return whether the log has to be looked at again, because others may have gone on with it until this moment
     */
    default boolean takeOver() throws IOException {
        return false;
    }

    /**
     * Adds an entry. When the call returns, the entry is durable and every reader sees it.
     *
     * @param sequence one more than the last entry's number, 0 in an empty log
     * @throws FileAlreadyExistsException if the log has that entry already; it is untouched, and durable
     * @throws io.pagewalk.error.FencedException if the store itself knows that another run has taken over
     * @throws io.pagewalk.error.UsageException if the log is being removed meanwhile
     * @throws IOException if the entry before it is missing, or on any other failure; whether the entry was added is then
     *     unknown
     */
    void append(long sequence, byte[] entry) throws IOException;

    /**
     * Removes an entry, durably; one that does not exist is no error. A log that lacks entry 0 is broken, so nothing goes on
     * with one that is being removed from its beginning on.
     */
    void remove(long sequence) throws IOException;
}
