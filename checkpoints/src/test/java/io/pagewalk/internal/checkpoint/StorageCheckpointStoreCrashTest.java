package io.pagewalk.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops a log on the local disk at every step, and cuts the power again once the next run has looked at it. */
class StorageCheckpointStoreCrashTest {
    private static final Path ROOT = Path.of("/data/out");
    private static final String DIRECTORY = "_pagewalk/orders";
    private static final int ENTRIES = 4;
    private static final int SEEDS = 10;

    @ParameterizedTest
    @EnumSource
    void neverLosesAnEntryThatCounted(Outage outage) throws IOException {
        SimulatedDisk.SimulatedProcess undisturbed = new SimulatedDisk(0).start();
        appendAll(undisturbed, "undisturbed", new long[1]);
        for (long operation = 1; operation <= undisturbed.operations(); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    String crash = outage + " " + point + " operation " + operation + ", seed " + seed;
                    SimulatedDisk disk = new SimulatedDisk(seed);
                    long[] counted = {-1};
                    SimulatedDisk.SimulatedProcess process = disk.start();
                    process.crashAt(operation, point);
                    try {
                        appendAll(process, "first", counted);
                    } catch (SimulatedCrash e) {
                        disk.end(outage);
                    }

                    long seen = last(disk, "second");
                    assertThat(seen).as(crash).isGreaterThanOrEqualTo(counted[0]);
                    disk.end(Outage.POWER_LOST);
                    assertThat(last(disk, "third")).as(crash).isEqualTo(seen);

                    appendAll(disk.start(), "fourth", counted);
                    disk.end(Outage.POWER_LOST);
                    assertComplete(disk, crash);
                }
            }
        }
    }

    /** Notes in {@code counted} up to which entry the log was reported to reach. */
    private static void appendAll(SimulatedDisk.SimulatedProcess process, String runId, long[] counted)
            throws IOException {
        try (Storage storage = process.storage(ROOT, DIRECTORY + "/tmp", runId)) {
            CheckpointStore log = new StorageCheckpointStore(storage, DIRECTORY);
            OptionalLong last = log.lastSequence();
            for (long next = last.orElse(-1) + 1; next < ENTRIES; next++) {
                try {
                    log.append(next, entry(next));
                } catch (FileAlreadyExistsException e) {
                    throw new AssertionError("nobody else appends", e);
                }
                counted[0] = next;
            }
        }
    }

    private static long last(SimulatedDisk disk, String runId) throws IOException {
        try (Storage storage = disk.start().storage(ROOT, DIRECTORY + "/tmp", runId)) {
            CheckpointStore log = new StorageCheckpointStore(storage, DIRECTORY);
            return log.lastSequence().orElse(-1);
        }
    }

    private static void assertComplete(SimulatedDisk disk, String crash) throws IOException {
        try (Storage storage = disk.start().storage(ROOT, DIRECTORY + "/tmp", "reader")) {
            CheckpointStore log = new StorageCheckpointStore(storage, DIRECTORY);
            assertThat(log.lastSequence()).as(crash).hasValue(ENTRIES - 1);
            for (long sequence = 0; sequence < ENTRIES; sequence++) {
                assertThat(log.read(sequence)).as(crash).isEqualTo(entry(sequence));
            }
        }
    }

    private static byte[] entry(long sequence) {
        return CheckpointStoreContractTest.bytes("the entry with the number " + sequence);
    }
}
