package io.pagewalk.spi;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The few file operations that data files and checkpoints need, below one location. Write-once: a name, once published,
 * keeps its bytes until it is deleted.
 *
 * <p>Names are relative to the location, with {@code /} between their parts; no part is empty, {@code .} or {@code ..}.
 * Any other name is an {@link IllegalArgumentException} ({@link io.pagewalk.internal.storage.StorageNames} tells beforehand).
 * Safe for use by any number of threads; a {@link PendingFile} belongs to one thread at a time.
 *
 * <p>One instance belongs to one run. Closing it aborts what is pending and frees the run's temporary files.
 */
public interface Storage extends Closeable {
    /** The location as messages show it, without credentials. */
    String location();

    /**
     * Begins a file that will be published under {@code name}. Nothing shows under the name before {@link
     * PendingFile#publish()}, whatever happens.
     *
     * @throws io.pagewalk.error.FencedException if this run's temporary files were taken away, as happens when another
     *     run held it for dead
     * @throws io.pagewalk.error.UsageException if nothing can be published here without the risk of overwriting
     */
    PendingFile create(String name) throws IOException;

    /**
     * Opens a published file for reading.
     *
     * @throws NoSuchFileException if there is none of that name
     */
    SeekableByteChannel open(String name) throws IOException;

    /**
     * Likewise, a file whose size is known, so that it need not be asked. That there is none of that name may show only when it is read.
     *
     * @param size its bytes; if it has others, reading it fails, or gives its first ones
     */
    default SeekableByteChannel open(String name, long size) throws IOException {
        return open(name);
    }

    /**
     * Makes a file that is visible under {@code name} as durable as its publication would have: after a crash between
     * the two, a visible name may otherwise still be lost with the power.
     *
     * @throws NoSuchFileException if there is none of that name
     */
    void persist(String name) throws IOException;

    /** Whether a file is published under {@code name}; one small request. */
    boolean exists(String name) throws IOException;

    /**
     * Hands over the names directly in {@code directory}, in no order, as the listing goes on; so memory does not grow with
     * them. They are those of files and of directories, because telling them apart may take a request each; temporary files
     * are left out. A directory that does not exist has none.
     *
     * @param directory a name, or the empty string for the location itself
     * @param names takes each name, relative to {@code directory}
     */
    void names(String directory, Consumer<String> names) throws IOException;

    /**
     * The published files directly in {@code directory}, in no order; an empty list if there is no such directory.
     * Directories in it, and temporary files, are left out.
     *
     * @param directory a name, or the empty string for the location itself
     */
    List<StoredFile> list(String directory) throws IOException;

    /** The names of the directories directly in {@code directory}, as {@link #list} takes it. */
    List<String> listDirectories(String directory) throws IOException;

    /** Deletes a published file, durably; one that does not exist is no error. */
    void delete(String name) throws IOException;

    /**
     * Removes the temporary files of runs that are dead, and of no other. Where it cannot be known which runs are alive, those
     * that no run needs for so long.
     *
     * @return how many files were removed
     */
    int removeDeadTemporaries() throws IOException;

    /**
     * The ids of the other runs that are alive here, as far as that can be known. Changes nothing.
     */
    List<String> liveRuns() throws IOException;

    /**
     * A published file.
     *
     * @param name its name relative to the storage's location
     * @param size its bytes
     */
    record StoredFile(String name, long size) {}

    /** A file being written. Closing it without having published it leaves nothing behind. */
    interface PendingFile extends Closeable {
        /** Where the bytes go; the caller buffers. Closing the stream does not publish. */
        OutputStream stream();

        /**
         * Makes the bytes durable, then lets them appear under the name, complete, and makes that durable too. Called
         * once, after the last byte.
         *
         * @throws FileAlreadyExistsException if the name is taken; the file under it is untouched
         * @throws io.pagewalk.error.FencedException if this run's temporary files were taken away
         * @throws IOException on any other failure; whether the file was published is then unknown
         */
        void publish() throws IOException;

        /** Drops the file unless it was published. Does not fail on a second call. */
        @Override
        void close() throws IOException;
    }
}
