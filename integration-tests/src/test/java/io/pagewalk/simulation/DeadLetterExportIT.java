package io.pagewalk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.internal.claim.Claim;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.deadletter.DeadLetterSource;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.internal.storage.SimulatedCrash;
import io.pagewalk.internal.storage.SimulatedDisk;
import io.pagewalk.internal.storage.SimulatedDisk.CrashPoint;
import io.pagewalk.internal.storage.SimulatedDisk.Outage;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.model.Direction;
import io.pagewalk.model.Extent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an export has set aside is exported once and whole, whatever the sizes of the two are, and wherever it is crashed. */
class DeadLetterExportIT {
    private static final Path ROOT = Path.of("/data/rest");
    private static final String TEMPORARY_FOLDER = "_pagewalk/" + SimulatedExport.ID + "/tmp";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Two are placed at each operation. */
    private static final int ONE_CRASH_IN = 5;

    private final SimulatedTopic topic = SimulatedTopic.withStrays(21, 60, 0, 37, 4);
    private final InMemoryStorage.Location source = new InMemoryStorage.Location();
    private int readers;

    @ParameterizedTest
    @CsvSource({"ASC,100,100", "ASC,4,1", "DESC,4,2", "ASC,7,3", "DESC,100,5"})
    void holdsExactlyWhatWasSetAside(Direction direction, long pageSize, long fileSize) throws IOException {
        setAside();
        InMemoryStorage.Location rest = new InMemoryStorage.Location();
        SimulatedExport export = new SimulatedExport(topic, direction, pageSize, fileSize, "jsonl");
        Extent extent;
        try (DeadLetterSource letters = letters()) {
            export.run(letters, rest.open("run-1"), "run-1");
            extent = extent(letters);
        }

        assertThat(records(rest.files())).containsExactlyInAnyOrderElementsOf(topic.strays());
        JsonNode totals = totals(rest.files());
        assertThat(totals.get("records").asLong()).isEqualTo(topic.strays().size());
        assertThat(totals.get("gaps").asLong()).isZero();
        assertThat(totals.get("elsewhere").asLong())
                .isEqualTo(extent.size() - topic.strays().size());
        ExportAudit.assertComplete(rest.files(), extent, export.toString());
    }

    @Test
    void isTheSameAfterACrashAtAnyOperation() throws IOException {
        setAside();
        SimulatedExport export = new SimulatedExport(topic, Direction.ASC, 4, 2, "jsonl");
        SimulatedDisk calm = new SimulatedDisk(0);
        SimulatedDisk.SimulatedProcess unharmed = calm.start();
        run(export, unharmed, "run-0");
        SortedMap<String, byte[]> expected = ExportAudit.dataFiles(calm.files(ROOT));

        long crash = 0;
        for (long operation = 1; operation <= unharmed.operations(); operation++) {
            for (CrashPoint point : CrashPoint.values()) {
                if (!LongTests.isChosen(crash++, ONE_CRASH_IN)) {
                    continue;
                }
                SimulatedDisk disk = new SimulatedDisk(operation);
                SimulatedDisk.SimulatedProcess process = disk.start();
                process.crashAt(operation, point);
                try {
                    run(export, process, "run-1");
                } catch (SimulatedCrash e) {
                    // As planned; a crash after the last operation shows none.
                }
                disk.end(Outage.POWER_LOST);

                run(export, disk.start(), "run-2");

                SortedMap<String, byte[]> files = disk.files(ROOT);
                String description = point + " operation " + operation;
                SortedMap<String, byte[]> data = ExportAudit.dataFiles(files);
                assertThat(data.keySet()).as(description).isEqualTo(expected.keySet());
                expected.forEach((name, bytes) -> assertThat(data.get(name))
                        .as("%s: %s", description, name)
                        .isEqualTo(bytes));
                try (DeadLetterSource letters = letters()) {
                    ExportAudit.assertComplete(files, extent(letters), description);
                }
            }
        }
    }

    private void setAside() throws IOException {
        new SimulatedExport(topic, Direction.ASC, 16, 8, "jsonl").settingAside().run(source.open("first"), "first");
        assertThat(topic.strays()).hasSizeGreaterThan(5);
    }

    private void run(SimulatedExport export, SimulatedDisk.SimulatedProcess process, String runId) throws IOException {
        try (DeadLetterSource letters = letters()) {
            export.run(letters, process.storage(ROOT, TEMPORARY_FOLDER, runId), runId);
        }
    }

    private DeadLetterSource letters() throws IOException {
        InMemoryStorage storage = source.open("reader-" + ++readers);
        Claim claim = new Claim(SimulatedExport.ID, 1, "");
        return new DeadLetterSource(
                storage,
                new StorageCheckpointStores(storage, OutputLayout.logs(claim.log())),
                claim,
                SimulatedTopic.NAME,
                storage);
    }

    private Extent extent(DeadLetterSource letters) {
        return letters.plan(new SimulatedExport(topic, Direction.ASC, 4, 2, "jsonl").request())
                .extent();
    }

    private static List<String> records(SortedMap<String, byte[]> files) throws IOException {
        List<String> records = new ArrayList<>();
        for (byte[] lines : ExportAudit.dataFiles(files).values()) {
            for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
                JsonNode record = JSON.readTree(line);
                records.add(record.get("partition").asInt() + "-"
                        + record.get("offset").asLong());
            }
        }
        return records;
    }

    /** Of the last entry. */
    private static JsonNode totals(SortedMap<String, byte[]> files) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>(files);
        entries.keySet().removeIf(name -> !name.startsWith("_pagewalk/" + SimulatedExport.ID + "/1/1/"));
        return JSON.readTree(entries.get(entries.lastKey())).get("totals");
    }
}
