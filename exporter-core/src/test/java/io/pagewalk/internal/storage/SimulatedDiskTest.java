package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The simulation must be able to do harm, or what it proves is worth nothing. */
class SimulatedDiskTest {
    private static final Path ROOT = Path.of("/out");
    private static final int SEEDS = 2000;

    @Test
    void losesUnsyncedBytesWhollyInPartOrNotAtAll() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            PendingFile file = storage(disk.start()).create("name");
            file.stream().write(new byte[] {1, 2, 3, 4});

            disk.end(Outage.POWER_LOST);

            byte[] content = disk.files(ROOT).get("tmp/run/0.tmp");
            outcomes.add(content == null ? "no name" : Arrays.toString(content));
        }
        assertThat(outcomes).contains("no name", "[]", "[1, 2]", "[1, 2, 3, 4]", "[1, 2, 0, 0]");
    }

    @Test
    void losesUnsyncedNamesOneByOne() throws IOException {
        Set<Set<String>> outcomes = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            Storage storage = storage(disk.start());
            storage.create("name");
            storage.create("other");

            disk.end(Outage.POWER_LOST);

            outcomes.add(disk.files(ROOT.resolve("tmp/run")).keySet());
        }
        assertThat(outcomes)
                .containsExactlyInAnyOrder(Set.of(), Set.of("0.tmp"), Set.of("1.tmp"), Set.of("0.tmp", "1.tmp"));
    }

    @Test
    void leavesTheDiskOfAKilledProcessAsItIs() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        storage(disk.start()).create("name").stream().write(7);

        disk.end(Outage.KILLED);

        assertThat(disk.files(ROOT)).containsOnlyKeys("tmp/run.lock", "tmp/run/0.tmp");
        assertThat(disk.files(ROOT).get("tmp/run/0.tmp")).containsExactly(7);
    }

    @Test
    void deniesADeadProcessEveryEffect() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(1);
        SimulatedDisk.SimulatedProcess process = disk.start();
        Storage storage = storage(process);
        PendingFile file = storage.create("name");
        process.crashAt(process.operations() + 1, CrashPoint.AFTER);

        assertThatExceptionOfType(SimulatedCrash.class)
                .isThrownBy(() -> file.stream().write(7));

        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(file::close);
        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(storage::close);
        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> storage.list(""));
        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(() -> storage.delete("name"));
        assertThat(disk.files(ROOT)).containsOnlyKeys("tmp/run.lock", "tmp/run/0.tmp");
    }

    @Test
    void countsTheSameOperationsEachTime() throws IOException {
        Set<Long> counts = new HashSet<>();
        for (long seed = 0; seed < 5; seed++) {
            SimulatedDisk.SimulatedProcess process = new SimulatedDisk(seed).start();
            try (Storage storage = storage(process)) {
                StorageContractTest.publish(storage, "a/b/c", "content");
            }
            counts.add(process.operations());
        }
        assertThat(counts).hasSize(1);
    }

    private static Storage storage(SimulatedDisk.SimulatedProcess process) {
        return process.storage(ROOT, "tmp", "run");
    }
}
