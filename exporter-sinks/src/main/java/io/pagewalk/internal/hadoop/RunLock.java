package io.pagewalk.internal.hadoop;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * The sign that a run is alive: a file without content that it holds open for writing. On HDFS that is a lease, which the
 * client renews, and which is free to be taken 60 seconds after the last renewal (the name node's soft limit). ABFS has no such
 * thing: there a run has no lock, and nobody can tell whether it is alive.
 */
final class RunLock implements Closeable {
    static final String SUFFIX = ".lock";

    private final FileSystem fileSystem;
    private final @Nullable Path file;
    private final @Nullable FSDataOutputStream held;

    private RunLock(FileSystem fileSystem, @Nullable Path file, @Nullable FSDataOutputStream held) {
        this.fileSystem = fileSystem;
        this.file = file;
        this.held = held;
    }

    static boolean isKnownOn(FileSystem fileSystem) {
        return fileSystem instanceof DistributedFileSystem;
    }

    static Path file(Path temporaryFolder, String runId) {
        return new Path(temporaryFolder, runId + SUFFIX);
    }

    static RunLock take(FileSystem fileSystem, Path temporaryFolder, String runId) throws IOException {
        if (!(fileSystem instanceof DistributedFileSystem hdfs)) {
            return new RunLock(fileSystem, null, null);
        }
        Path file = file(temporaryFolder, runId);
        // Files that are striped, by a policy of erasure coding, cannot be appended to.
        FSDataOutputStream held =
                hdfs.createFile(file).overwrite(false).recursive().replicate().build();
        return new RunLock(fileSystem, file, held);
    }

    /**
     * Whether a run that has the lock is alive. One that let its lease run out loses it here for good. What cannot be
     * opened, for whatever reason the name node gives, counts as held.
     */
    static boolean isHeld(FileSystem fileSystem, Path file) throws IOException {
        try {
            fileSystem.append(file).close();
            return false;
        } catch (java.io.FileNotFoundException e) {
            return false;
        } catch (RemoteException e) {
            return !e.getClassName().endsWith(".RecoveryInProgressException");
        } catch (org.apache.hadoop.security.AccessControlException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null && held != null) {
            try {
                fileSystem.delete(file, false);
            } finally {
                closeWithoutFile(held);
            }
        }
    }

    private static void closeWithoutFile(FSDataOutputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The file that it would complete is gone.
            return;
        }
    }
}
