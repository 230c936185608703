package io.pagewalk.internal.export;

import io.pagewalk.internal.checkpoint.kafka.KafkaLogProvider;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.Proof;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.location.LogLocation;
import io.pagewalk.spi.CheckpointStoreProvider;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import org.jspecify.annotations.Nullable;

/** Opens locations, with what one command was told about how to reach them. Opening touches nothing yet. */
public final class Access {
    private final Connection connection;
    private final Storages storages;
    private final StopSignal stop;
    private final Waits waits = new Waits();

    /** @param stop ends waiting for the cluster of a log in a topic */
    Access(Connection connection, StopSignal stop) {
        this.connection = connection;
        this.storages = connection.storages();
        this.stop = stop;
    }

    /** What is waited for there. */
    public Waits waits() {
        return waits;
    }

    /** The storage at a location, for one run. */
    public Storage storage(DirectoryLocation location, String runId) {
        return storages.open(location, runId);
    }

    /** That of an export's place and of those beside it, whose logs are where its log is. */
    Proof proof(DirectoryLocation output, @Nullable Location log) {
        return storages.proof(output, log);
    }

    /** Logs that are in no directory, for who runs their export, or removes it. */
    public CheckpointStores stores(LogLocation location, LogName logs) {
        return logs(location).open(location, logs.toString(), storages.settings());
    }

    /** Likewise, to look at. */
    public CheckpointStores view(LogLocation location, LogName logs) {
        return logs(location).view(location, logs.toString(), storages.settings());
    }

    private CheckpointStoreProvider logs(LogLocation location) {
        CheckpointStoreProvider provider =
                Providers.ofLogs(location.scheme(), () -> new KafkaLogProvider(connection::logs, stop, waits));
        if (provider == null) {
            throw Providers.nobodyServes(location);
        }
        return provider;
    }
}
