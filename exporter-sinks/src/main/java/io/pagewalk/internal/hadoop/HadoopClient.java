package io.pagewalk.internal.hadoop;

import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.StorageClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
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
