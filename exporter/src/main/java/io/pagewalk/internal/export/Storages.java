package io.pagewalk.internal.export;

import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.run.Proof;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.StorageClient;
import io.pagewalk.spi.StorageProvider;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storages of one connection, which share what their providers keep for it. Any thread may use it. */
public final class Storages implements Closeable {
    private final PlaceSettings settings;
    private final Map<String, StorageClient> clients = new HashMap<>();
    private final Map<String, Proof> proofs = new HashMap<>();
    private boolean closed;

    public Storages(PlaceSettings settings) {
        this.settings = settings;
    }

    PlaceSettings settings() {
        return settings;
    }

    /** The storage at a location, for one run. Touches nothing yet. */
    public Storage open(DirectoryLocation location, String runId) {
        return client(location).open(location, OutputLayout.TEMPORARY_FOLDER, runId);
    }

    /** As {@link StorageClient#replace}. */
    public void replace(DirectoryLocation directory, String name, byte[] content) throws IOException {
        client(directory).replace(directory, name, content);
    }

    /** As {@link StorageClient#remove}. */
    public void remove(DirectoryLocation directory, String name) throws IOException {
        client(directory).remove(directory, name);
    }

    synchronized Proof proof(DirectoryLocation output, @Nullable Location log) {
        String text = output.toString();
        String beside = text.substring(0, Math.max(0, text.lastIndexOf('/')));
        return proofs.computeIfAbsent(beside + "\n" + log, place -> new Proof());
    }

    private synchronized StorageClient client(DirectoryLocation location) {
        if (closed) {
            throw new IllegalStateException("cannot open " + location + ": the connection is closed");
        }
        return clients.computeIfAbsent(location.scheme(), scheme -> {
            StorageProvider provider = Providers.ofStorages(scheme);
            if (provider == null) {
                throw Providers.nobodyServes(location);
            }
            return provider.connect(settings);
        });
    }

    /**
     * Frees what no run uses; what one uses is freed when it ends. Never fails: whatever was published is durable, so nothing is
     * lost by a client that cannot be closed.
     */
    @Override
    public void close() {
        List<StorageClient> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(clients.values());
        }
        all.forEach(Storages::closeQuietly);
    }

    private static void closeQuietly(StorageClient client) {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            return;
        }
    }
}
