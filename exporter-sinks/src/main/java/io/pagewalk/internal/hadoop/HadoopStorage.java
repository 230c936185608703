package io.pagewalk.internal.hadoop;

import io.pagewalk.internal.storage.Bounded;
import io.pagewalk.internal.storage.StorageNames;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files below a directory of one of Hadoop's file systems: {@code s3a}, {@code gs}, {@code hdfs}, {@code abfs}, {@code abfss}.
 *
 * <p>On S3 and GCS a file is an upload, completed on the condition that its name is free. There are no temporary files but the
 * probe, which is removed once it is a day old, no run is known to be alive, and what a killed run has uploaded is never visible,
 * but kept (and charged) by the store until a life-cycle rule of the bucket drops it: nobody can tell it from an upload that is
 * under way.
 *
 * <p>On HDFS and ABFS a file is written in the run's temporary folder, synced, and renamed. On HDFS a run's lock is a lease, so
 * that its files are removed once it has been dead for a minute; a run that was suspended for so long may find itself fenced.
 * On ABFS it cannot be known which runs are alive: none is reported, and what a killed run leaves in the temporary folder
 * stays until somebody deletes it.
 *
 * <p>Opening a storage touches nothing: the file system is connected to when first used, or taken over from another run of the
 * connection. Before the first file is begun there, one probe is published that nobody reads, to find out whether the place would
 * overwrite.
 */
final class HadoopStorage implements Storage {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Clients give up by themselves after the retry timeout, or about then. */
    static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private final HadoopClient client;
    private final Scheme scheme;
    private final Path root;
    private final Path temporaryFolder;
    private final String runId;
    private final Set<PendingUpload> pending = ConcurrentHashMap.newKeySet();
    private @Nullable Opened opened;
    private boolean probed;
    private boolean closed;

    private record Opened(SharedFileSystem.Lease lease, Questions questions, Publisher publisher) {
        FileSystem fileSystem() {
            return lease.fileSystem();
        }

        Failures failures() {
            return lease.failures();
        }
    }

    /** As {@link io.pagewalk.spi.StorageClient#open} says. */
    HadoopStorage(HadoopClient client, Scheme scheme, Path root, String temporaryFolder, String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("not an id of a run: " + runId);
        }
        this.client = client;
        this.scheme = scheme;
        this.root = root;
        this.temporaryFolder = child(root, StorageNames.check(temporaryFolder));
        this.runId = runId;
    }

    @Override
    public String location() {
        String text = root.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private synchronized Opened opened() throws IOException {
        if (closed) {
            throw new IOException("cannot use " + root + ": the storage is closed");
        }
        if (opened == null) {
            SharedFileSystem.Lease lease = client.lease(scheme, root);
            FileSystem fileSystem = lease.fileSystem();
            Questions questions = new Questions(scheme, fileSystem);
            Publisher publisher = scheme.isObjectStore()
                    ? new ConditionalPublisher(scheme, fileSystem, questions, lease.failures(), temporaryFolder, runId)
                    : new RenamePublisher(fileSystem, lease.failures(), temporaryFolder, runId);
            opened = new Opened(lease, questions, publisher);
        }
        return opened;
    }

    private interface Use<T> {
        T of(Opened opened) throws IOException;
    }

    private <T> T use(String what, String place, Use<T> use) throws IOException {
        Opened open = opened();
        return open.failures().call(what, place, () -> use.of(open));
    }

    @Override
    public PendingFile create(String name) throws IOException {
        Path target = resolve(name);
        return use("create", target.toString(), open -> {
            probe(open);
            PendingUpload file =
                    open.publisher().create(target, Publisher.Way.USUAL).in(pending);
            return file.told(() -> open.questions().holds(target.getParent()));
        });
    }

    private synchronized void probe(Opened open) throws IOException {
        if (!probed && !open.lease().isProven()) {
            open.lease().prove(() -> {
                scheme.requireConditions(open.fileSystem(), root);
                ExclusivityProbe.run(open.publisher(), child(temporaryFolder, runId + ExclusivityProbe.SUFFIX));
            });
        }
        probed = true;
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        Path file = resolve(name);
        return use("open", file.toString(), open -> {
            FileStatus status = open.questions().status(file);
            return new ReadChannel(open.questions().open(status), status.getLen(), file.toString(), open.failures());
        });
    }

    @Override
    public SeekableByteChannel open(String name, long size) throws IOException {
        if (!scheme.isObjectStore()) {
            return open(name);
        }
        Path file = resolve(name);
        return use(
                "open",
                file.toString(),
                open -> new ReadChannel(open.questions().open(file, size), size, file.toString(), open.failures()));
    }

    /** A file shows its name only when it is durable. */
    @Override
    public void persist(String name) throws IOException {
        if (!exists(name)) {
            throw new NoSuchFileException(resolve(name).toString());
        }
    }

    @Override
    public boolean exists(String name) throws IOException {
        Path file = resolve(name);
        return use("look for", file.toString(), open -> open.questions().isFile(file));
    }

    @Override
    public void names(String directory, Consumer<String> names) throws IOException {
        statuses(directory, status -> names.accept(status.getPath().getName()));
    }

    @Override
    public List<StoredFile> list(String directory) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        statuses(directory, status -> {
            if (status.isFile()) {
                files.add(new StoredFile(join(directory, status.getPath().getName()), status.getLen()));
            }
        });
        return files;
    }

    @Override
    public List<String> listDirectories(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        statuses(directory, status -> {
            if (status.isDirectory()) {
                names.add(join(directory, status.getPath().getName()));
            }
        });
        return names;
    }

    private void statuses(String directory, Consumer<FileStatus> each) throws IOException {
        Path path = directory.isEmpty() ? root : resolve(directory);
        if (isTemporary(path)) {
            return;
        }
        use("list", path.toString(), open -> {
            open.questions().list(path, status -> {
                String child = status.getPath().toUri().getPath();
                if (!child.equals(path.toUri().getPath()) && !isTemporary(status.getPath())) {
                    each.accept(status);
                }
            });
            return path;
        });
    }

    private boolean isTemporary(Path path) {
        String text = path.toUri().getPath() + "/";
        return text.startsWith(temporaryFolder.toUri().getPath() + "/");
    }

    @Override
    public void delete(String name) throws IOException {
        Path file = resolve(name);
        use("delete", file.toString(), open -> {
            open.publisher().delete(file);
            return file;
        });
    }

    @Override
    public int removeDeadTemporaries() throws IOException {
        return use(
                "clear away",
                temporaryFolder.toString(),
                open -> open.publisher().removeDeadTemporaries());
    }

    @Override
    public List<String> liveRuns() throws IOException {
        return use("list", temporaryFolder.toString(), open -> open.publisher().liveRuns());
    }

    @Override
    public void close() throws IOException {
        Opened open;
        synchronized (this) {
            open = opened;
            if (closed || open == null) {
                closed = true;
                return;
            }
            closed = true;
        }
        try {
            Bounded.run(() -> close(open), client.settings().retryTimeout().plus(CLOSE_GRACE));
        } finally {
            open.lease().requireLeft();
        }
    }

    private void close(Opened open) throws IOException {
        try {
            for (PendingUpload file : pending) {
                file.close();
            }
            open.failures().call("end the run in", temporaryFolder.toString(), () -> {
                open.publisher().close();
                return temporaryFolder;
            });
        } finally {
            open.lease().leave();
        }
    }

    private Path resolve(String name) {
        return child(root, StorageNames.check(name));
    }

    /** Takes names literally, also those with a colon. */
    private static Path child(Path parent, String name) {
        return new Path(parent, new Path(null, null, name));
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
