package io.pagewalk.internal.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates directories so that they outlast a loss of power. A directory that is there already may be the unsynced work of
 * a run that died, or of one still at it: its name is made durable like a new one's.
 */
final class DurableDirectories {
    private final Disk disk;
    private final Path root;
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    DurableDirectories(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /** Creates what is missing of the directory and all above it, and makes their names durable; once each. */
    void ensure(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null || durable.contains(directory)) {
            return;
        }
        ensure(parent);
        boolean created = create(directory);
        try {
            disk.forceDirectory(parent);
        } catch (IOException e) {
            boolean aboveRoot = root.startsWith(directory);
            // Not every directory on the way to the root may be opened or synced, /net of an automounter for one.
            if (created || !aboveRoot) {
                throw e;
            }
        }
        durable.add(directory);
    }

    private boolean create(Path directory) throws IOException {
        if (disk.isDirectory(directory)) {
            return false;
        }
        try {
            disk.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (disk.isDirectory(directory)) {
                return false;
            }
            throw new IOException("cannot create directory " + directory + ": a file is in its place", e);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot create directory " + directory + ": the one it belongs in is gone", e);
        }
    }
}
