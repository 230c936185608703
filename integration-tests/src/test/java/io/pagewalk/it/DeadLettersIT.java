package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.RawBatches;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that do not fit into the files are set aside, as they are, and nothing else of them gets lost. */
class DeadLettersIT {
    private static final String[] JSON_VALUES = {
        "--value-format", "json", "--key-format", "bytes", "--header-format", "bytes"
    };
    private static final int RECORDS = 100;
    private static final Set<Long> BAD = new TreeSet<>(List.of(0L, 17L, 18L, 50L, 99L));

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void areInFilesOfTheirOwnThatDuckDbReads(String format) {
        try (Records records = withStrays("aside")) {
            String topic = records.topic();
            Path out = dir.resolve("out");

            Cli.Result result = export(
                            topic, out, "--format", format, "--file-size", "20", "--on-bad-record", "dead-letter")
                    .exits(8);

            assertThat(result.err())
                    .contains("5 records that do not fit into the data files are set aside", "dead-letters");
            Path letters = deadLetters(out, topic);
            List<Row> aside = DuckDb.jsonl(letters);
            assertThat(aside)
                    .isEqualTo(records.rows().stream()
                            .filter(row -> BAD.contains(row.offset()))
                            .toList());
            assertThat(DuckDb.rows(out, format, "bytes", "json", "bytes"))
                    .isEqualTo(records.rows().stream()
                            .filter(row -> !BAD.contains(row.offset()))
                            .toList());
            assertThat(DuckDb.query("SELECT DISTINCT errorPart, error FROM read_json('" + letters + "/*.jsonl')"))
                    .containsExactly(List.of("value", "not JSON, or beyond the limits of its readers"));
            assertThat(names(letters))
                    .hasSize(3)
                    .allMatch(name -> new Output(out)
                            .dataFiles().keySet().stream()
                                    .anyMatch(data -> data.startsWith(name.substring(0, name.lastIndexOf('.')))));
            Cli.run("verify", "--output", out.toString(), "--against-topic", "--bootstrap-server", Broker.servers())
                    .exits(0);
            assertThat(Cli.run("status", "--output", out.toString()).exits(8).out())
                    .contains("Set aside    5 records");
            Cli.run("delete", "--output", out.toString(), "--yes").exits(0);
            assertThat(new Output(out).allFiles()).noneMatch(name -> name.contains("dead-letters"));
        }
    }

    @Test
    void endTheRunUnlessTheyAreToBeSetAside() {
        try (Records records = withStrays("fails")) {
            assertThat(export(records.topic(), dir.resolve("out")).exits(6).error())
                    .contains(records.topic() + "-0 offset 0: the value is not JSON", "--on-bad-record dead-letter");
        }
    }

    @Test
    void areSetAsideWhereAutoChoseTheFormatAndNothingElseIsSaid() {
        try (Records records = Records.into(Broker.topic("auto", 1))) {
            sendStrays(records, Set.of(50L));
            Path out = dir.resolve("out");

            Cli.export(records.topic(), out, "--value-format", "auto").exits(8);

            assertThat(DuckDb.jsonl(deadLetters(out, records.topic())))
                    .extracting(Row::offset)
                    .containsExactly(50L);
            assertThat(Cli.export(
                                    records.topic(),
                                    dir.resolve("strict"),
                                    "--value-format",
                                    "auto",
                                    "--on-bad-record",
                                    "fail")
                            .exits(6)
                            .error())
                    .contains("offset 50");
        }
    }

