package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.schema.registry.RegisteredSchema;
import io.pagewalk.internal.schema.registry.SchemaKind;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An export of typed columns that is crashed, wherever, while the registry forgets, learns, fails and changes its mind, ends with the bytes
 * of one that never was, of the same facts: what an id stands for is what the log says first, and it says so before any file depends on it.
 */
class TypedCrashSimulationIT {
    /** So many kinds of facts would show too little. */
    private static final int FEW_KINDS = 3;

    private static final long MOST_SEEDS = 200;

    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/" + SimulatedExport.ID + "/tmp";
    /** From this run on nothing fails any more. */
    private static final int CALM_FROM = 12;
    /** Four are placed at each operation; an odd number, or some of the four would never be chosen. */
    private static final int ONE_CRASH_IN = 67;

    private static final Set<Faults.Operation> CHANGES = EnumSet.of(
            Faults.Operation.CREATE, Faults.Operation.LINK, Faults.Operation.DELETE, Faults.Operation.FORCE_DIRECTORY);

    /** By what is on record, what an export holds that was never crashed. */
    private final Map<SortedMap<Integer, String>, SortedMap<String, byte[]>> references = new HashMap<>();

    private TypedSimulation simulation;
    private TypedAudit audit;
    private int started;
    private int dependent;
    private int failed;

    private void simulate(String format, Direction direction) {
        simulation = new TypedSimulation(format, direction, 22, 0, 7, 1);
        audit = new TypedAudit(simulation);
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @ParameterizedTest
    @CsvSource({"jsonl, ASC", "parquet, DESC"})
    @LongCases({"jsonl, DESC", "parquet, ASC"})
    void endsWithTheBytesOfTheFactsOnRecordAfterACrashAtAnyOperation(String format, Direction direction)
            throws IOException {
        simulate(format, direction);
        long operations = operations();
        long crash = 0;
        for (long operation = 1; operation <= operations; operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                for (Outage outage : Outage.values()) {
                    if (LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                        SplittableRandom random = new SplittableRandom(crash);
                        SimulatedDisk disk = new SimulatedDisk(operation);
                        String description = simulation + ", " + outage + " " + point + " operation " + operation
                                + ", registry's seed " + crash;
                        SimulatedDisk.SimulatedProcess process = disk.start();
                        process.crashAt(operation, point);
                        runs(disk, process, mood(random), random.nextInt(4) > 0, description);
                        disk.end(outage);
                        finish(disk, random, 0, description);
                    }
                }
            }
        }
        assertTellsTheDifference();
    }

    @ParameterizedTest
    @CsvSource({"jsonl, ASC", "parquet, DESC"})
    void endsWithTheBytesOfTheFactsOnRecordAfterManyCrashesAtRandomOperations(String format, Direction direction)
            throws IOException {
        simulate(format, direction);
        long least = LongTests.count(8, 500);
        // Which facts a run meets first hangs on its threads, so it may take some more of them to see several kinds.
        for (long seed = 0; seed < least || (references.size() <= FEW_KINDS && seed < MOST_SEEDS); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            finish(new SimulatedDisk(seed), random, 60, simulation + ", seed " + seed);
        }
        assertTellsTheDifference();
    }

    @Test
    void anIdThatIsOnRecordAsUnknownStaysSoThoughTheRegistryLearnsIt() throws IOException {
        simulate("jsonl", Direction.ASC);
        SimulatedDisk disk = new SimulatedDisk(0);
        simulation.run(storage(disk.start(), "run-1"), "run-1", frozen(), frozen(), true, new RunLimits(1L, null));
        SortedMap<String, byte[]> before = disk.files(ROOT);
        SortedMap<Integer, String> facts = TypedAudit.onRecord(before, "page 1");
        assertThat(facts).containsEntry(TypedSimulation.EITHER, TypedAudit.UNKNOWN);
        disk.end(Outage.KILLED);

        simulation.run(storage(disk.start(), "run-2"), "run-2", frozen(), learned(0), true);

        assertThat(disk.files(ROOT)).containsAllEntriesOf(before);
        assertThat(TypedAudit.onRecord(disk.files(ROOT), "complete")).containsAllEntriesOf(facts);
        assertSame(disk.files(ROOT), "learned behind page 1");
    }

    private long operations() throws IOException {
        SimulatedDisk.SimulatedProcess unharmed = new SimulatedDisk(0).start();
        simulation.run(storage(unharmed, "run-0"), "run-0", frozen(), learned(0), true);
        return unharmed.operations();
    }

    private static RegistryMood frozen() {
        return RegistryMood.calm(TypedSimulation.PINNED);
    }

    /** All of it is known. */
    private static RegistryMood learned(int meaning) {
        Map<Integer, String> known = new TreeMap<>();
        TypedSimulation.ALL.forEach((id, texts) -> known.put(id, texts[meaning % texts.length]));
        return RegistryMood.calm(known);
    }

    private static RegistryMood mood(SplittableRandom random) {
        return RegistryMood.any(random, TypedSimulation.ALL);
    }

