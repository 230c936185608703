package io.pagewalk.internal.hadoop;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BulkDelete;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that have no name until they are completed, which the store does on the condition that the name is free. Nothing but
 * the probe is temporary: an upload of a run that died is never visible, and nobody can tell it from one that is under way, so
 * that nobody's is ever aborted. The store's own life-cycle rules are for those.
 */
final class ConditionalPublisher implements Publisher {
    private static final String IN_PARTS = "fs.s3a.create.multipart";

    private final Scheme scheme;
    private final FileSystem fileSystem;
    private final Failures failures;
    private final LeftProbes leftProbes;
    private final String runId;

    ConditionalPublisher(
            Scheme scheme,
            FileSystem fileSystem,
            Questions questions,
            Failures failures,
            Path temporaryFolder,
            String runId) {
        this.scheme = scheme;
        this.fileSystem = fileSystem;
        this.failures = failures;
        this.leftProbes = new LeftProbes(fileSystem, questions, this, temporaryFolder);
        this.runId = runId;
    }

    @Override
    public PendingUpload create(Path target, Way way) throws IOException {
        return new Upload(target, scheme == Scheme.S3A ? s3(target, way) : createNew(target));
    }

    /** {@code fs.create(path, false)} looks at the name only now: whoever closes last would win. */
    private FSDataOutputStream s3(Path target, Way way) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(target);
        builder.overwrite(true);
        builder.recursive();
        builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
        if (way == Way.IN_PARTS) {
            builder.must(IN_PARTS, true);
        }
        return builder.build();
    }

    /** Null if the name is taken. The connector completes it on the condition that there is no generation of it. */
    private @Nullable FSDataOutputStream createNew(Path target) throws IOException {
        try {
            return fileSystem.create(target, false);
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return null;
        }
    }

    /** S3A's ordinary delete would leave an empty object for each directory that has become empty. */
    @Override
    public void delete(Path file) throws IOException {
        if (scheme != Scheme.S3A) {
            fileSystem.delete(file, false);
            return;
        }
        deleteObject(fileSystem, file);
    }

    /** S3A would put a marker of a directory in the place of the last file in it. */
    static void deleteObject(FileSystem fileSystem, Path file) throws IOException {
        try (BulkDelete bulk = fileSystem.createBulkDelete(file.getParent())) {
            for (Map.Entry<Path, String> failure : bulk.bulkDelete(List.of(file))) {
                throw new AccessDeniedException(file.toString(), null, failure.getValue());
            }
        }
    }

    @Override
    public synchronized int removeDeadTemporaries() throws IOException {
        return leftProbes.remove(runId);
    }

    @Override
    public List<String> liveRuns() {
        return List.of();
    }

    @Override
    public void close() {}

    private final class Upload extends PendingUpload {
        private final Path target;
        private final @Nullable FSDataOutputStream out;

        Upload(Path target, @Nullable FSDataOutputStream out) {
            super(target.toString(), failures);
            this.target = target;
            this.out = out;
        }

        @Override
        void write(byte[] bytes, int offset, int length) throws IOException {
            if (out != null) {
                out.write(bytes, offset, length);
            }
        }

        @Override
        void complete() throws IOException {
            if (out == null) {
                throw new FileAlreadyExistsException(place());
            }
            try {
                out.close();
            } catch (IOException e) {
                throw isTaken(e) ? taken(e) : e;
            }
        }

        /**
         * The store says so; or it has forgotten the upload, which it does when it has completed it but the reply was lost.
         * Whose file it is the caller finds out in either case.
         */
        private boolean isTaken(IOException failure) throws IOException {
            if (Failures.isConflict(failure)) {
                return true;
            }
            if (!Failures.isForgottenUpload(failure)) {
                return false;
            }
            try {
                return fileSystem.getFileStatus(target).isFile();
            } catch (IOException e) {
                failure.addSuppressed(e);
                return false;
            }
        }

        private FileAlreadyExistsException taken(IOException cause) {
            FileAlreadyExistsException taken = new FileAlreadyExistsException(place());
            taken.initCause(cause);
            return taken;
        }

        /** GCS's stream can only be left alone: closing it would publish. The store drops the upload after a week. */
        @Override
        void discard() {
            if (scheme == Scheme.S3A && out != null) {
                out.abort();
            }
        }
    }
}
