package io.pagewalk.simulation;

import io.pagewalk.internal.storage.SimulatedDisk.SimulatedProcess;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.StorageClient;
import io.pagewalk.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Places on simulated disks, as a connection finds them: its settings say whose. */
public final class SimulatedPlaces implements StorageProvider {
    static final DirectoryLocation OUTPUT = new DirectoryLocation("simulated", "simulated:/data/out", true);

    private static final String PROCESS = "simulated.process";
    private static final Map<String, Opening> PROCESSES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private record Opening(SimulatedProcess process, AtomicInteger runs) {}

    /**
     * What a connection of that process is told, until {@link #forget}.
     *
     * @param runs counts what opens places, which are called by that: ids at random would be listed in another order each time
     */
    static Map<String, String> settings(SimulatedProcess process, AtomicInteger runs) {
        String name = Integer.toString(COUNT.incrementAndGet());
        PROCESSES.put(name, new Opening(process, runs));
        return Map.of(PROCESS, name);
    }

    static void forget(Map<String, String> settings) {
        PROCESSES.remove(settings.get(PROCESS));
    }

    @Override
    public Set<String> schemes() {
        return Set.of(OUTPUT.scheme());
    }

    @Override
    public DirectoryLocation parse(String text) {
        return new DirectoryLocation(OUTPUT.scheme(), text, true);
    }

    @Override
    public StorageClient connect(PlaceSettings settings) {
        Opening opening = PROCESSES.get(settings.properties().get(PROCESS));
        return (location, temporaryFolder, runId) -> opening.process.storage(
                Path.of(location.text().substring(OUTPUT.scheme().length() + 1)),
                temporaryFolder,
                "run-" + opening.runs.incrementAndGet());
    }
}
