package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where records are gone, an export stops, or goes on and says for good what it goes without. */
class DataLossIT {
    private static final String[] RECORD = {"--on-data-loss", "record"};
    private static final String[] PAGES = {"--page-size", "40", "--file-size", "20", "--threads", "2"};

    /** One slice, at a rate at which it takes some seconds, in fetches of some hundred records. */
    private static final String[] SLOWLY = {
        "--page-size",
        "40000",
        "--file-size",
        "40000",
        "--retry-timeout",
        "2m",
        "--max-rate",
        "500KB",
        "--command-property",
        "max.partition.fetch.bytes=20000",
        "--format",
        "jsonl",
        "--compression",
        "none"
    };

    /** More than a claim or a checkpoint has. */
    private static final long BEGUN = 100_000;

    @TempDir
    Path dir;

    @Test
    void recordsWhatIsGoneBetweenRunsAndEndsWith8ForGood() {
        try (Records records = Records.filled("loss", 100, 30)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            Path report = dir.resolve("report.json");
            Cli.export(topic, output.directory(), with(PAGES, "--max-pages", "1"))
                    .exits(3);
            Broker.deleteRecords(topic, 0, 75);
            assertThat(Cli.export(topic, output.directory(), with(PAGES))
                            .exits(4)
                            .error())
                    .contains(topic + "-0", "are gone", "--on-data-loss record");

            Result result = Cli.export(
                            topic, output.directory(), with(PAGES, with(RECORD, "--report", report.toString())))
                    .exits(8);

            Predicate<Row> saved = row -> row.partition() == 1 || row.offset() < 20 || row.offset() >= 75;
            assertThat(output.rows()).isEqualTo(only(records, saved));
            output.assertComplete(topic);
            assertThat(result.err())
                    .contains("warning: " + topic + "-0 [20, 40) is gone from the topic")
                    .contains("warning: " + topic + "-0 [60, 75) is gone from the topic")
                    .contains("55 offsets of the extent are on record as lost: " + topic + "-0 [20, 75)");
            JsonNode told = Output.json(report);
            assertThat(told.get("exitCode").asInt()).isEqualTo(8);
            assertThat(told.get("outcome").asText()).isEqualTo("complete-with-exceptions");
            assertThat(told.get("losses")).hasToString("[{\"partition\":0,\"start\":20,\"end\":75}]");
            assertThat(told.get("committed").get("lost").asLong()).isEqualTo(55);
            assertThat(told.get("committed").get("gaps").asLong()).isZero();
            assertThat(told.get("committed").get("records").asLong()).isEqualTo(75);
            assertThat(told.get("remainingOffsets").asLong()).isZero();

            Result again = Cli.export(topic, output.directory(), with(PAGES, "--quiet", "--report", report.toString()))
                    .exits(8);
            assertThat(again.err()).contains("55 offsets of the extent are on record as lost");
            assertThat(Output.json(report).get("losses")).isEqualTo(told.get("losses"));
            assertThat(Cli.run("status", "--output", output.directory().toString())
                            .exits(8)
                            .out())
                    .contains("complete")
                    .contains("Lost         55 offsets: " + topic + "-0 [20, 75)");
        }
    }

