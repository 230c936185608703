package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Survivors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify} tells an export that is sound from one that is not, and explains what has become of its topic. */
class VerifyIT {
    @TempDir
    Path output;

    @ParameterizedTest
    @CsvSource({"asc, parquet, zstd", "desc, jsonl, gzip"})
    @LongCases({"desc, parquet, none", "asc, jsonl, zstd"})
    void findsNothingInAHealthyExport(String direction, String format, String compression) {
        String topic = Broker.topic("healthy", 3);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 7).send(2, 1).commit();
            records.send(0, 3).abort();
            records.send(0, 5).commit();
            export(topic, "--direction", direction, "--format", format, "--compression", compression)
                    .exits(0);

            Cli.Result result = verify("--against-topic", "--json").exits(0);

            JsonNode document = Output.json(result.out());
            assertThat(document.get("result").asText()).isEqualTo("as-recorded");
            assertThat(document.get("records").asInt()).isEqualTo(13);
            assertThat(document.get("gaps").asInt())
                    .as("three aborted records and four markers")
                    .isEqualTo(7);
            assertThat(document.at("/partitions/0/gaps").asInt()).isEqualTo(6);
            assertThat(document.at("/partitions/0/topic/same").asInt()).isEqualTo(12);
            assertThat(document.at("/partitions/1/records").asInt()).isZero();
            assertThat(verify().exits(0).out()).contains("Gaps         7 offsets", "Result       as recorded");
        }
    }

    @Test
    void comparesJsonWithoutTheLineBreaksThatJsonlDrops() {
        String topic = Broker.topic("breaks", 1);
        try (Records records = Records.into(topic)) {
            records.send(0, "[1,\n2]".getBytes(UTF_8), "{\r\n \"a\" : null }".getBytes(UTF_8))
                    .send(0, "null".getBytes(UTF_8), null)
                    .flush();
            export(topic, "--format", "jsonl", "--key-format", "json", "--value-format", "json")
                    .exits(0);

            verify("--against-topic").exits(0);
        }
    }

    @Test
    void explainsWhatWasCompactedSince() {
        String topic = Broker.topic("thinned", 1, Topics.compacted());
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 30; i++) {
                records.send(0, "early".getBytes(UTF_8), ("value " + i).getBytes(UTF_8));
            }
            records.flush();
            export(topic).exits(0);
            Survivors.compact(records);

            Cli.Result result = verify("--against-topic", "--json").exits(0);

            JsonNode compared = Output.json(result.out()).at("/partitions/0/topic");
            assertThat(compared.get("compacted").asInt()).isPositive();
            assertThat(compared.get("compacted").asInt() + compared.get("same").asInt())
                    .isEqualTo(Output.json(result.out()).get("records").asInt());
            assertThat(verify("--against-topic").exits(0).out()).contains("compacted since");
        }
    }

    @Test
    void explainsWhatExpiredSince() {
        try (Records records = Records.filled("expired", 20, 4)) {
            export(records.topic()).exits(0);
            Broker.deleteRecords(records.topic(), 0, 11);

            Cli.Result result = verify("--against-topic", "--json").exits(0);

            JsonNode compared = Output.json(result.out()).at("/partitions/0/topic");
            assertThat(compared.get("expired").asInt()).isEqualTo(11);
            assertThat(compared.get("same").asInt()).isEqualTo(9);
            assertThat(verify("--against-topic").exits(0).out()).contains("11 expired since");
        }
    }

    @ParameterizedTest
    @CsvSource("asc")
    @LongCases("desc")
    void isSatisfiedByLossesThatAreOnRecord(String direction) {
        try (Records records = Records.filled("losing", 20, 4)) {
            export(records.topic(), "--direction", direction, "--max-pages", "1")
                    .exits(3);
            Broker.deleteRecords(records.topic(), 0, 11);
            export(records.topic(), "--direction", direction, "--on-data-loss", "record")
                    .exits(8);

            Cli.Result result = verify("--against-topic", "--json").exits(0);

            JsonNode partition = Output.json(result.out()).at("/partitions/0");
            assertThat(partition.get("lost").asInt()).isEqualTo(direction.equals("asc") ? 8 : 11);
            assertThat(partition.get("gaps").asInt()).isZero();
            assertThat(partition.get("records").asInt() + partition.get("lost").asInt())
                    .isEqualTo(20);
            assertThat(verify().exits(0).out()).contains("offsets on record as lost");
        }
    }

    @ParameterizedTest
    @CsvSource({"parquet", "jsonl"})
    void namesTheOffsetsThatDiffer(String format) throws IOException {
        try (Records records = Records.filled("differs", 20)) {
            export(records.topic(), "--format", format).exits(0);
            Forgery forgery = new Forgery(output, records.topic());
            // Offset 5 is dropped, and offset 7 gets another value.
            forgery.replace(record -> switch ((int) record.offset()) {
                case 5 -> List.of();
                case 7 -> List.of(Forgery.withValue(record, "forged"));
                default -> List.of(record);
            });

            verify("--deep").exits(0);
            Cli.Result result = verify("--against-topic").exits(9);

            assertThat(findings(result))
                    .anyMatch(
                            line -> line.contains("missing from") && line.contains("1 record at offset 5 of the topic"))
                    .anyMatch(line -> line.contains("differs between") && line.contains("1 record at offset 7"))
                    .hasSize(2);
        }
    }

    @Test
    void namesRecordsThatTheTopicNeverHad() throws IOException {
        String topic = Broker.topic("invented", 1);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 4).commit().send(0, 4).commit();
            export(topic).exits(0);
            // Offset 4 is a marker.
            new Forgery(output, topic)
                    .replace(record ->
                            record.offset() == 3 ? List.of(record, Forgery.withOffset(record, 4)) : List.of(record));

            assertThat(findings(verify("--against-topic").exits(9)))
                    .singleElement()
                    .asString()
                    .contains("not in the topic, which is not compacted", "offset 4");
        }
    }

    @Test
    void isNotSatisfiedByAnUnfinishedExport() {
        try (Records records = Records.filled("unfinished", 20)) {
            export(records.topic(), "--max-pages", "2").exits(3);

            assertThat(findings(verify().exits(9)))
                    .singleElement()
                    .asString()
                    .contains("not complete: page 3 is next, 14 offsets remain");
        }
    }

    @Test
    void endsWithTheTopicsCodeIfItIsAnotherOne() {
        try (Records records = Records.filled("another", 5)) {
            export(records.topic()).exits(0);
            Broker.recreate(records.topic(), 1);

            assertThat(verify("--against-topic").exits(7).error()).contains(records.topic());
            verify("--deep").exits(0);
        }
    }

    @Test
    void countsWhatNoLogOfTheOutputListsAndNothingElse(@TempDir Path elsewhere) throws IOException {
        try (Records one = Records.filled("one", 5);
                Records other = Records.filled("other", 5)) {
            export(one.topic()).exits(0);
            export(other.topic(), "--checkpoints", elsewhere.toString(), "--export-id", "nightly")
                    .exits(0);
            Files.writeString(output.resolve("README.parquet"), "not named like a data file");

            run("verify", "--output", output.toString()).exits(2);
            verifyId(one.topic()).exits(0);
            verifyId("nightly").exits(0);

            String extra = other.topic() + "-7-00000000000000000000-00000000000000000005-1-0123456789ab.jsonl";
            Files.writeString(output.resolve(extra), "");
            assertThat(findings(verifyId(one.topic()).exits(9)))
                    .singleElement()
                    .asString()
                    .contains(extra);
        }
    }

    @Test
    void takesLogsOfOtherOutputsInASharedPlaceForNoneOfItsOwn(@TempDir Path logs, @TempDir Path otherOutput)
            throws IOException {
        try (Records one = Records.filled("one", 5);
                Records other = Records.filled("other", 5)) {
            export(one.topic(), "--checkpoints", logs.toString()).exits(0);
            Cli.export(other.topic(), otherOutput, "--format", "jsonl", "--checkpoints", logs.toString())
                    .exits(0);

            run("verify", "--output", output.toString(), "--checkpoints", logs.toString())
                    .exits(0);

            String strayed = new Output(otherOutput).dataFiles().firstKey();
            Files.copy(otherOutput.resolve(strayed), output.resolve(strayed));
            assertThat(findings(run("verify", "--output", output.toString(), "--checkpoints", logs.toString())
                            .exits(9)))
                    .singleElement()
                    .asString()
                    .contains(strayed);
        }
    }

    @Test
    void endsAProcessWithItsCode() throws Exception {
        try (Records records = Records.filled("process", 8)) {
            export(records.topic()).exits(0);
            List<String> before = new Output(output).allFiles();
            String[] arguments = {
                "verify", "--output", output.toString(), "--against-topic", "--bootstrap-server", Broker.servers()
            };
            try (CliProcess process = CliProcess.start(arguments)) {
                process.await().exits(0);
            }
            assertThat(new Output(output).allFiles()).isEqualTo(before);
            Files.delete(output.resolve(new Output(output).dataFiles().firstKey()));
            try (CliProcess process = CliProcess.start(arguments)) {
                assertThat(findings(process.await().exits(9))).hasSize(1);
            }
        }
    }

    @Test
    void asksForTheBrokersAndAnOutputThatHoldsAnExport() {
        assertThat(run("verify", "--output", output.toString()).exits(2).error())
                .contains("there is no export in");
        assertThat(run("verify", "--output", output.toString(), "--against-topic")
                        .exits(2)
                        .error())
                .contains("--bootstrap-server");
    }

    private Cli.Result export(String topic, String... more) {
        List<String> all = new ArrayList<>(List.of("--page-size", "3", "--file-size", "3"));
        all.addAll(List.of(more));
        return Cli.export(topic, output, all.toArray(String[]::new));
    }

    private Cli.Result verify(String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--output", output.toString()));
        arguments.addAll(List.of(more));
        if (arguments.contains("--against-topic")) {
            arguments.addAll(List.of("--bootstrap-server", Broker.servers()));
        }
        return run(arguments.toArray(String[]::new));
    }

    private Cli.Result verifyId(String exportId) {
        return verify("--export-id", exportId);
    }

    private static Cli.Result run(String... arguments) {
        return Cli.run(arguments);
    }

    private static List<String> findings(Cli.Result result) {
        return result.out().lines().filter(line -> line.startsWith("finding: ")).toList();
    }
}
