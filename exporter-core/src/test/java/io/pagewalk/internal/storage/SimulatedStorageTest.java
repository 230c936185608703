package io.pagewalk.internal.storage;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** {@link LocalStorage} on a simulated disk, each run a process of its own. */
class SimulatedStorageTest extends StorageContractTest {
    private static final Path ROOT = Path.of("/data/out");

    private final SimulatedDisk disk = new SimulatedDisk(1);

    @Override
    protected Storage open(String runId) {
        return disk.start().storage(ROOT, TEMPORARY_FOLDER, runId);
    }

    @Override
    protected void beginAndDie(String runId, String name) throws IOException {
        SimulatedDisk.SimulatedProcess process = disk.start();
        process.storage(ROOT, TEMPORARY_FOLDER, runId).create(name).stream().write(1);
        process.kill();
    }

    @Override
    protected void takeAwayTemporaries(String runId) throws IOException {
        disk.removeAll(ROOT.resolve(TEMPORARY_FOLDER).resolve(runId));
    }

    @Override
    protected Collection<String> everything() {
        return disk.files(ROOT).keySet().stream()
                .filter(name -> !name.endsWith(RunFolder.LOCK))
                .toList();
    }
}
