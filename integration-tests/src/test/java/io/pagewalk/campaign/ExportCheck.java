package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Compares a complete export with what was produced. */
final class ExportCheck {
    private final Subject subject;
    private final Path dir;
    private final Map<Integer, Long> deletions;
    private final Tally tally;

    /**
     * @param dir what the audit says is left there
     * @param deletions up to where records were deleted, or might have been
     */
    ExportCheck(Subject subject, Path dir, Map<Integer, Long> deletions, Tally tally) {
        this.subject = subject;
        this.dir = dir;
        this.deletions = deletions;
        this.tally = tally;
    }

    /** @param code with which the export ended */
    void check(Records records, int code) throws Exception {
        JsonNode status = status(code);
        JsonNode losses = losses(status);
        List<Row> rows = new ArrayList<>(rows(subject));
        int inFiles = rows.size();
        List<Row> aside = setAside(status);
        rows.addAll(aside);
        if ((code == 8) != !(losses.isEmpty() && aside.isEmpty())) {
            throw new AssertionError("ended with " + code + ", and the status is " + status);
        }
        Plan plan = subject.plan();
        boolean uncommitted = subject.shape().isolation().equals("read_uncommitted");
        boolean compacted = plan.content().compaction() != Plan.Compaction.NONE;
        List<Row> visible = uncommitted ? records.rowsWithAborted() : records.rows();
        Map<Integer, long[]> extent = subject.extent();
        Expectation.of(
                        visible,
                        records.rows(),
                        compacted,
                        inExtent(extent, records.rowsWithAborted()),
                        row -> isLost(losses, row))
                .check(rows);
        verify(inFiles);
        if (!compacted && deletions.isEmpty()) {
            tally.crossings += new Crossings(plan.bounds(), extent).check(visible);
        }
        tally.bounded += plan.bounds().equals(Plan.Bounds.NONE) ? 0 : 1;
        tally.records += rows.size();
        tally.losing += losses.isEmpty() ? 0 : 1;
        for (JsonNode loss : losses) {
            tally.lost += loss.get("end").asLong() - loss.get("start").asLong();
        }
    }

    private JsonNode status(int code) {
        return Output.json(
                Cli.run(subject.command("status", "--json")).exits(code).out());
    }

    private List<Row> setAside(JsonNode status) {
        Path folder = subject.output().directory().resolve(Path.of("_pagewalk", subject.topic(), "1", "dead-letters"));
        List<Row> rows = Files.isDirectory(folder) ? DuckDb.jsonl(folder) : List.of();
        if (rows.size() != status.get("committed").get("setAside").asInt()) {
            throw new AssertionError(rows.size() + " records are in the dead letters, the status is " + status);
        }
        for (Row row : rows) {
            String value = new String(Base64.getDecoder().decode(row.value()), UTF_8);
            if (!value.startsWith(Workload.BAD)) {
                throw new AssertionError("set aside though it fits: " + row);
            }
        }
        tally.setAside += rows.size();
        return rows;
    }

    private JsonNode losses(JsonNode status) {
        JsonNode losses = status.get("losses");
        for (JsonNode loss : losses) {
            if (loss.get("end").asLong()
                    > deletions.getOrDefault(loss.get("partition").asInt(), 0L)) {
                throw new AssertionError("on record as lost, but was not deleted: " + loss);
            }
        }
        return losses;
    }

    static List<Row> rows(Subject subject) {
        Plan.Shape shape = subject.shape();
        List<Row> rows = subject.output().dataFiles().isEmpty()
                ? List.of()
                : DuckDb.rows(
                        subject.output().directory(),
                        shape.format(),
                        shape.keyFormat(),
                        shape.valueFormat(),
                        shape.headerFormat());
        // Another topic of the output is checked by itself, and nothing but these two can be there.
        String twin = subject.topic() + "-0";
        boolean hasTwin = subject.plan().naming() == Plan.Naming.TWIN;
        return hasTwin
                ? rows.stream().filter(row -> !row.topic().equals(twin)).toList()
                : rows.stream()
                        .filter(row -> !(row.topic() + "-0").equals(subject.topic()))
                        .toList();
    }

    /** Without bounds it has all that was produced, but for what was deleted before. */
    private Predicate<Row> inExtent(Map<Integer, long[]> extent, List<Row> produced) {
        Plan.Bounds bounds = subject.plan().bounds();
        boolean bounded = !bounds.equals(Plan.Bounds.NONE);
        for (Row row : produced) {
            long[] range = extent.get(row.partition());
            if (range == null ? bounded : isBeyond(bounds, range, row)) {
                continue;
            }
            long deleted = deletions.getOrDefault(row.partition(), 0L);
            if (range == null || row.offset() >= range[1] || (row.offset() < range[0] && row.offset() >= deleted)) {
                throw new AssertionError("not in the extent: " + row);
            }
        }
        return row -> {
            long[] range = extent.get(row.partition());
            return range != null && row.offset() >= range[0] && row.offset() < range[1];
        };
    }

    private static boolean isBeyond(Plan.Bounds bounds, long[] range, Row row) {
        return (bounds.from() >= 0 && row.offset() < range[0]) || (bounds.to() >= 0 && row.offset() >= range[1]);
    }

    private static boolean isLost(JsonNode losses, Row row) {
        for (JsonNode loss : losses) {
            if (loss.get("partition").asInt() == row.partition()
                    && loss.get("start").asLong() <= row.offset()
                    && row.offset() < loss.get("end").asLong()) {
                return true;
            }
        }
        return false;
    }

    private void verify(int records) throws Exception {
        try (CliProcess process = CliProcess.start(subject.command(
                "verify", "--deep", "--against-topic", "--bootstrap-server", subject.servers(), "--json"))) {
            Cli.Result result = process.await();
            Files.writeString(dir.resolve("verify.txt"), result.out() + result.err(), UTF_8);
            JsonNode document = Output.json(result.exits(0).out());
            if (document.get("records").asInt() != records) {
                throw new AssertionError("DuckDB counts " + records + " records, verify " + document.get("records"));
            }
        }
    }
}
