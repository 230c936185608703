package io.pagewalk.spi;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import java.io.Closeable;
import java.io.IOException;

/**
 * Opens storages for the runs of one connection, and keeps what they can share, such as a client of a store, or that the store
 * was found to publish exclusively. Safe for use by any number of threads. What failed, or does not come back, is not lent to
 * another run, and keeps no other run waiting.
 */
public interface StorageClient extends Closeable {
    /**
     * Opens a storage for one run. Touches nothing yet.
     *
     * @param location as {@link StorageProvider#parse} made it
     * @param temporaryFolder the name of the folder for temporary files, the same for all runs that shall find each other's;
     *     listings leave it out
     * @param runId an id that no other run has, of up to 64 ASCII letters, digits, {@code _} and {@code -}
     * @throws io.pagewalk.error.UsageException if nothing can be published exclusively there, as far as the location tells
     */
    Storage open(DirectoryLocation location, String temporaryFolder, String runId);

    /**
     * Puts a small file there, in place of any that is there: who reads it sees the one or the other, whole. It is for what is told of
     * exports; what is theirs is write-once, and only a storage publishes it.
     *
     * @param name the file's, in the directory, without a {@code /}
     * @throws io.pagewalk.error.UsageException if that cannot be done there
     */
    default void replace(DirectoryLocation directory, String name, byte[] content) throws IOException {
        throw new UsageException("files in " + directory + " cannot be replaced; name another place");
    }

    /**
     * Removes such a file; one that is not there is no error.
     *
     * @throws io.pagewalk.error.UsageException if that cannot be done there
     */
    default void remove(DirectoryLocation directory, String name) throws IOException {
        throw new UsageException("files in " + directory + " cannot be replaced; name another place");
    }

    /** Called when the connection ends. A storage that is still open goes on; the last one frees what they share. */
    @Override
    default void close() throws IOException {}
}