    @Test
    void holdTimestampsThatNoDataFileCouldHold() throws Exception {
        String topic = Broker.topic("far", 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        RawBatches.send(topic, 1, "fits");
        RawBatches.send(topic, Long.MAX_VALUE, "does not");
        Path out = dir.resolve("out");

        Cli.export(topic, out, "--on-bad-record", "dead-letter").exits(8);

        assertThat(DuckDb.jsonl(deadLetters(out, topic)))
                .extracting(Row::timestamp)
                .containsExactly(Long.MAX_VALUE);
        Cli.run("verify", "--output", out.toString(), "--against-topic", "--bootstrap-server", Broker.servers())
                .exits(0);
    }

    @Test
    void areOnlySoManyAPage() {
        try (Records records = withStrays("many")) {
            String topic = records.topic();
            Path out = dir.resolve("out");
            String[] some = {
                "--page-size", "60", "--file-size", "20", "--on-bad-record", "dead-letter", "--max-bad-records", "3"
            };

            assertThat(export(topic, out, some).exits(6).error())
                    .contains(
                            "page 1",
                            "4 records were set aside",
                            "more than the 3 that may be",
                            "raise --max-bad-records",
                            "dead-letters/");
            assertThat(export(topic, dir.resolve("one"), "--on-bad-record", "dead-letter", "--max-bad-records", "3")
                            .exits(6)
                            .error())
                    .contains("more than 3 records", "offset 50");

            some[7] = "4";
            export(topic, out, some).exits(8);
            Cli.run("verify", "--output", out.toString(), "--deep").exits(0);
        }
    }

    /** The slices of a page that was not committed may have their files. */
    @Test
    void staySetAsideForARunThatWouldFailAtThem() {
        try (Records records = withStrays("stay")) {
            String topic = records.topic();
            Path out = dir.resolve("out");
            String[] tooMany = {
                "--page-size", "60", "--file-size", "20", "--on-bad-record", "dead-letter", "--max-bad-records", "3"
            };
            export(topic, out, tooMany).exits(6);

            assertThat(export(topic, out, "--page-size", "60", "--file-size", "20", "--on-bad-record", "fail")
                            .exits(6)
                            .error())
                    .contains("an earlier run has set", "dead-letters/", "--on-bad-record dead-letter");
            export(topic, out, "--page-size", "60", "--file-size", "20", "--on-bad-record", "dead-letter")
                    .exits(8);
        }
    }

    @Test
    void areCountedInTheReport() throws IOException {
        try (Records records = withStrays("report")) {
            Path report = dir.resolve("report.json");

            export(records.topic(), dir.resolve("out"), "--on-bad-record", "dead-letter", "--report", report.toString())
                    .exits(8);

            JsonNode told = Output.json(report);
            assertThat(told.get("outcome").asText()).isEqualTo("complete-with-exceptions");
            assertThat(told.get("committed").get("setAside").asLong()).isEqualTo(5);
            assertThat(told.get("committed").get("records").asLong()).isEqualTo(95);
            assertThat(told.get("committed").get("gaps").asLong()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void areExportedWithoutABrokerOnceTheyCanBeRead(String format) throws IOException {
        try (Records records = withStrays("rest")) {
            String topic = records.topic();
            Path out = setAside(topic);
            Path rest = dir.resolve("rest");
            Path report = dir.resolve("report.json");

            Cli.Result result = fromDeadLetters(topic, out, rest, "--format", format, "--report", report.toString())
                    .exits(0);

            assertThat(result.err()).contains("5 records that export " + topic + " has set aside in " + out);
            assertThat(DuckDb.rows(rest, format, "string", "string", "bytes"))
                    .isEqualTo(records.rows().stream()
                            .filter(row -> BAD.contains(row.offset()))
                            .toList());
            JsonNode told = Output.json(report);
            assertThat(told.at("/committed/records").asLong()).isEqualTo(5);
            assertThat(told.at("/committed/gaps").asLong()).isZero();
            assertThat(told.at("/committed/elsewhere").asLong()).isEqualTo(95);
            assertThat(told.at("/deadLettersOf/exportId").asText()).isEqualTo(topic);
            assertThat(Cli.run("status", "--output", rest.toString()).exits(0).out())
                    .contains("Made of      5 records that export " + topic + " (generation 1) has set aside");
            Cli.run("verify", "--output", rest.toString(), "--deep").exits(0);
            assertThat(Cli.run(
                                    "verify",
                                    "--output",
                                    rest.toString(),
                                    "--against-topic",
                                    "--bootstrap-server",
                                    Broker.servers())
                            .exits(2)
                            .error())
                    .contains("is made of what export " + topic + " has set aside");
        }
    }

    @Test
    void areExportedPageByPage() {
        try (Records records = withStrays("pages")) {
            String topic = records.topic();
            Path out = setAside(topic);
            Path rest = dir.resolve("rest");
            String[] pages = {"--format", "jsonl", "--page-size", "2", "--file-size", "1"};
            String[] first = {"--format", "jsonl", "--page-size", "2", "--file-size", "1", "--max-pages", "1"};
            fromDeadLetters(topic, out, rest, first).exits(3);

            fromDeadLetters(topic, out, rest, pages).exits(0);

            assertThat(DuckDb.rows(rest, "jsonl", "string", "string", "bytes"))
                    .extracting(Row::offset)
                    .containsExactlyElementsOf(BAD);
            assertThat(fromDeadLetters(topic, out, rest, pages).exits(0).err()).contains("is complete since");
            assertThat(Cli.export(topic, rest, pages).exits(2).error())
                    .contains("no from-dead-letters (the export has " + out + ")");
        }
    }

    @Test
    void mayBeSetAsideOnceMoreAndExportedFromThere() {
        try (Records records = withStrays("again")) {
            String topic = records.topic();
            Path out = setAside(topic);
            Path rest = dir.resolve("rest");
            assertThat(fromDeadLetters(topic, out, rest, "--value-format", "json")
                            .exits(6)
                            .error())
                    .contains(topic + "-0 offset 0: the value is not JSON");

            fromDeadLetters(topic, out, rest, "--value-format", "json", "--on-bad-record", "dead-letter")
                    .exits(8);

            fromDeadLetters(topic, rest, dir.resolve("last")).exits(0);
            assertThat(DuckDb.rows(dir.resolve("last"), "parquet", "string", "string", "bytes"))
                    .extracting(Row::offset)
                    .containsExactlyElementsOf(BAD);
        }
    }

    @Test
    void areNoneOfAnExportThatSetNothingAside() {
        try (Records records = Records.filled("none", 10)) {
            String topic = records.topic();
            Path out = dir.resolve("out");
            Cli.export(topic, out).exits(0);

            assertThat(fromDeadLetters(topic, out, dir.resolve("rest")).exits(0).err())
                    .contains("has set nothing aside");

            assertThat(DuckDb.rows(dir.resolve("rest"), "parquet", "bytes", "bytes", "bytes"))
                    .isEmpty();
        }
    }

    @Test
    void areNotExportedBeforeTheirExportIsComplete() {
        try (Records records = withStrays("half")) {
            String topic = records.topic();
            Path out = dir.resolve("out");
            export(topic, out, "--on-bad-record", "dead-letter", "--page-size", "10", "--max-pages", "2")
                    .exits(3);

            assertThat(fromDeadLetters(topic, out, dir.resolve("rest")).exits(2).error())
                    .contains("once it is complete", "page 3 is next");

            assertThat(dir.resolve("rest")).doesNotExist();
        }
    }

    @Test
    void areNotExportedWhereAFileOfThemIsNotAsListed() throws IOException {
        try (Records records = withStrays("spoilt")) {
            String topic = records.topic();
            Path out = setAside(topic);
            Path letters = deadLetters(out, topic);
            Path file = letters.resolve(names(letters).get(0));
            String text = Files.readString(file);
            Files.writeString(file, text.replace("\"timestamp\":1", "\"timestamp\":2"));

            assertThat(fromDeadLetters(topic, out, dir.resolve("rest")).exits(2).error())
                    .contains(file.getFileName().toString(), "is not as the log of its export lists it");

            Files.delete(file);
            assertThat(fromDeadLetters(topic, out, dir.resolve("rest")).exits(2).error())
                    .contains(file.getFileName().toString(), "is missing");

            Files.writeString(file, text);
            fromDeadLetters(topic, out, dir.resolve("rest")).exits(0);
        }
    }

    @Test
    void areNotExportedOnFromAnotherExport() {
        try (Records records = withStrays("other")) {
            String topic = records.topic();
            Path out = setAside(topic);
            Path rest = dir.resolve("rest");
            String[] pages = {"--page-size", "2", "--file-size", "1", "--max-pages", "1"};
            fromDeadLetters(topic, out, rest, pages).exits(3);
            Cli.run("delete", "--output", out.toString(), "--yes").exits(0);
            assertThat(fromDeadLetters(topic, out, rest, pages).exits(2).error())
                    .contains("there is no export of topic " + topic);
            setAside(topic);

            assertThat(fromDeadLetters(topic, out, rest, pages).exits(7).error())
                    .contains("(generation 1, 5 records", "(generation 2, 5 records");
        }
    }

    @Test
    void areAllExportedOrNone() {
        String topic = "orders";
        Path out = dir.resolve("out");
        assertThat(fromDeadLetters(topic, out, dir.resolve("rest"), "--from", "2026-01-01")
                        .exits(2)
                        .error())
                .contains("leave out --from, --to and --partitions");
        assertThat(fromDeadLetters(topic, out, out).exits(2).error()).contains("needs an --output of its own");
        assertThat(fromDeadLetters(topic, out, dir.resolve("rest")).exits(2).error())
                .contains("there is no export of topic orders");
        assertThat(Cli.run("export", "--topic", topic, "--output", out.toString())
                        .exits(2)
                        .error())
                .contains("an export of topic orders needs a cluster", "--bootstrap-server");
    }

    private Path setAside(String topic) {
        Path out = dir.resolve("out");
        export(topic, out, "--file-size", "20", "--on-bad-record", "dead-letter")
                .exits(8);
        return out;
    }

    private static Cli.Result fromDeadLetters(String topic, Path from, Path to, String... options) {
        return Cli.run(Stream.concat(
                        Stream.of(
                                "export",
                                "--from-dead-letters",
                                from.toString(),
                                "--topic",
                                topic,
                                "--output",
                                to.toString()),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private static Records withStrays(String name) {
        Records records = Records.into(Broker.topic(name, 1));
        sendStrays(records, BAD);
        return records;
    }

    private static void sendStrays(Records records, Set<Long> strays) {
        for (long offset = 0; offset < RECORDS; offset++) {
            byte[] key = ("key" + offset).getBytes(UTF_8);
            records.send(
                    0, key, (strays.contains(offset) ? "stray " + offset : "{\"n\":" + offset + "}").getBytes(UTF_8));
        }
        records.flush();
    }

    private static Cli.Result export(String topic, Path out, String... options) {
        return Cli.export(
                topic,
                out,
                Stream.concat(Stream.of(JSON_VALUES), Stream.of(options)).toArray(String[]::new));
    }

    private static Path deadLetters(Path out, String topic) {
        return out.resolve("_pagewalk").resolve(topic).resolve("1").resolve("dead-letters");
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