    @Test
    void warnsOfTheFirstTenLossesAndCountsThemAll() {
        try (Records records = Records.filled("losses", 200)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] small = {"--page-size", "20", "--file-size", "10"};
            Cli.export(topic, output.directory(), with(small, "--max-pages", "1"))
                    .exits(3);
            Broker.deleteRecords(topic, 0, 199);

            Result result =
                    Cli.export(topic, output.directory(), with(small, RECORD)).exits(8);

            assertThat(result.err().lines().filter(line -> line.contains("is gone from the topic")))
                    .hasSize(10);
            assertThat(result.err()).containsOnlyOnce("further losses of this run are told at its end");
            assertThat(result.err()).contains("179 offsets of the extent are on record as lost");
        }
    }

    @Test
    void keepsWhatAKilledRunHadPublishedBeforeItWasGone() throws Exception {
        String[] onePage = {"--page-size", "1500", "--file-size", "10", "--threads", "2"};
        try (Records records = Records.filled("saved", 1500)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), onePage))) {
                Eventually.isTrue(
                        "some files are published", () -> output.dataFiles().size() > 5 || !process.isAlive());
                assertThat(process.kill())
                        .as("killed in time: %s", process.err())
                        .isTrue();
            }
            assertThat(output.checkpoints(topic)).isEqualTo(1);
            SortedMap<String, byte[]> published = output.dataFiles();
            List<Row> saved = output.rows();
            assertThat(saved).isNotEmpty();
            Broker.deleteRecords(topic, 0, 1500);

            Cli.export(topic, output.directory(), onePage).exits(4);
            Cli.export(topic, output.directory(), with(onePage, RECORD)).exits(8);

            assertThat(output.rows()).isEqualTo(saved);
            assertThat(output.dataFiles()).hasSize(150).containsAllEntriesOf(published);
            output.assertComplete(topic);
            JsonNode status = status(output);
            assertThat(status.get("committed").get("lost").asLong()).isEqualTo(1500 - saved.size());
            assertThat(status.get("committed").get("gaps").asLong()).isZero();
            for (JsonNode lost : status.get("losses")) {
                assertThat(saved)
                        .noneMatch(row -> lost.get("start").asLong() <= row.offset()
                                && row.offset() < lost.get("end").asLong());
            }
        }
    }

    @Test
    void keepsWhatItHadReadOfASliceThatIsCutInTheMiddle() throws Exception {
        try (Records records = Records.filled("cut", 40_000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            try (CliProcess process =
                    CliProcess.start(Cli.exportArguments(topic, output.directory(), with(SLOWLY, RECORD)))) {
                stopWhileReading(process, output);
                Broker.deleteRecords(topic, 0, 39_000);
                process.signal("CONT");

                assertThat(process.await().exits(8).err()).contains(topic + "-0 [", ", 39000) is gone from the topic");
            }

            JsonNode losses = status(output).get("losses");
            assertThat(losses).hasSize(1);
            long start = losses.get(0).get("start").asLong();
            assertThat(start).as("read before the cut").isBetween(1L, 38_000L);
            assertThat(losses.get(0).get("end").asLong()).isEqualTo(39_000);
            assertThat(output.rows()).isEqualTo(only(records, row -> row.offset() < start || row.offset() >= 39_000));
            output.assertComplete(topic);
        }
    }

    @Test
    void stopsInTheMiddleOfASliceUnlessItIsToGoOn() throws Exception {
        try (Records records = Records.filled("cutfail", 40_000)) {
            Output output = new Output(dir.resolve("out"));
            try (CliProcess process =
                    CliProcess.start(Cli.exportArguments(records.topic(), output.directory(), SLOWLY))) {
                stopWhileReading(process, output);
                Broker.deleteRecords(records.topic(), 0, 39_000);
                process.signal("CONT");

                assertThat(process.await().exits(4).error()).contains(records.topic() + "-0", ", 39000) are gone");
            }
            assertThat(output.dataFiles()).isEmpty();
        }
    }

    @Test
    void doesNotTakeARecreatedTopicForALoss() throws Exception {
        try (Records records = Records.filled("recreated", 40_000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            try (CliProcess process =
                    CliProcess.start(Cli.exportArguments(topic, output.directory(), with(SLOWLY, RECORD)))) {
                stopWhileReading(process, output);
                Broker.recreate(topic, 1);
                try (Records others = Records.into(topic)) {
                    others.send(0, 50_000).flush();
                }
                process.signal("CONT");

                assertThat(process.await().exits(7).error()).contains(topic, "deleted and created again");
            }
            assertThat(status(output).get("committed").get("lost").asLong()).isZero();
        }
    }

    @Test
    void tellsGapsFromLosses() {
        try (Records records = Records.transactional(Broker.topic("gaps", 2))) {
            String topic = records.topic();
            // Partition 0: 10 records, marker, 5 aborted, marker, 20 records, marker; partition 1: 3 records, marker.
            records.send(0, 10).send(1, 3).commit();
            records.send(0, 5).abort();
            records.send(0, 20).commit();
            Output output = new Output(dir.resolve("out"));
            Cli.export(topic, output.directory(), "--page-size", "11", "--file-size", "11", "--max-pages", "1")
                    .exits(3);
            Broker.deleteRecords(topic, 0, 14);

            Result result =
                    Cli.export(topic, output.directory(), with(RECORD, "--page-size", "11", "--file-size", "11"));

            assertThat(result.exits(8).err()).contains("6 offsets committed so far hold no record");
            JsonNode status = status(output);
            assertThat(status.get("losses")).hasToString("[{\"partition\":0,\"start\":11,\"end\":14}]");
            // Three of the aborted records are lost; nobody could tell any more that they were none.
            assertThat(status.get("gaps"))
                    .hasToString("[{\"partition\":0,\"offsets\":5},{\"partition\":1,\"offsets\":1}]");
            JsonNode committed = status.get("committed");
            assertThat(committed.get("records").asLong()).isEqualTo(33);
            assertThat(committed.get("offsets").asLong())
                    .isEqualTo(committed.get("records").asLong()
                            + committed.get("gaps").asLong()
                            + committed.get("lost").asLong());
            assertThat(output.rows()).isEqualTo(records.rows());
        }
    }

    private static void stopWhileReading(CliProcess process, Output output) throws Exception {
        Eventually.isTrue("a file is begun", () -> isFileBegun(output) || !process.isAlive());
        process.signal("STOP");
        assertThat(output.dataFiles()).as("nothing is published yet").isEmpty();
    }

    private static boolean isFileBegun(Output output) {
        try {
            return output.allFiles().stream()
                    .filter(name -> name.contains("tmp="))
                    .anyMatch(name -> output.directory().resolve(name).toFile().length() > BEGUN);
        } catch (java.io.UncheckedIOException e) {
            // The output is not there yet, or a file of it is gone again.
            return false;
        }
    }

    private static JsonNode status(Output output) {
        return Output.json(
                Cli.run("status", "--json", "--output", output.directory().toString())
                        .out());
    }

    private static List<Row> only(Records records, Predicate<Row> kept) {
        return records.rows().stream().filter(kept).toList();
    }

    private static String[] with(String[] arguments, String... more) {
        return java.util.stream.Stream.of(arguments, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }
}
