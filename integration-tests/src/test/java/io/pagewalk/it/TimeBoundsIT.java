package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bound by time is where the log crosses that time, whatever single records say. */
class TimeBoundsIT {
    private static final long DAY = 86_400_000;
    private static final long JAN_1 = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_2030 = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();

    /** Takes timestamps of any time, and keeps them. */
    private static final Map<String, String> FUTURE =
            Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "retention.ms", "-1");

    @TempDir
    Path output;

    @TempDir
    Path scratch;

    @Test
    void aRecordOfTheFutureDoesNotEmptyTheDay() throws IOException {
        try (Records records = produced("stray", 10_000, i -> i == 5 ? YEAR_2030 : JAN_1 + i * DAY / 10_000)) {
            Path report = scratch.resolve("report.json");

            Cli.Result run = export(records, "--report", report.toString(), "--file-size", "4000");

            assertExported(records.rows());
            assertThat(run.err())
                    .contains("1 record is dated outside of --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z")
                    .doesNotContain("timestamps have no order");
            assertThat(outsidePerFile(records.topic())).containsExactly(1L, 0L, 0L);
            assertThat(Output.json(Files.readString(report))
                            .at("/committed/outside")
                            .asLong())
                    .isOne();
            assertThat(Output.json(Files.readString(report)).at("/unorderedTimes"))
                    .isEmpty();
            assertThat(Cli.run("status", "--output", output.toString()).exits(0).out())
                    .contains("Outside      1 record is dated outside of --from ");
            assertThat(Output.json(Cli.run("status", "--json", "--output", output.toString())
                                    .exits(0)
                                    .out())
                            .at("/committed/outside")
                            .asLong())
                    .isOne();
            Cli.run("verify", "--deep", "--output", output.toString()).exits(0);
        }
    }

    /** The log is lost but for its first entry, as if the run had been killed before it could commit. */
    @Test
    void countsInFilesThatAnEarlierRunHasPublished() throws IOException {
        try (Records records = produced("adopted", 9_000, i -> i % 100 == 0 ? JAN_1 - DAY : JAN_1 + i * DAY / 9_000)) {
            export(records, "--file-size", "3000");
            for (int sequence = 1; sequence < 3; sequence++) {
                Files.delete(new Output(output)
                        .log(records.topic())
                        .resolve(String.format(Locale.ROOT, "%020d.json", sequence)));
            }

            Cli.Result run = export(records, "--file-size", "3000");

            assertThat(run.err()).contains("3 files kept of an interrupted run", "are dated outside");
            assertThat(outsidePerFile(records.topic())).containsExactly(30L, 30L, 29L);
            Cli.run("verify", "--deep", "--output", output.toString()).exits(0);
        }
    }

    /** As if somebody had rewritten log and file alike, and had forgotten the count. */
    @Test
    void anAuditFindsACountThatTheRecordsDoNotHave() throws IOException {
        try (Records records = produced("forged", 1_000, i -> i == 5 ? YEAR_2030 : JAN_1 + i)) {
            export(records);
            new Forgery(output, records.topic()).replace(List::of);

            Cli.run("verify", "--output", output.toString()).exits(0);
            assertThat(Cli.run("verify", "--deep", "--output", output.toString())
                            .exits(9)
                            .out())
                    .contains(
                            "1 of its records are dated outside of the times that were asked for, its checkpoint says 0");
        }
    }

    @Test
    void daysThatMeetTileTheLog() {
        try (Records records = produced(
                "tiles", 20_000, i -> i % 100 == 7 ? JAN_1 + (i % 3 - 1) * DAY : JAN_1 + i * 2 * DAY / 20_000)) {
            Cli.export(records.topic(), output.resolve("1"), "--to", "2026-01-02")
                    .exits(0);
            Cli.export(records.topic(), output.resolve("2"), "--from", "2026-01-02")
                    .exits(0);

            List<Row> both = new ArrayList<>(new Output(output.resolve("1")).rows());
            assertThat(both).hasSize(10_000);
            both.addAll(new Output(output.resolve("2")).rows());
            assertThat(both).isEqualTo(records.rows());
        }
    }

    @Test
    void tellsWhereTimestampsHaveNoOrder() throws IOException {
        try (Records records =
                produced("replayed", 9_000, i -> JAN_1 + i % 3_000 + (i < 3_000 ? 2 * DAY : i < 6_000 ? 0 : DAY))) {
            String[] bounds = {"--from", "2026-01-02", "--to", "2026-01-03"};
            String note = "timestamps have no order around --to 2026-01-03T00:00:00Z in partitions 0: ";
            Path report = scratch.resolve("report.json");

            String plan = plan(records, bounds).out();
            JsonNode json = Output.json(plan(records, "--from", bounds[1], "--to", bounds[3], "--json")
                    .out());
            Cli.Result run = Cli.export(
                            records.topic(),
                            output,
                            "--from",
                            bounds[1],
                            "--to",
                            bounds[3],
                            "--page-size",
                            "3000",
                            "--max-pages",
                            "1")
                    .exits(3);
            Cli.Result end = Cli.export(
                            records.topic(),
                            output,
                            "--from",
                            bounds[1],
                            "--to",
                            bounds[3],
                            "--page-size",
                            "3000",
                            "--report",
                            report.toString())
                    .exits(0);

            assertThat(plan).contains("Note: " + note);
            assertThat(json.get("notes").toString()).contains(note);
            assertThat(json.at("/unorderedTimes/1/bound").asText()).isEqualTo("to");
            assertThat(json.at("/unorderedTimes/1/crossings/0/first").asLong()).isZero();
            assertThat(json.at("/unorderedTimes/1/crossings/0/last").asLong()).isEqualTo(9_000);
            assertThat(run.err()).contains("note: " + note);
            assertThat(end.err()).as("a later run knows it from the log").contains("note: " + note);
            assertThat(Output.json(Files.readString(report))
                            .at("/unorderedTimes/1/partitions")
                            .asText())
                    .isEqualTo("0");
            // More than was asked for, and never less.
            assertExported(records.rows());
            assertThat(end.err()).contains("6,000 records are dated outside");
        }
    }

    /** The broker's index knows records that were aborted; nobody reads them. */
    @Test
    void abortedRecordsAndMarkersHaveNoTime() {
        String topic = Broker.topic("abortedstray", 1, FUTURE);
        try (Records records = Records.transactional(topic)) {
            records.send(0, JAN_1, new byte[] {1}, new byte[] {1}).commit();
            records.send(0, YEAR_2030, new byte[] {2}, new byte[] {2}).abort();
            for (int i = 0; i < 40; i++) {
                records.send(0, JAN_1 + i, new byte[] {3}, new byte[] {3}).commit();
            }
            records.send(0, JAN_1 + DAY, new byte[] {4}, new byte[] {4}).commit();
            records.send(0, JAN_1 + DAY, new byte[] {4}, new byte[] {4}).abort();

            export(records);

            assertExported(records.rows().subList(0, 41));
        }
    }

    @Test
    void theBrokersOwnTimeIsCutWhereTheBrokerSays() {
        String topic = Broker.topic("appendtime", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        try (Records records = Records.into(topic).stampedByTheBroker()) {
            for (int i = 0; i < 200; i++) {
                records.send(0, new byte[] {1}, new byte[] {(byte) i}).flush();
            }
            Instant time = Instant.ofEpochMilli(records.rows().get(100).timestamp());

            Cli.export(topic, output, "--from", time.toString()).exits(0);

            assertExported(records.rows().stream()
                    .filter(row -> row.timestamp() >= time.toEpochMilli())
                    .toList());
        }
    }

    @Test
    void pagesHaveTheSameBounds() {
        try (Records records = produced("paged", 3_000, i -> i == 5 ? YEAR_2030 : JAN_1 + i * 3 * DAY / 3_000)) {
            JsonNode page = Output.json(Cli.run(
                            "page",
                            "--bootstrap-server",
                            Broker.servers(),
                            "--topic",
                            records.topic(),
                            "--from",
                            "2026-01-02",
                            "--to",
                            "2026-01-03",
                            "--records",
                            "1000")
                    .exits(0)
                    .out());

            assertThat(page.at("/records/0/offset").asLong()).isEqualTo(1_000);
            assertThat(page.get("records")).hasSize(1_000);
            assertThat(page.get("nextPageToken").isNull()).isTrue();
        }
    }

    private void assertExported(List<Row> expected) {
        assertThat(new Output(output).rows()).isEqualTo(expected);
    }

    /** January 1. */
    private Cli.Result export(Records records, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--from", "2026-01-01", "--to", "2026-01-02"));
        arguments.addAll(List.of(more));
        return Cli.export(records.topic(), output, arguments.toArray(String[]::new))
                .exits(0);
    }

    private static Cli.Result plan(Records records, String... bounds) {
        List<String> arguments =
                new ArrayList<>(List.of("plan", "--bootstrap-server", Broker.servers(), "--topic", records.topic()));
        arguments.addAll(List.of(bounds));
        return Cli.run(arguments.toArray(String[]::new)).exits(0);
    }

    private List<Long> outsidePerFile(String topic) {
        List<Long> outside = new ArrayList<>();
        new Output(output)
                .checkpoint(topic, 1)
                .get("files")
                .forEach(file -> outside.add(file.get("outside").asLong()));
        return outside;
    }

    private static Records produced(String purpose, int count, LongUnaryOperator timestamp) {
        Records records = Records.into(Broker.topic(
                purpose,
                1,
                Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE), "retention.ms", "-1")));
        for (int i = 0; i < count; i++) {
            records.send(0, timestamp.applyAsLong(i), new byte[] {1}, new byte[] {(byte) i});
        }
        return records.flush();
    }
}
