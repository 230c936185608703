package io.pagewalk.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls to a file system that the protocol of {@link LocalStorage} is made of. What a call changes is visible at once,
 * but survives a loss of power only after the force that covers it: bytes by that of their file, the name of a file or
 * directory by that of the directory it stands in.
 *
 * <p>Safe for use by any number of threads.
 */
interface Disk {
    /**
     * Creates a file, with the permissions the umask leaves.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    NewFile create(Path file) throws IOException;

    /**
     * Opens a regular file for reading.
     *
     * @throws NoSuchFileException if there is none
     */
    SeekableByteChannel open(Path file) throws IOException;

    /** Makes the bytes of a file durable. */
    void force(Path file) throws IOException;

    /** Makes the names in a directory durable, those that are gone from it too. */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @throws FileAlreadyExistsException if that name is taken
     * @throws NoSuchFileException if the file is gone, or the directory of the name
     */
    void link(Path name, Path file) throws IOException;

    /**
     * Creates one directory.
     *
     * @throws FileAlreadyExistsException if the name is taken
     */
    void createDirectory(Path directory) throws IOException;

    /**
     * Removes a name: of a file, or of an empty directory.
     *
     * @throws NoSuchFileException if there is none
     */
    void delete(Path path) throws IOException;

    /**
     * What stands directly in a directory.
     *
     * @throws NoSuchFileException if there is none
     * @throws java.nio.file.NotDirectoryException if it is none
     */
    List<Entry> list(Path directory) throws IOException;

    /**
     * Hands over the names directly in a directory as they are read.
     *
     * @throws NoSuchFileException if there is none
     * @throws java.nio.file.NotDirectoryException if it is none
     */
    void names(Path directory, Consumer<String> names) throws IOException;

    boolean exists(Path path);

    boolean isDirectory(Path path);

    /** Whether the last part of the path is a link to somewhere else. */
    default boolean isSymbolicLink(Path path) {
        return false;
    }

    /**
     * Creates a file and locks it, in two steps: others may lock or delete it in between.
     *
     * @return held until closed or until the process ends; null if another was faster
     * @throws FileAlreadyExistsException if the name is taken
     */
    @Nullable
    Closeable createLocked(Path file) throws IOException;

    /**
     * Locks a file.
     *
     * @return held until closed or until the process ends; null if anyone, this process too, holds it
     * @throws NoSuchFileException if there is none
     */
    @Nullable
    Closeable tryLock(Path file) throws IOException;

    /** A file under construction; belongs to one thread, but for {@link #close()}. */
    interface NewFile extends Closeable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /** Makes everything written durable. After a failure nothing is known of what the file holds. */
        void force() throws IOException;
    }

    /** A name in a directory; {@code size} counts for files only. */
    record Entry(String name, boolean isDirectory, long size) {}
}
