package io.pagewalk.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Removes what {@link RunFolder}s of dead runs left behind, and no file that is not of their making, nor
 * what a link leads to. Any number of runs may
 * do so at once. A folder goes before its lock file: what a removal that is interrupted leaves is found again.
 */
final class DeadRuns {
    private final Disk disk;
    private final Path temporaryFolder;

    DeadRuns(Disk disk, Path temporaryFolder) {
        this.disk = disk;
        this.temporaryFolder = temporaryFolder;
    }

    /** Returns how many temporary files it removed. */
    int remove() throws IOException {
        if (disk.isSymbolicLink(temporaryFolder)) {
            return 0;
        }
        TreeSet<String> runs = new TreeSet<>();
        for (Disk.Entry entry : entries(temporaryFolder)) {
            String name = entry.name();
            if (entry.isDirectory()) {
                runs.add(name);
            } else if (name.endsWith(RunFolder.LOCK)) {
                runs.add(name.substring(0, name.length() - RunFolder.LOCK.length()));
            } else if (name.endsWith(RunFolder.NEW_LOCK)) {
                removeUnlessLocked(temporaryFolder.resolve(name));
            }
        }
        int removed = 0;
        for (String run : runs) {
            removed += removeUnlessAlive(run);
        }
        return removed;
    }

    /** The runs that are not dead. */
    List<String> alive() throws IOException {
        List<String> alive = new ArrayList<>();
        for (Disk.Entry entry : entries(temporaryFolder)) {
            String name = entry.name();
            if (!entry.isDirectory() && name.endsWith(RunFolder.LOCK)) {
                try (Closeable lock = tryLock(temporaryFolder.resolve(name))) {
                    if (lock == null) {
                        alive.add(name.substring(0, name.length() - RunFolder.LOCK.length()));
                    }
                } catch (NoSuchFileException e) {
                    // Its run has just ended.
                }
            }
        }
        return alive;
    }

    private int removeUnlessAlive(String run) throws IOException {
        if (disk.isSymbolicLink(temporaryFolder.resolve(run))) {
            return 0;
        }
        Path lockFile = temporaryFolder.resolve(run + RunFolder.LOCK);
        try (Closeable lock = tryLock(lockFile)) {
            return lock == null ? 0 : removeFolder(run, lockFile);
        } catch (NoSuchFileException e) {
            // A living run has its lock file before its folder, and until after it.
            return removeFolder(run, lockFile);
        }
    }

    private int removeFolder(String run, Path lockFile) throws IOException {
        Path folder = temporaryFolder.resolve(run);
        int removed = 0;
        for (Disk.Entry entry : entries(folder)) {
            if (!entry.isDirectory() && entry.name().endsWith(RunFolder.TEMPORARY)) {
                removed += RunFolder.deleteIfExists(disk, folder.resolve(entry.name())) ? 1 : 0;
            }
        }
        try {
            RunFolder.deleteIfExists(disk, folder);
        } catch (IOException e) {
            if (!(e.getCause() instanceof DirectoryNotEmptyException)) {
                throw e;
            }
        }
        RunFolder.deleteIfExists(disk, lockFile);
        return removed;
    }

    private void removeUnlessLocked(Path newLock) throws IOException {
        try (Closeable lock = tryLock(newLock)) {
            if (lock != null) {
                RunFolder.deleteIfExists(disk, newLock);
            }
        } catch (NoSuchFileException e) {
            // Its run has named it, or another has removed it.
            return;
        }
    }

    /** Another user's lock file, which this one may not open, counts as held. */
    private @Nullable Closeable tryLock(Path file) throws IOException {
        try {
            return disk.tryLock(file);
        } catch (IOException e) {
            if (e.getCause() instanceof AccessDeniedException) {
                return null;
            }
            throw e;
        }
    }

    private List<Disk.Entry> entries(Path directory) throws IOException {
        try {
            return disk.list(directory);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
