package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import io.pagewalk.plan.Windows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A series of five runs, with windows or without, and an expiry, crashed at every operation, wherever that is: between two runs, in one, or in the expiry. Every
 * restart ends with the same bytes, and with logs that an audit finds nothing in.
 */
class SeriesSimulationIT {
    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";
    private static final int RUNS = 5;
    private static final int KEPT = 2;
    /** Four are placed at each operation; an odd number, or some of the four would never be chosen. */
    private static final int ONE_CRASH_IN = 25;
    /** Two are placed at each operation. */
    private static final int ONE_FAILURE_IN = 9;

    static Stream<Arguments> exports() {
        return Stream.of(
                        new SimulatedExport(SimulatedTopic.withStrays(3, 25, 4), Direction.ASC, 6, 3, "jsonl")
                                .settingAside(),
                        new SimulatedExport(new SimulatedTopic(4, 16, 3), Direction.ASC, 4, 2, "jsonl")
                                .inWindows(Windows.Layout.HIVE),
                        new SimulatedExport(SimulatedTopic.withStrays(5, 14, 2), Direction.DESC, 6, 3, "jsonl")
                                .settingAside()
                                .inWindows(Windows.Layout.FLAT))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("exports")
    void endsWithTheSameBytesAfterACrashAtAnyOperation(SimulatedExport export) throws IOException {
        SimulatedDisk calm = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess unharmed = calm.start();
        export.runSeries(unharmed.storage(ROOT, TEMPORARY_FOLDER, "run-0"), "run-0", RUNS, KEPT);
        SortedMap<String, byte[]> expected = calm.files(ROOT);
        assertThat(expected.keySet())
                .anyMatch(name -> name.contains("/1/5/"))
                .anyMatch(name -> name.endsWith("/expired/3.json"))
                .noneMatch(name -> name.contains("/1/3/"));

        long crash = 0;
        for (long operation = 1; operation <= unharmed.operations(); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (Outage outage : Outage.values()) {
                    if (!LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                        continue;
                    }
                    String description = export + ", " + outage + " " + point + " operation " + operation;
                    SimulatedDisk disk = new SimulatedDisk(operation);
                    SimulatedDisk.SimulatedProcess process = disk.start();
                    process.crashAt(operation, point);
                    try {
                        export.runSeries(process.storage(ROOT, TEMPORARY_FOLDER, "run-1"), "run-1", RUNS, KEPT);
                    } catch (SimulatedCrash e) {
                        assertThat(e).isNotNull();
                    }
                    disk.end(outage);

                    export.runSeries(disk.start().storage(ROOT, TEMPORARY_FOLDER, "run-2"), "run-2", RUNS, KEPT);

                    assertSame(disk.files(ROOT), expected, description);
                    assertThat(export.audit(disk.start().storage(ROOT, TEMPORARY_FOLDER, "audit")))
                            .as(description)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("exports")
    void endsWithTheSameBytesThoughAnyOperationFailsOrLosesItsReply(SimulatedExport export) throws IOException {
        InMemoryStorage.Location calm = new InMemoryStorage.Location();
        FailingOnce counting = new FailingOnce(Long.MAX_VALUE, CrashPoint.BEFORE);
        export.runSeries(withFaults(calm, counting), "run-1", RUNS, KEPT);

        long failure = 0;
        for (long operation = 1; operation <= counting.operations(); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                if (!LongTests.isChosen(failure++, ONE_FAILURE_IN)) {
                    continue;
                }
                InMemoryStorage.Location location = new InMemoryStorage.Location();
                String description = export + ", failure " + point + " operation " + operation;
                try {
                    export.runSeries(withFaults(location, new FailingOnce(operation, point)), "run-1", RUNS, KEPT);
                } catch (PagewalkException e) {
                    assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
                } catch (IOException e) {
                    assertThat(e).as(description).hasMessageContaining("injected");
                }

                export.runSeries(location.open("run-2"), "run-2", RUNS, KEPT);

                assertSame(location.files(), calm.files(), description);
                assertThat(export.audit(location.open("audit"))).as(description).isEmpty();
            }
        }
    }

    /** Entries of logs say who wrote them. */
    private static void assertSame(
            SortedMap<String, byte[]> files, SortedMap<String, byte[]> expected, String description) {
        assertThat(files.keySet()).as(description).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> {
            if (!name.startsWith("_pagewalk/") || name.contains("/dead-letters/")) {
                assertThat(files.get(name)).as("%s: %s", description, name).isEqualTo(bytes);
            }
        });
    }

    private static InMemoryStorage withFaults(InMemoryStorage.Location location, Faults faults) {
        InMemoryStorage storage = location.open("run-1");
        storage.inject(faults);
        return storage;
    }
}
