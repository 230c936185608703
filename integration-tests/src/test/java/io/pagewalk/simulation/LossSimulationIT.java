package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.FencedException;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * An export that goes on without what is lost, while retention takes records away at any moment and the process dies at any
 * operation: each record is in its file once or on record as lost, and was on record before the file could be seen.
 */
class LossSimulationIT {
    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/" + SimulatedExport.ID + "/tmp";
    private static final int SEEDS = LongTests.count(16, 200);
    private static final int MOST_RUNS = 1000;

    @Test
    void omitsNothingThatIsNotOnRecordHoweverOftenItIsCrashed() throws IOException {
        long lost = 0;
        long crashes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedExport export = export(seed, random);
            String description = export + ", seed " + seed;
            LossAudit audit = audit(export);
            export.topic().expireAtRandom(random.split());
            SimulatedDisk disk = new SimulatedDisk(seed);
            int runs = 0;
            for (boolean crashed = true; crashed; ) {
                assertThat(++runs).as("%s: runs", description).isLessThan(MOST_RUNS);
                SimulatedDisk.SimulatedProcess process = disk.start();
                process.crashAt(1 + random.nextInt(60), random.nextBoolean() ? CrashPoint.BEFORE : CrashPoint.AFTER);
                crashed = runUntilCrash(export, process, "run-" + runs);
                audit.check(disk.files(ROOT), description + ", run " + runs);
                Outage outage = random.nextBoolean() ? Outage.KILLED : Outage.POWER_LOST;
                disk.end(outage);
                if (outage == Outage.POWER_LOST) {
                    audit.powerWasLost(disk.files(ROOT));
                }
                audit.check(disk.files(ROOT), description + ", after run " + runs);
                crashes += crashed ? 1 : 0;
            }
            export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-last"), "run-last");

            audit.check(disk.files(ROOT), description);
            ExportAudit.assertComplete(disk.files(ROOT), export.topic().extent(), description);
            lost += audit.lost(disk.files(ROOT));
        }
        assertThat(lost).as("offsets lost in %d exports", SEEDS).isGreaterThan(SEEDS);
        assertThat(crashes).as("crashes in %d exports", SEEDS).isGreaterThan(SEEDS);
    }

    @Test
    void changesNothingThatIsCommittedThoughItSleptWhileAnotherWentOn() throws IOException {
        int fenced = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedExport export = export(seed, random);
            String description = export + ", seed " + seed;
            LossAudit audit = audit(export);
            export.topic().expireAtRandom(random.split());
            SimulatedDisk disk = new SimulatedDisk(seed);
            SimulatedDisk.SimulatedProcess sleeper = disk.start();
            Sleep sleep = new Sleep(
                    1 + random.nextInt(80),
                    () -> export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "rival"), "rival"),
                    disk);
            sleeper.inject(sleep);

            try {
                export.run(sleeper.storage(ROOT, TEMPORARY_FOLDER, "sleeper"), "sleeper");
            } catch (FencedException e) {
                fenced++;
            }

            if (sleep.committed != null) {
                assertCommittedUnchanged(disk.files(ROOT), sleep.committed, description);
            }
            audit.check(disk.files(ROOT), description);
            ExportAudit.assertComplete(disk.files(ROOT), export.topic().extent(), description);
        }
        assertThat(fenced).as("sleepers that were fenced").isGreaterThan(SEEDS / 2);
    }

    private static void assertCommittedUnchanged(
            SortedMap<String, byte[]> files, SortedMap<String, byte[]> committed, String description) {
        committed.keySet().removeIf(name -> name.contains("/tmp"));
        assertThat(files.keySet()).as(description).containsAll(committed.keySet());
        committed.forEach((name, bytes) ->
                assertThat(files.get(name)).as("%s: %s", description, name).isEqualTo(bytes));
    }

    /** A run that goes on while the process is asleep at one of its operations. */
    private static final class Sleep implements Faults {
        interface Rival {
            void run() throws IOException;
        }

        private final long operation;
        private final Rival rival;
        private final SimulatedDisk disk;
        private long operations;
        private SortedMap<String, byte[]> committed;

        Sleep(long operation, Rival rival, SimulatedDisk disk) {
            this.operation = operation;
            this.rival = rival;
            this.disk = disk;
        }

        @Override
        public void before(Operation performed, String name) throws IOException {
            if (++operations == operation) {
                rival.run();
                committed = disk.files(ROOT);
            }
        }
    }

    private static SimulatedExport export(long seed, SplittableRandom random) {
        int[] sizes = new int[1 + random.nextInt(3)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = random.nextInt(40);
        }
        long fileSize = 1L + random.nextInt(9);
        return new SimulatedExport(
                new SimulatedTopic(seed, sizes),
                random.nextBoolean() ? Direction.ASC : Direction.DESC,
                fileSize * (1 + random.nextInt(4)),
                fileSize,
                "jsonl",
                true,
                false,
                null);
    }

    /** What it has to be compared with comes from a run without harm. */
    private static LossAudit audit(SimulatedExport export) throws IOException {
        SimulatedDisk calm = new SimulatedDisk(0);
        export.run(calm.start().storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        return new LossAudit(export.topic(), calm.files(ROOT));
    }

    private static boolean runUntilCrash(SimulatedExport export, SimulatedDisk.SimulatedProcess process, String runId)
            throws IOException {
        try {
            export.run(process.storage(ROOT, TEMPORARY_FOLDER, runId), runId);
            return false;
        } catch (SimulatedCrash e) {
            return true;
        }
    }
}
