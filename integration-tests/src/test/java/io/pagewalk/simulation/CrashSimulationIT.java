package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.Advice;
import io.pagewalk.error.DataLossException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.WalkResult.Outcome;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An export that is crashed, wherever, as often as it takes, ends with the same bytes as one that never was. The disk is
 * simulated, so that a crash can be placed at every single operation, and so that a loss of power loses what was not synced.
 */
class CrashSimulationIT {
    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/" + SimulatedExport.ID + "/tmp";
    private static final int MOST_RUNS = 1000;
    /** Four are placed at each operation; an odd number, or some of the four would never be chosen. */
    private static final int ONE_CRASH_IN = 25;
    /** Two are placed at each operation. */
    private static final int ONE_FAILURE_IN = 9;
    /** Of those with dead letters, one of which is placed at each operation. */
    private static final int ONE_WITH_DEAD_LETTERS_IN = 3;

    static Stream<Arguments> exports() {
        return Stream.of(
                        new SimulatedExport(new SimulatedTopic(1, 22, 0, 7, 1), Direction.ASC, 12, 4, "jsonl"),
                        new SimulatedExport(new SimulatedTopic(2, 22, 0, 7, 1), Direction.DESC, 12, 4, "jsonl"),
                        new SimulatedExport(new SimulatedTopic(3, 3, 3, 3, 3), Direction.ASC, 2, 1, "jsonl"),
                        new SimulatedExport(new SimulatedTopic(4, 60), Direction.DESC, 30, 10, "jsonl"),
                        new SimulatedExport(new SimulatedTopic(5, 0, 0), Direction.ASC, 10, 10, "jsonl"),
                        new SimulatedExport(new SimulatedTopic(6, 20, 3), Direction.ASC, 16, 8, "parquet"),
                        new SimulatedExport(
                                new SimulatedTopic(7, 9, 3), Direction.DESC, 6, 3, SimulatedExport.WITH_IDS),
                        new SimulatedExport(SimulatedTopic.withStrays(10, 16, 0, 5), Direction.ASC, 12, 4, "jsonl")
                                .settingAside())
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("exports")
    void endsWithTheSameBytesAfterACrashAtAnyOperation(SimulatedExport export) throws IOException {
        SimulatedDisk calm = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess unharmed = calm.start();
        export.run(unharmed.storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        SortedMap<String, byte[]> expected = contents(calm.files(ROOT));
        long operations = unharmed.operations();
        assertThat(operations).isPositive();

        long crash = 0;
        for (long operation = 1; operation <= operations; operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (Outage outage : Outage.values()) {
                    if (!LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                        continue;
                    }
                    String description = export + ", " + outage + " " + point + " operation " + operation;
                    SimulatedDisk disk = new SimulatedDisk(operation);
                    SimulatedDisk.SimulatedProcess process = disk.start();
                    process.crashAt(operation, point);
                    runUntilCrash(export, process, "run-1");
                    disk.end(outage);

                    export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2");

                    assertSame(disk, export, expected, description);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("exports")
    void endsWithTheSameBytesAfterManyCrashesAtRandomOperations(SimulatedExport export) throws IOException {
        SimulatedDisk calm = new SimulatedDisk(0);
        export.run(calm.start().storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        SortedMap<String, byte[]> expected = contents(calm.files(ROOT));

        int crashes = 0;
        for (long seed = 0; seed < LongTests.count(1, 60); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedDisk disk = new SimulatedDisk(seed);
            int runs = 0;
            boolean crashed = true;
            while (crashed) {
                assertThat(++runs).as("%s, seed %d: runs", export, seed).isLessThan(MOST_RUNS);
                SimulatedDisk.SimulatedProcess process = disk.start();
                // A page with dead letters takes more operations, and one that never gets past a page never ends.
                int most = export.setsAside() ? 60 : 40;
                process.crashAt(1 + random.nextInt(most), random.nextBoolean() ? CrashPoint.BEFORE : CrashPoint.AFTER);
                crashed = runUntilCrash(export, process, "run-" + runs);
                disk.end(random.nextBoolean() ? Outage.KILLED : Outage.POWER_LOST);
            }
            export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-last"), "run-last");

            assertSame(disk, export, expected, export + ", seed " + seed);
            crashes += runs - 1;
        }
        assertThat(crashes).as("%s: crashes", export).isPositive();
    }

    @ParameterizedTest
    @MethodSource("exports")
    void endsWithTheSameBytesThoughAnyOperationFailsOrLosesItsReply(SimulatedExport export) throws IOException {
        InMemoryStorage.Location calm = new InMemoryStorage.Location();
        FailingOnce counting = new FailingOnce(Long.MAX_VALUE, CrashPoint.BEFORE);
        export.run(withFaults(calm, "run-0", counting), "run-0");
        SortedMap<String, byte[]> expected = contents(calm.files());

        long failure = 0;
        for (long operation = 1; operation <= counting.operations(); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                if (!LongTests.isChosen(failure++, ONE_FAILURE_IN)) {
                    continue;
                }
                InMemoryStorage.Location location = new InMemoryStorage.Location();
                String description = export + ", failure " + point + " operation " + operation;
                try {
                    export.run(withFaults(location, "run-1", new FailingOnce(operation, point)), "run-1");
                } catch (PagewalkException e) {
                    assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
                } catch (IOException e) {
                    assertThat(e).as(description).hasMessageContaining("injected");
                }

                export.run(location.open("run-2"), "run-2");

                assertThat(location.temporaries()).as(description).isEmpty();
                assertSame(location.files(), export, expected, description);
            }
        }
    }

    /** The dead letters come first, and say from then on what is set aside. */
    @Test
    void keepsToTheDeadLettersThatWerePublishedBeforeACrashAndACompaction() throws IOException {
        SimulatedDisk calm = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess unharmed = calm.start();
        exportWithStrays(SimulatedTopic.withStrays(11, 90))
                .run(unharmed.storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        int kept = 0;
        for (long operation = 1; operation <= unharmed.operations(); operation++) {
            if (!LongTests.isChosen(operation, ONE_WITH_DEAD_LETTERS_IN)) {
                continue;
            }
            SimulatedTopic topic = SimulatedTopic.withStrays(11, 90);
            SimulatedExport export = exportWithStrays(topic);
            SimulatedDisk disk = new SimulatedDisk(operation);
            SimulatedDisk.SimulatedProcess process = disk.start();
            process.crashAt(operation, CrashPoint.AFTER);
            runUntilCrash(export, process, "run-1");
            disk.end(Outage.POWER_LOST);
            SortedMap<String, byte[]> before = contents(disk.files(ROOT));
            topic.compact();

            export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2");

            SortedMap<String, byte[]> files = disk.files(ROOT);
            String description = "crashed after operation " + operation;
            before.forEach((name, bytes) ->
                    assertThat(files.get(name)).as("%s: %s", description, name).isEqualTo(bytes));
            assertThat(ExportAudit.setAside(files)).as(description).containsAll(topic.strays());
            ExportAudit.assertComplete(files, topic.extent(), description);
            kept += ExportAudit.setAside(files).size() > topic.strays().size() ? 1 : 0;
        }
        assertThat(kept)
                .as("crashes behind which a record is set aside that compaction has taken since")
                .isPositive();
    }

    @Test
    void stopsAtTheDeadLettersOfAnEarlierRunIfItIsToFailAtBadRecords() throws IOException {
        SimulatedTopic topic = SimulatedTopic.withStrays(12, 30);
        SimulatedExport export = exportWithStrays(topic);
        SimulatedExport failing = new SimulatedExport(topic, Direction.ASC, 30, 10, "jsonl");
        SimulatedDisk calm = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess unharmed = calm.start();
        export.run(unharmed.storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        SortedMap<String, byte[]> expected = contents(calm.files(ROOT));
        int stopped = 0;
        for (long operation = 1; operation <= unharmed.operations(); operation++) {
            if (!LongTests.isChosen(operation, ONE_WITH_DEAD_LETTERS_IN)) {
                continue;
            }
            SimulatedDisk disk = new SimulatedDisk(operation);
            SimulatedDisk.SimulatedProcess process = disk.start();
            process.crashAt(operation, CrashPoint.AFTER);
            runUntilCrash(export, process, "run-1");
            disk.end(Outage.KILLED);
            try {
                failing.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2");
            } catch (FormatMismatchException e) {
                stopped++;
                assertThat(e.advice()).isEqualTo(Advice.SET_RECORDS_ASIDE);
            }

            export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-3"), "run-3");

            assertSame(disk, export, expected, "failed behind operation " + operation);
        }
        assertThat(stopped).isPositive();
    }

    private static SimulatedExport exportWithStrays(SimulatedTopic topic) {
        return new SimulatedExport(topic, Direction.ASC, 30, 10, "jsonl").settingAside();
    }

    @Test
    void adoptsASliceThatWasPublishedBeforeItsRecordsWereCompactedAway() throws IOException {
        SimulatedTopic topic = new SimulatedTopic(7, 30);
        SimulatedExport export = new SimulatedExport(topic, Direction.ASC, 30, 10, "jsonl");
        SimulatedDisk calm = new SimulatedDisk(0);
        export.run(calm.start().storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0");
        SortedMap<String, byte[]> uncompacted = ExportAudit.dataFiles(calm.files(ROOT));
        SimulatedDisk disk = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess process = disk.start();
        process.inject(dyingAtTheCreationOf(process, 2));
        assertThat(runUntilCrash(export, process, "run-1")).isTrue();
        disk.end(Outage.POWER_LOST);
        SortedMap<String, byte[]> published = ExportAudit.dataFiles(disk.files(ROOT));
        assertThat(published).hasSize(2);
        topic.compact();

        export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2");

        SortedMap<String, byte[]> data = ExportAudit.dataFiles(disk.files(ROOT));
        published.forEach((name, bytes) ->
                assertThat(data.get(name)).as(name).isEqualTo(bytes).isEqualTo(uncompacted.get(name)));
        assertThat(data.get(data.lastKey())).isNotEqualTo(uncompacted.get(uncompacted.lastKey()));
        ExportAudit.assertComplete(disk.files(ROOT), topic.extent(), "compacted in between");
    }

    @Test
    void adoptsASliceThatWasPublishedBeforeRetentionPassedIt() throws IOException {
        SimulatedTopic topic = new SimulatedTopic(8, 30);
        SimulatedExport export = new SimulatedExport(topic, Direction.ASC, 30, 10, "jsonl");
        SimulatedDisk disk = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess process = disk.start();
        process.inject(dyingAtTheCreationOf(process, 2));
        assertThat(runUntilCrash(export, process, "run-1")).isTrue();
        disk.end(Outage.KILLED);
        long start = topic.extent().partitions().get(0).start();
        topic.expire(0, start + 20);

        export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2");

        ExportAudit.assertComplete(disk.files(ROOT), topic.extent(), "expired in between");
    }

    @Test
    void refusesToGoOnWhereRetentionHasPassedAnUnpublishedSlice() throws IOException {
        SimulatedTopic topic = new SimulatedTopic(9, 30);
        SimulatedExport export = new SimulatedExport(topic, Direction.ASC, 10, 10, "jsonl");
        InMemoryStorage.Location location = new InMemoryStorage.Location();
        assertThat(export.run(location.open("run-1"), "run-1", new RunLimits(1L, null))
                        .outcome())
                .isEqualTo(Outcome.LIMIT);
        long start = topic.extent().partitions().get(0).start();
        topic.expire(0, start + 15);

        assertThatThrownBy(() -> export.run(location.open("run-2"), "run-2"))
                .isInstanceOf(DataLossException.class)
                .hasMessageContaining("orders-0");

        assertThat(location.files().keySet())
                .as("neither the lost page nor a later one is committed")
                .noneMatch(name -> name.endsWith("2.json") || name.endsWith("3.json"));
    }

    /** Dies when the run begins its {@code count}-th data file behind the first, counted from 1. */
    private static Faults dyingAtTheCreationOf(SimulatedDisk.SimulatedProcess process, int count) {
        return new Faults() {
            private int published;

            @Override
            public void after(Operation operation, String name) {
                if (operation == Operation.FORCE_DIRECTORY && name.equals(ROOT.toString())) {
                    published++;
                }
                if (operation == Operation.CREATE && published > count) {
                    process.kill();
                    throw new SimulatedCrash("killed at " + name);
                }
            }
        };
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

    /** What the export has of the topic: its data files, and what it has set aside. */
    private static SortedMap<String, byte[]> contents(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> contents = ExportAudit.dataFiles(files);
        contents.putAll(ExportAudit.deadLetters(files));
        return contents;
    }

    private static void assertSame(
            SimulatedDisk disk, SimulatedExport export, SortedMap<String, byte[]> expected, String description) {
        assertSame(disk.files(ROOT), export, expected, description);
    }

    private static void assertSame(
            SortedMap<String, byte[]> files,
            SimulatedExport export,
            SortedMap<String, byte[]> expected,
            String description) {
        SortedMap<String, byte[]> data = contents(files);
        assertThat(data.keySet()).as(description).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) ->
                assertThat(data.get(name)).as("%s: %s", description, name).isEqualTo(bytes));
        ExportAudit.assertComplete(files, export.topic().extent(), description);
    }

    private static InMemoryStorage withFaults(InMemoryStorage.Location location, String runId, Faults faults) {
        InMemoryStorage storage = location.open(runId);
        storage.inject(faults);
        return storage;
    }
}