    private static Storage storage(SimulatedDisk.SimulatedProcess process, String runId) {
        return process.storage(ROOT, TEMPORARY_FOLDER, runId);
    }

    /** Starts it again until it is complete. */
    private void finish(SimulatedDisk disk, SplittableRandom random, int crashesWithin, String description)
            throws IOException {
        boolean complete = false;
        for (int run = 1; !complete; run++) {
            assertThat(run).as("%s: runs", description).isLessThan(CALM_FROM + 2);
            SimulatedDisk.SimulatedProcess process = disk.start();
            boolean calm = run >= CALM_FROM;
            if (!calm && crashesWithin > 0) {
                process.crashAt(
                        1 + random.nextInt(crashesWithin), random.nextBoolean() ? CrashPoint.BEFORE : CrashPoint.AFTER);
            }
            complete = runs(
                    disk,
                    process,
                    calm ? learned(random.nextInt(2)) : mood(random),
                    calm || random.nextInt(4) > 0,
                    description + ", run " + run);
            if (complete) {
                ExportAudit.assertComplete(disk.files(ROOT), simulation.topic().extent(), description);
            }
            disk.end(random.nextBoolean() ? Outage.KILLED : Outage.POWER_LOST);
            dependent += audit.assertInOrder(disk.files(ROOT), description + ", behind run " + run);
        }
        assertSame(disk.files(ROOT), description);
    }

    /** Whether it was complete at the end. What can be seen of it is looked at after each operation. */
    private boolean runs(
            SimulatedDisk disk,
            SimulatedDisk.SimulatedProcess process,
            RegistryMood mood,
            boolean setsAside,
            String description)
            throws IOException {
        process.inject(new Faults() {
            @Override
            public void after(Operation operation, String name) {
                if (CHANGES.contains(operation)) {
                    dependent += audit.assertInOrder(disk.files(ROOT), description + ", after " + operation);
                }
            }
        });
        RegistryMood freeze = new RegistryMood(TypedSimulation.PINNED, mood.failing());
        try {
            String id = "run-" + ++started;
            simulation.run(storage(process, id), id, freeze, mood, setsAside);
            return true;
        } catch (SimulatedCrash e) {
            return false;
        } catch (ExportFailedException | FormatMismatchException e) {
            failed++;
            assertThat(e.getMessage()).as(description).isNotBlank().doesNotContain("\n");
            return false;
        } catch (PagewalkException e) {
            throw new AssertionError(description, e);
        }
    }

    private void assertSame(SortedMap<String, byte[]> files, String description) throws IOException {
        SortedMap<Integer, String> facts = TypedAudit.onRecord(files, description);
        SortedMap<String, byte[]> expected = references.get(facts);
        if (expected == null) {
            expected = reference(facts);
            references.put(facts, expected);
        }
        SortedMap<String, byte[]> found = contents(files);
        assertThat(found.keySet()).as("%s: %s", description, facts).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(found.get(name))
                .as("%s: %s: %s", description, facts, name)
                .isEqualTo(bytes));
    }

    /** What comes out if the registry says from the start what is on record. */
    private SortedMap<String, byte[]> reference(SortedMap<Integer, String> facts) throws IOException {
        Map<Integer, String> known = new TreeMap<>(TypedSimulation.PINNED);
        facts.forEach((id, digest) -> {
            for (String text : TypedSimulation.ALL.getOrDefault(id, new String[0])) {
                if (digest(text).equals(digest)) {
                    known.put(id, text);
                }
            }
        });
        SimulatedDisk calm = new SimulatedDisk(0);
        simulation.run(storage(calm.start(), "run"), "run", frozen(), RegistryMood.calm(known), true);
        SortedMap<String, byte[]> files = calm.files(ROOT);
        assertThat(TypedAudit.onRecord(files, "reference")).isEqualTo(facts);
        return contents(files);
    }

    private static String digest(String text) {
        try {
            return RegisteredSchema.of(SchemaKind.AVRO, text).digest();
        } catch (RegisteredSchema.UnboundedSchemaException e) {
            throw new AssertionError(e);
        }
    }

    private static SortedMap<String, byte[]> contents(SortedMap<String, byte[]> files) {
        SortedMap<String, byte[]> contents = ExportAudit.dataFiles(files);
        contents.putAll(ExportAudit.deadLetters(files));
        return contents;
    }

    /** That facts and bytes were of several kinds, or nothing would have been shown. */
    private void assertTellsTheDifference() {
        assertThat(references).as("facts that exports ended with").hasSizeGreaterThan(FEW_KINDS);
        assertThat(references.values().stream()
                        .map(files ->
                                files.values().stream().map(Arrays::hashCode).toList())
                        .distinct())
                .hasSameSizeAs(references.keySet());
        assertThat(dependent).as("files seen that depend on what was met").isPositive();
        assertThat(failed)
                .as("runs that the registry, or a bad record, has ended")
                .isPositive();
    }
}
