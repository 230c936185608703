package io.pagewalk.internal.storage;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A run's temporary files: the folder {@code <runId>} and beside it the file {@code <runId>.lock}, locked as long as the
 * run lives. The lock file shows its name only once it is locked, so that one whose lock is free belonged to a run that is
 * dead, and stays on as long as the folder does.
 */
final class RunFolder implements Closeable {
    static final String TEMPORARY = ".tmp";
    static final String LOCK = ".lock";
    static final String NEW_LOCK = ".new";
    private static final int ATTEMPTS = 100;

    private final Disk disk;
    private final Path folder;
    private final Path lockFile;
    private final Closeable lock;
    private final AtomicLong files = new AtomicLong();

    private RunFolder(Disk disk, Path folder, Path lockFile, Closeable lock) {
        this.disk = disk;
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * @param temporaryFolder where the runs have their folders; exists
     * @throws UsageException if the file system has no hard links
     */
    static RunFolder create(Disk disk, Path temporaryFolder, String runId) throws IOException {
        Path lockFile = temporaryFolder.resolve(runId + LOCK);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path unnamed = temporaryFolder.resolve(runId + "." + attempt + NEW_LOCK);
            Closeable lock = disk.createLocked(unnamed);
            RunFolder created =
                    lock == null ? null : create(disk, temporaryFolder.resolve(runId), lockFile, unnamed, lock);
            if (created != null) {
                return created;
            }
        }
        throw new IOException("cannot lock " + lockFile + ": other runs keep removing it");
    }

    /** Null if a run that found the file before it was locked removed it. Frees the lock unless the folder is there. */
    private static @Nullable RunFolder create(Disk disk, Path folder, Path lockFile, Path unnamed, Closeable lock)
            throws IOException {
        boolean named = false;
        try {
            named = name(disk, lockFile, unnamed);
            deleteIfExists(disk, unnamed);
            if (named) {
                disk.createDirectory(folder);
                return new RunFolder(disk, folder, lockFile, lock);
            }
        } catch (IOException | RuntimeException | Error e) {
            giveUp(disk, named ? List.of(unnamed, lockFile) : List.of(unnamed), lock, e);
            throw e;
        }
        lock.close();
        return null;
    }

    /** A run is alive to others as long as its lock is held. */
    private static void giveUp(Disk disk, List<Path> files, Closeable lock, Throwable failure) {
        try (lock) {
            for (Path file : files) {
                deleteIfExists(disk, file);
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** False if a run that found the file before it was locked removed it. */
    private static boolean name(Disk disk, Path lockFile, Path unnamed) throws IOException {
        try {
            disk.link(lockFile, unnamed);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the run's id is in use: " + lockFile, e);
        } catch (IOException | UnsupportedOperationException e) {
            if (canCreate(disk, lockFile.resolveSibling(unnamed.getFileName() + NEW_LOCK))) {
                throw new UsageException(
                        "the file system cannot link files, without which nothing can be published there without the risk"
                                + " of overwriting: " + e.getMessage() + "; choose another location",
                        e);
            }
            throw e;
        }
    }

    /** No error code tells that a file system has no links; but there, files can be created where none can be linked. */
    private static boolean canCreate(Disk disk, Path file) {
        try {
            disk.create(file).close();
            disk.delete(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Path newTemporary() {
        return folder.resolve(files.getAndIncrement() + TEMPORARY);
    }

    FencedException fenced(NoSuchFileException cause) {
        return new FencedException(
                "the temporary files of this run are gone from " + folder
                        + ": another run of this export took it for dead and removed them; this run stops, nothing is"
                        + " lost",
                cause);
    }

    /** Removes the folder, which must be empty by now, and gives up the lock. */
    @Override
    public void close() throws IOException {
        try (lock) {
            deleteIfExists(disk, folder);
            deleteIfExists(disk, lockFile);
        }
    }

    static boolean deleteIfExists(Disk disk, Path path) throws IOException {
        try {
            disk.delete(path);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
