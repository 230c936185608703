package io.pagewalk.internal.hadoop;

import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.StorageClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * The file systems of one connection: one for each bucket, or what stands for one. Nobody waits for another's connecting: who
 * finds no file system opens one, and where two have done so, one is closed again.
 */
final class HadoopClient implements StorageClient {
    private final PlaceSettings settings;
    private final Opener opener;
    private final Map<String, SharedFileSystem> shared = new HashMap<>();
    private boolean closed;

    /** Opens a file system that nobody else has. */
    interface Opener {
        FileSystem open(Scheme scheme, Path root, Configuration configuration) throws IOException;
    }

    HadoopClient(PlaceSettings settings) {
        this(settings, (scheme, root, configuration) -> {
            scheme.requireImplementation(configuration);
            return FileSystems.open(root, configuration, settings.environment());
        });
    }

    HadoopClient(PlaceSettings settings, Opener opener) {
        this.settings = settings;
        this.opener = opener;
    }

    @Override
    public Storage open(DirectoryLocation location, String temporaryFolder, String runId) {
        return new HadoopStorage(this, Scheme.of(location.scheme()), new Path(location.text()), temporaryFolder, runId);
    }

    @Override
    public void replace(DirectoryLocation directory, String name, byte[] content) throws IOException {
        onFile(directory, name, "write", (fileSystem, file) -> put(fileSystem, file, content));
    }

    @Override
    public void remove(DirectoryLocation directory, String name) throws IOException {
        boolean markers = Scheme.of(directory.scheme()) == Scheme.S3A;
        onFile(directory, name, "remove", (fileSystem, file) -> {
            if (markers) {
                ConditionalPublisher.deleteObject(fileSystem, file);
            } else {
                fileSystem.delete(file, false);
            }
        });
    }

    /** An object appears as a whole; elsewhere a file of another name is renamed. */
    private static void put(FileSystem fileSystem, Path file, byte[] content) throws IOException {
        if (!(fileSystem instanceof DistributedFileSystem hdfs)) {
            write(fileSystem, file, content);
            return;
        }
        Path temporary = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
        try {
            write(fileSystem, temporary, content);
            hdfs.rename(temporary, file, Options.Rename.OVERWRITE);
        } finally {
            // It is gone if it was renamed.
            fileSystem.delete(temporary, false);
        }
    }

    private static void write(FileSystem fileSystem, Path file, byte[] content) throws IOException {
        try (FSDataOutputStream out = fileSystem.create(file, true)) {
            out.write(content);
        }
    }

    private interface FileWork {
        void on(FileSystem fileSystem, Path file) throws IOException;
    }

    private void onFile(DirectoryLocation directory, String name, String what, FileWork work) throws IOException {
        Path file = new Path(new Path(directory.text()), new Path(null, null, name));
        SharedFileSystem.Lease lease = lease(Scheme.of(directory.scheme()), new Path(directory.text()));
        try {
            lease.failures().call(what, file.toString(), () -> {
                work.on(lease.fileSystem(), file);
                return file;
            });
        } finally {
            lease.leave();
        }
    }

    PlaceSettings settings() {
        return settings;
    }

    /** The file system for one run. */
    SharedFileSystem.Lease lease(Scheme scheme, Path root) throws IOException {
        String key = scheme + "://" + root.toUri().getRawAuthority();
        SharedFileSystem.Lease lease = join(key);
        return lease != null ? lease : keep(key, connect(scheme, root));
    }

    private synchronized SharedFileSystem.@Nullable Lease join(String key) {
        SharedFileSystem known = shared.get(key);
        return known == null ? null : known.lease();
    }

    private SharedFileSystem connect(Scheme scheme, Path root) throws IOException {
        Configuration configuration = HadoopSettings.configuration(settings);
        Failures failures = new Failures(configuration);
        return new SharedFileSystem(
                failures.call("use", root.toString(), () -> opener.open(scheme, root, configuration)), failures);
    }

    private SharedFileSystem.Lease keep(String key, SharedFileSystem connected) throws IOException {
        SharedFileSystem.Lease lease;
        synchronized (this) {
            lease = join(key);
            if (lease == null) {
                lease = connected.first();
                shared.put(key, connected);
            }
            if (!closed && lease.isOf(connected)) {
                return lease;
            }
        }
        // Somebody was faster, or the connection has ended: it lives no longer than who uses it.
        connected.end(settings.retryTimeout());
        return lease;
    }

    @Override
    public void close() throws IOException {
        List<SharedFileSystem> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(shared.values());
        }
        for (SharedFileSystem fileSystem : all) {
            fileSystem.end(settings.retryTimeout());
        }
    }
}
