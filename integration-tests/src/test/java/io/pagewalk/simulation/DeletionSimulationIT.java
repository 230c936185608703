package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.Claims;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.deletion.ExportDeletion;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.internal.storage.SimulatedDisk.SimulatedProcess;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deletion that crashes, wherever, is finished by a second one; and what it leaves is never taken for an export. */
class DeletionSimulationIT {
    /** Four are placed at each operation; an odd number, or some of the four would never be chosen. */
    private static final int ONE_CRASH_IN = 9;

    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";

    /** What there is to delete. */
    enum Before {
        COMPLETE,
        /** Two pages are committed, and nothing else is published. */
        STOPPED,
        /** A page is committed, and files behind it are published. */
        CRASHED,
        /** No page is committed, but files are published. */
        CRASHED_ON_ITS_FIRST_PAGE
    }

    /** By the number of data files, at which operation a run crashes that leaves so many. */
    private final Map<Integer, Long> crashes = new HashMap<>();

    private final SimulatedExport export = new SimulatedExport(
                    SimulatedTopic.withStrays(1, 18, 0, 7, 1), Direction.ASC, 12, 4, "jsonl")
            .settingAside();

    @ParameterizedTest
    @EnumSource
    void leavesNothingButWhatIsNotOfTheExport(Before before) throws IOException {
        SimulatedDisk disk = begun(before);

        delete(disk.start(), "delete-1");

        assertThat(left(disk)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isFinishedByASecondOneAfterACrashAtAnyOperation(Before before) throws IOException {
        SortedMap<String, byte[]> expected = uninterrupted();
        long crash = 0;
        for (long operation = 1; operation <= operations(before); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (Outage outage : Outage.values()) {
                    if (!LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                        continue;
                    }
                    String description = before + ", " + outage + " " + point + " operation " + operation;
                    SimulatedDisk disk = crashed(before, operation, point, outage);

                    delete(disk.start(), "delete-2");
                    assertThat(left(disk)).as(description).isEmpty();

                    run(disk, "run-2");
                    assertThat(ExportAudit.dataFiles(disk.files(ROOT)).keySet())
                            .as(description)
                            .isEqualTo(ofGeneration(generation(disk), expected.keySet()));
                    ExportAudit.assertComplete(disk.files(ROOT), export.topic().extent(), description);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNeverTakenForAnExportByARunThatComesInBetween(Before before) throws IOException {
        int refused = 0;
        int completed = 0;
        long crash = 0;
        for (long operation = 1; operation <= operations(before); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (Outage outage : Outage.values()) {
                    if (!LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                        continue;
                    }
                    String description = before + ", " + outage + " " + point + " operation " + operation;
                    SimulatedDisk disk = crashed(before, operation, point, outage);
                    try {
                        run(disk, "run-2");
                        completed++;
                        ExportAudit.assertComplete(
                                disk.files(ROOT), export.topic().extent(), description);
                    } catch (UsageException e) {
                        refused++;
                        assertThat(e.getMessage()).as(description).contains("delete it again");
                    }
                    delete(disk.start(), "delete-2");
                    assertThat(left(disk)).as(description).isEmpty();
                }
            }
        }
        assertThat(completed).isPositive();
        if (before != Before.CRASHED_ON_ITS_FIRST_PAGE) {
            assertThat(refused).isPositive();
        }
    }

    /** All files but those of dead runs, which the next run removes, and the records of deletions, which stay. */
    private static Set<String> left(SimulatedDisk disk) {
        Set<String> names = disk.files(ROOT).keySet();
        names.removeIf(name -> name.startsWith(TEMPORARY_FOLDER) || name.contains("/deleted-"));
        return names;
    }

    /** One more than are deleted: a deletion that crashed before it left its record was none. */
    private static int generation(SimulatedDisk disk) {
        return 1
                + (int) disk.files(ROOT).keySet().stream()
                        .filter(name -> name.contains("/deleted-"))
                        .count();
    }

    private static Set<String> ofGeneration(int generation, Set<String> names) {
        return names.stream()
                .map(name -> name.replaceFirst("-1-([0-9a-f]{12})", "-" + generation + "-$1"))
                .collect(Collectors.toSet());
    }

    private SortedMap<String, byte[]> uninterrupted() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(0);
        run(disk, "run-0");
        return ExportAudit.dataFiles(disk.files(ROOT));
    }

    private WalkResult run(SimulatedDisk disk, String runId) throws IOException {
        return export.run(disk.start().storage(ROOT, TEMPORARY_FOLDER, runId), runId);
    }

    private SimulatedDisk begun(Before before) throws IOException {
        return switch (before) {
            case COMPLETE -> {
                SimulatedDisk disk = new SimulatedDisk(1);
                run(disk, "run-1");
                yield disk;
            }
            case STOPPED -> {
                SimulatedDisk disk = new SimulatedDisk(1);
                Storage storage = disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-1");
                export.run(storage, "run-1", new RunLimits(2L, null));
                yield disk;
            }
            case CRASHED -> crashedWith(6, 2);
            case CRASHED_ON_ITS_FIRST_PAGE -> crashedWith(2, 1);
        };
    }

    /** A disk on which a run has crashed as soon as there were so many data files, and so many entries of the log. */
    private SimulatedDisk crashedWith(int files, int entries) throws IOException {
        for (long operation = crashes.getOrDefault(files, 1L); ; operation++) {
            SimulatedDisk disk = new SimulatedDisk(1);
            SimulatedProcess process = disk.start();
            process.crashAt(operation, CrashPoint.AFTER);
            try {
                export.run(process.storage(ROOT, TEMPORARY_FOLDER, "run-1"), "run-1");
                throw new AssertionError("it never had " + files + " files and " + entries + " entries");
            } catch (SimulatedCrash e) {
                disk.end(Outage.KILLED);
                if (has(disk, files, entries)) {
                    crashes.put(files, operation);
                    return disk;
                }
            }
        }
    }

    private boolean has(SimulatedDisk disk, int files, int entries) {
        SortedMap<String, byte[]> all = disk.files(ROOT);
        long logged = all.keySet().stream()
                .filter(name -> name.startsWith("_pagewalk/" + SimulatedExport.ID + "/1/1/"))
                .count();
        return ExportAudit.dataFiles(all).size() == files && logged == entries;
    }

    private long operations(Before before) throws IOException {
        SimulatedProcess process = begun(before).start();
        delete(process, "delete-1");
        assertThat(process.operations()).isPositive();
        return process.operations();
    }

    private SimulatedDisk crashed(Before before, long operation, CrashPoint point, Outage outage) throws IOException {
        SimulatedDisk disk = begun(before);
        SimulatedProcess process = disk.start();
        process.crashAt(operation, point);
        try {
            delete(process, "delete-1");
        } catch (SimulatedCrash e) {
            assertThat(e).isNotNull();
        }
        disk.end(outage);
        return disk;
    }

    /** As the command does. */
    private static void delete(SimulatedProcess process, String runId) throws IOException {
        try (Storage storage = process.storage(ROOT, TEMPORARY_FOLDER, runId)) {
            Claims claims = Claims.of(storage, SimulatedTopic.NAME);
            Optional<Claim> claim = claims.current().isPresent() ? claims.current() : claims.halfDeleted();
            if (claim.isEmpty()) {
                return;
            }
            CheckpointStores logs = new StorageCheckpointStores(
                    storage, OutputLayout.logs(claim.get().log()));
            ExportDeletion deletion = new ExportDeletion(storage, logs, claim.get(), SimulatedTopic.NAME);
            deletion.delete(deletion.contents());
        }
    }
}
