package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Survivors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a topic looks like, its export ends and holds every record of its extent exactly once. */
class TopicShapesIT {
    @TempDir
    Path output;

    @ParameterizedTest
    @CsvSource({"asc, parquet", "desc, jsonl"})
    @LongCases({"desc, parquet", "asc, jsonl"})
    void walksOverTheGapsOfACompactedTopic(String direction, String format) {
        String topic = Broker.topic("compacted", 1, Topics.compacted());
        try (Records records = Records.into(topic)) {
            List<Row> survivors = Survivors.compact(records);
            assertThat(survivors).hasSize(12);

            Cli.Result result = Cli.export(
                    topic,
                    output,
                    "--direction",
                    direction,
                    "--format",
                    format,
                    "--page-size",
                    "60",
                    "--file-size",
                    "20");

            assertThat(result.exits(0).err()).contains("compact");
            assertThat(new Output(output).rows()).isEqualTo(survivors);
            new Output(output).assertComplete(topic);
        }
    }

    @ParameterizedTest
    @CsvSource({"asc, parquet", "desc, jsonl"})
    void leavesOutAbortedTransactions(String direction, String format) {
        String topic = Broker.topic("aborted", 2);
        try (Records records = Records.transactional(topic)) {
            for (int i = 0; i < 10; i++) {
                records.send(0, 7).send(1, 3).commit();
                records.send(0, 11).abort();
                records.send(1, 2).abort();
            }

            Cli.export(topic, output, "--direction", direction, "--format", format, "--page-size", "10")
                    .exits(0);

            assertThat(records.rows()).hasSize(100);
            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            new Output(output).assertComplete(topic);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "desc")
    @LongCases("asc")
    void takesAbortedRecordsWhenAskedTo(String direction) {
        String topic = Broker.topic("uncommitted", 1);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 10).commit();
            records.send(0, 5).abort();
            records.send(0, 4).flush();

            Cli.export(
                            topic,
                            output,
                            "--isolation-level",
                            "read_uncommitted",
                            "--page-size",
                            "4",
                            "--direction",
                            direction)
                    .exits(0);

            assertThat(records.rowsWithAborted()).hasSize(19);
            assertThat(new Output(output).rows()).isEqualTo(records.rowsWithAborted());
            new Output(output).assertComplete(topic);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "desc")
    @LongCases("asc")
    void endsWhereTheTailIsOnlyATransactionMarker(String direction) {
        String topic = Broker.topic("marker", 1);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 6).commit();

            Cli.export(topic, output, "--page-size", "3", "--file-size", "1", "--direction", direction)
                    .exits(0);

            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            new Output(output).assertComplete(topic);
            assertThat(new Output(output).dataFiles())
                    .as("six records and the marker")
                    .hasSize(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "desc")
    @LongCases("asc")
    void endsWhereTheTailIsAbortedData(String direction) {
        String topic = Broker.topic("abortedtail", 1);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 6).commit();
            records.send(0, 50).abort();

            Cli.export(topic, output, "--page-size", "10", "--direction", direction)
                    .exits(0);

