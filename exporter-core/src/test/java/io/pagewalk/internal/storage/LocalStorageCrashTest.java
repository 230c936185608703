package io.pagewalk.internal.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops {@link LocalStorage} at every one of its steps. */
class LocalStorageCrashTest {
    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/orders/tmp";
    private static final String NAME = "logs/orders/00000000000000000000.json";
    private static final byte[] CONTENT = "first part, second part, third part".getBytes(UTF_8);
    private static final int SEEDS = 25;

    @ParameterizedTest
    @EnumSource
    void publishesWhollyOrNotAtAll(Outage outage) throws IOException {
        long operations = operationsOfAnUndisturbedRun();
        for (long operation = 1; operation <= operations; operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    String crash = outage + " " + point + " operation " + operation + ", seed " + seed;
                    SimulatedDisk disk = new SimulatedDisk(seed);

                    boolean returned = runUntilCrash(disk, "first", operation, point);
                    disk.end(outage);
                    assertAbsentOrComplete(disk, returned, crash);

                    assertThat(runUntilCrash(disk, "second", 0, point))
                            .as(crash)
                            .isTrue();
                    disk.end(Outage.POWER_LOST);
                    assertAbsentOrComplete(disk, true, crash);
                    assertNothingElseIsLeft(disk, crash);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesASecondCrashWhileTheFirstIsCleanedUp(Outage outage) throws IOException {
        long operations = operationsOfAnUndisturbedRun();
        for (long first = 1; first <= operations; first++) {
            for (long second = 1; second <= operations + 5; second++) {
                long seed = first * 1000 + second;
                String crash = outage + " after operations " + first + " and " + second + ", seed " + seed;
                SimulatedDisk disk = new SimulatedDisk(seed);

                boolean returned = runUntilCrash(disk, "first", first, CrashPoint.AFTER);
                disk.end(outage);
                returned |= runUntilCrash(disk, "second", second, CrashPoint.AFTER);
                disk.end(Outage.POWER_LOST);

                assertAbsentOrComplete(disk, returned, crash);
                assertThat(runUntilCrash(disk, "third", 0, CrashPoint.AFTER))
                        .as(crash)
                        .isTrue();
                assertNothingElseIsLeft(disk, crash);
            }
        }
    }

    @Test
    void keepsAFileThatAnotherMadeVisibleOncePersisted() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            SimulatedDisk.SimulatedProcess writer = disk.start();
            writer.inject(new Faults() {
                @Override
                public void after(Operation operation, String name) {
                    if (operation == Operation.LINK && name.endsWith(".json")) {
                        writer.kill();
                    }
                }
            });
            try {
                publish(writer.storage(ROOT, TEMPORARY_FOLDER, "writer"));
            } catch (SimulatedCrash e) {
                assertThat(disk.files(ROOT)).containsKey(NAME);
            }

            disk.start().storage(ROOT, TEMPORARY_FOLDER, "reader").persist(NAME);
            disk.end(Outage.POWER_LOST);

            assertAbsentOrComplete(disk, true, "seed " + seed);
        }
    }

    @Test
    void bringsNoDeletedFileBack() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            Storage storage = disk.start().storage(ROOT, TEMPORARY_FOLDER, "run");
            publish(storage);

            storage.delete(NAME);
            disk.end(Outage.POWER_LOST);

            assertThat(disk.files(ROOT)).as("seed %s", seed).doesNotContainKey(NAME);
        }
    }

    private static long operationsOfAnUndisturbedRun() throws IOException {
        SimulatedDisk.SimulatedProcess process = new SimulatedDisk(0).start();
        run(process, "undisturbed", () -> {});
        return process.operations();
    }

    /** Returns whether the file was reported as published. */
    private static boolean runUntilCrash(SimulatedDisk disk, String runId, long operation, CrashPoint point)
            throws IOException {
        SimulatedDisk.SimulatedProcess process = disk.start();
        process.crashAt(operation, point);
        boolean[] published = new boolean[1];
        try {
            run(process, runId, () -> published[0] = true);
        } catch (SimulatedCrash e) {
            assertThat(process.operations()).isEqualTo(operation);
        }
        return published[0];
    }

    private static void run(SimulatedDisk.SimulatedProcess process, String runId, Runnable onPublished)
            throws IOException {
        try (Storage storage = process.storage(ROOT, TEMPORARY_FOLDER, runId)) {
            storage.removeDeadTemporaries();
            try {
                publish(storage);
            } catch (FileAlreadyExistsException e) {
                storage.persist(NAME);
            }
            onPublished.run();
        }
    }

    private static void publish(Storage storage) throws IOException {
        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(CONTENT, 0, 12);
            file.stream().write(CONTENT, 12, 13);
            file.stream().write(CONTENT, 25, CONTENT.length - 25);
            file.publish();
        }
    }

    private static void assertAbsentOrComplete(SimulatedDisk disk, boolean published, String crash) {
        SortedMap<String, byte[]> files = disk.files(ROOT);
        if (published || files.containsKey(NAME)) {
            assertThat(files.get(NAME)).as(crash).isEqualTo(CONTENT);
        }
    }

    private static void assertNothingElseIsLeft(SimulatedDisk disk, String crash) throws IOException {
        try (Storage storage = disk.start().storage(ROOT, TEMPORARY_FOLDER, "cleaner")) {
            storage.removeDeadTemporaries();
        }
        assertThat(disk.files(ROOT)).as(crash).containsOnlyKeys(NAME);
    }
}
