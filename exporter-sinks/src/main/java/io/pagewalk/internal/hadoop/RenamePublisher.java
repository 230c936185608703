package io.pagewalk.internal.hadoop;

import io.pagewalk.error.FencedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem.HdfsDataOutputStreamBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Files that show their name as soon as they are created. So they are written in the run's temporary folder, synced, and
 * renamed, which the file system refuses if the name is taken: HDFS's name node does so under its lock, ABFS by a condition on
 * the request.
 */
final class RenamePublisher implements Publisher {
    private final FileSystem fileSystem;
    private final Failures failures;
    private final Path temporaryFolder;
    private final String runId;
    private final TemporaryRuns runs;
    private final AtomicLong files = new AtomicLong();
    private @Nullable RunLock lock;
    private boolean begun;

    RenamePublisher(FileSystem fileSystem, Failures failures, Path temporaryFolder, String runId) {
        this.fileSystem = fileSystem;
        this.failures = failures;
        this.temporaryFolder = temporaryFolder;
        this.runId = runId;
        this.runs = new TemporaryRuns(fileSystem, temporaryFolder);
    }

    private Path folder() {
        return new Path(temporaryFolder, runId);
    }

    @Override
    public PendingUpload create(Path target, Way way) throws IOException {
        begin();
        Path temporary = new Path(folder(), files.getAndIncrement() + TemporaryRuns.TEMPORARY);
        try {
            return new Upload(target, temporary, openNew(temporary));
        } catch (FileNotFoundException e) {
            throw fenced(e);
        }
    }

    private synchronized void begin() throws IOException {
        if (lock == null) {
            lock = RunLock.take(fileSystem, temporaryFolder, runId);
        }
        if (!begun) {
            fileSystem.mkdirs(folder());
            begun = true;
        }
    }

    /** Not in a folder that is gone: creating it again would undo what others decided. */
    private FSDataOutputStream openNew(Path temporary) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(temporary);
        builder.overwrite(false);
        if (builder instanceof HdfsDataOutputStreamBuilder hdfs) {
            // The sync before the rename covers the last block only.
            hdfs.syncBlock();
        }
        return builder.build();
    }

    private FencedException fenced(IOException cause) {
        return new FencedException(
                "the temporary files of this run are gone from " + folder()
                        + ": another run of this export took it for dead and removed them; this run stops, nothing is"
                        + " lost",
                cause);
    }

    private void rename(Path temporary, Path target) throws IOException {
        if (fileSystem instanceof DistributedFileSystem hdfs) {
            hdfs.rename(temporary, target, Options.Rename.NONE);
        } else if (!fileSystem.rename(temporary, target)) {
            if (fileSystem.exists(target)) {
                throw new org.apache.hadoop.fs.FileAlreadyExistsException(target.toString());
            }
            throw new IOException("the file system refused to rename " + temporary + " to it");
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        if (fileSystem.exists(file) && fileSystem.getFileStatus(file).isDirectory()) {
            throw new IOException("it is a directory");
        }
        fileSystem.delete(file, false);
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return runs.removeDead(runId);
    }

    @Override
    public List<String> liveRuns() throws IOException {
        return runs.alive(runId);
    }

    @Override
    public synchronized void close() throws IOException {
        if (lock != null) {
            try {
                fileSystem.delete(folder(), false);
            } finally {
                lock.close();
            }
        }
    }

    private final class Upload extends PendingUpload {
        private final Path target;
        private final Path temporary;
        private final FSDataOutputStream out;

        Upload(Path target, Path temporary, FSDataOutputStream out) {
            super(target.toString(), failures);
            this.target = target;
            this.temporary = temporary;
            this.out = out;
        }

        @Override
        void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        void complete() throws IOException {
            try {
                out.hsync();
                out.close();
                fileSystem.mkdirs(Objects.requireNonNull(target.getParent()));
                rename(temporary, target);
            } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
                FileAlreadyExistsException taken = new FileAlreadyExistsException(place());
                taken.initCause(e);
                throw taken;
            } catch (IOException e) {
                throw explained(e);
            }
        }

        /** A rename whose reply was lost is no loss of the temporary file. */
        private IOException explained(IOException failure) {
            try {
                if (!fileSystem.exists(temporary) && !fileSystem.exists(target)) {
                    throw fenced(failure);
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }

        @Override
        void discard() throws IOException {
            try {
                fileSystem.delete(temporary, false);
            } finally {
                closeWithoutFile();
            }
        }

        private void closeWithoutFile() {
            try {
                out.close();
            } catch (IOException e) {
                // The file that it would complete is gone.
                return;
            }
        }
    }
}