            assertThat(records.rows()).hasSize(6);
            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            new Output(output).assertComplete(topic);
        }
    }

    @Test
    void exportsATopicOfNothingButAbortedRecords() {
        String topic = Broker.topic("allaborted", 2);
        try (Records records = Records.transactional(topic)) {
            records.send(0, 20).send(1, 1).abort();

            Cli.export(topic, output, "--page-size", "5").exits(0);

            assertThat(new Output(output).rows()).isEmpty();
            assertThat(new Output(output).dataFiles()).isNotEmpty();
            new Output(output).assertComplete(topic);
        }
    }

    @Test
    void endsBeforeAnOpenTransactionAndSaysSo() {
        String topic = Broker.topic("open", 2);
        Path report = output.resolve("report.json");
        Path data = output.resolve("data");
        try (Records before = Records.into(topic);
                Records open = Records.transactional(topic)) {
            before.send(0, 10).send(1, 4).flush();
            List<Row> stable = before.rows();
            open.send(0, 3).flush();
            before.send(0, 10).flush();

            Cli.Result result = Cli.export(topic, data, "--report", report.toString());

            assertThat(result.exits(0).err())
                    .contains("note: " + topic + "-0: an open transaction holds the last stable offset at 10");
            assertThat(new Output(data).rows()).isEqualTo(stable);
            assertThat(Output.json(report).get("openTransactions"))
                    .singleElement()
                    .satisfies(partition -> {
                        assertThat(partition.get("partition").asInt()).isZero();
                        assertThat(partition.get("lastStableOffset").asLong()).isEqualTo(10);
                        assertThat(partition.get("highWatermark").asLong()).isEqualTo(23);
                    });

            open.commit();
            Cli.export(topic, data).exits(0);
            assertThat(new Output(data).rows()).as("the extent does not move").isEqualTo(stable);
        }
    }

    /** Engines fail on a table without files. */
    @ParameterizedTest
    @CsvSource({"parquet, asc", "jsonl, desc"})
    void exportsAnExtentWithoutOffsetsAsOneFileWithoutRows(String format, String direction) throws IOException {
        String topic = Broker.topic("empty", 3);

        String[] shape = {"--partitions", "1,2", "--format", format, "--direction", direction};
        assertThat(Cli.export(topic, output, shape).exits(0).err()).contains("1 page, 1 file, 0 records");

        String name = new Output(output).dataFiles().firstKey();
        assertThat(name).startsWith(topic + "-1-00000000000000000000-00000000000000000000-1-");
        assertThat(new Output(output).dataFiles()).hasSize(1);
        String read = format.equals("parquet")
                ? "read_parquet('" + output + "/*.parquet')"
                : "read_json('" + output + "/*.jsonl.zst', columns={'offset': 'BIGINT'})";
        assertThat(DuckDb.query("SELECT count(*) FROM " + read)).containsExactly(List.of("0"));
        new Output(output).assertComplete(topic);
        Cli.run("status", "--output", output.toString()).exits(0);
        Cli.run(
                        "verify",
                        "--output",
                        output.toString(),
                        "--deep",
                        "--against-topic",
                        "--bootstrap-server",
                        Broker.servers())
                .exits(0);
        Cli.export(topic, output, shape).exits(0);
        Files.delete(output.resolve(name));
        assertThat(Cli.run("verify", "--output", output.toString()).exits(9).out())
                .contains(name);
        Cli.run("delete", "--output", output.toString(), "--export-id", topic, "--yes")
                .exits(0);
    }

    @ParameterizedTest
    @ValueSource(strings = "desc")
    @LongCases("asc")
    void exportsEmptyAndSkewedPartitions(String direction) {
        try (Records records = Records.filled("skewed", 0, 1000, 0, 1, 30, 0)) {
            Cli.export(records.topic(), output, "--page-size", "100", "--file-size", "40", "--direction", direction)
                    .exits(0);

            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            new Output(output).assertComplete(records.topic());
        }
    }

    @ParameterizedTest
    @CsvSource({"asc, parquet", "desc, jsonl"})
    @LongCases("desc, parquet")
    void readsASinglePartitionOnSeveralThreads(String direction, String format) {
        try (Records records = Records.filled("single", 5000)) {
            Cli.export(
                            records.topic(),
                            output,
                            "--threads",
                            "4",
                            "--page-size",
                            "800",
                            "--file-size",
                            "100",
                            "--direction",
                            direction,
                            "--format",
                            format)
                    .exits(0);

            Output exported = new Output(output);
            assertThat(exported.rows()).isEqualTo(records.rows());
            exported.assertComplete(records.topic());
            assertThat(exported.checkpoint(records.topic(), 1).get("files"))
                    .as("the first page")
                    .hasSize(8)
                    .extracting(file -> file.get("start").asLong())
                    .contains(direction.equals("asc") ? 0L : 4200L);
        }
    }

    @Test
    void keepsOffsetsAscendingInsideAFileWhenNewestPagesComeFirst() {
        try (Records records = Records.filled("ascending", 3000)) {
            Cli.export(records.topic(), output, "--direction", "desc", "--page-size", "1500", "--file-size", "500")
                    .exits(0);

            assertThat(DuckDb.query("SELECT filename, count(*), min(\"offset\" - file_row_number) = max(\"offset\" -"
                            + " file_row_number) FROM read_parquet('" + output
                            + "/*.parquet', filename=true, file_row_number=true) GROUP BY ALL"))
                    .hasSize(6)
                    .allSatisfy(row -> assertThat(row.subList(1, 3)).containsExactly("500", "true"));
        }
    }

    @ParameterizedTest
    @CsvSource({"desc, 1000", "asc, 1"})
    @LongCases({"asc, 1000", "desc, 3"})
    void servesAHundredPartitionsWithPagesOfSeven(String direction, String fileSize) {
        int[] counts = IntStream.range(0, 100).map(partition -> partition % 5).toArray();
        try (Records records = Records.filled("hundred", counts)) {
            Cli.export(records.topic(), output, "--page-size", "7", "--file-size", fileSize, "--direction", direction)
                    .exits(0);

            assertThat(new Output(output).rows()).hasSize(200).isEqualTo(records.rows());
            new Output(output).assertComplete(records.topic());
        }
    }

    @Test
    void ignoresPartitionsAndRecordsThatCameAfterTheFreeze() {
        try (Records records = Records.filled("grows", 40, 40)) {
            List<Row> frozen = records.rows();
            Cli.export(records.topic(), output, "--page-size", "30", "--max-pages", "1")
                    .exits(3);
            Broker.addPartitions(records.topic(), 4);
            Eventually.isTrue(
                    "the new partitions can be written",
                    () -> Broker.call(admin -> admin.describeTopics(List.of(records.topic()))
                                            .allTopicNames())
                                    .get(records.topic())
                                    .partitions()
                                    .size()
                            == 4);
            try (Records later = Records.into(records.topic())) {
                later.send(0, 25).send(3, 25).flush();
            }

            Cli.export(records.topic(), output, "--page-size", "30").exits(0);

            assertThat(new Output(output).rows()).isEqualTo(frozen);
            new Output(output).assertComplete(records.topic());
        }
    }

    @Test
    void ignoresRecordsProducedWhileItRuns() throws Exception {
        try (Records records = Records.filled("busy", 2000, 500)) {
            List<Row> frozen = records.rows();
            Output exported = new Output(output);
            Thread producing = new Thread(() -> {
                Eventually.isTrue("the extent is frozen", () -> exported.checkpoints(records.topic()) > 0);
                try (Records later = Records.into(records.topic())) {
                    while (exported.checkpoints(records.topic()) < 50) {
                        later.send(0, 10).send(1, 10).flush();
                    }
                }
            });
            producing.start();

            Cli.export(records.topic(), output, "--page-size", "50", "--file-size", "25")
                    .exits(0);

            producing.join();
            assertThat(exported.rows()).isEqualTo(frozen);
            exported.assertComplete(records.topic());
        }
    }
}
