package io.pagewalk.simulation;

import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.Storages;
import io.pagewalk.internal.follow.FollowedPlace;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.storage.SimulatedDisk.SimulatedProcess;
import io.pagewalk.spi.PlaceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process of a {@link FollowedWorld}; until it is told to be harmed, nothing happens to it. */
final class FollowedProcess implements AutoCloseable {
    private static final Duration RETRY_TIMEOUT = Duration.ofMillis(200);

    private final FollowedWorld world;
    private final SimulatedProcess process;
    private final Map<String, String> settings;
    private final Connection connection;
    private @Nullable FollowedFaults faults;

    FollowedProcess(FollowedWorld world) {
        this.world = world;
        this.process = world.disk.start();
        this.settings = SimulatedPlaces.settings(process, world.opened);
        Storages storages = new Storages(new PlaceSettings(settings, List.of(), RETRY_TIMEOUT, Map.of()));
        this.connection =
                new Connection(new Connection.Settings(null, storages, RETRY_TIMEOUT, "host", line -> {}, 1, 0, null));
    }

    /** From now on it may die, and what it asks for may fail. */
    void harm() {
        faults = new FollowedFaults(world, process, Thread.currentThread());
        process.inject(faults);
        world.catalog.fail(faults.ofCatalog());
    }

    Connection connection() {
        return connection;
    }

    FollowedPlace place() {
        return new FollowedPlace(connection, SimulatedPlaces.OUTPUT, null, SimulatedExport.ID);
    }

    /** The export, to tell of. */
    ExportPlaces places() {
        Access access = connection.access(new StopSignal());
        return ExportPlaces.openToTell(access, SimulatedPlaces.OUTPUT, FollowedWorld.found(), connection.newOrigin());
    }

    @Override
    public void close() throws IOException {
        if (faults != null) {
            world.catalog.fail(io.pagewalk.internal.iceberg.FaultyCatalog.NONE);
            process.inject(io.pagewalk.internal.storage.Faults.NONE);
        }
        connection.close();
        SimulatedPlaces.forget(settings);
        // By who has killed it.
        Thread.interrupted();
    }
}
