package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same command, run again, takes exactly what is new. */
class SeriesIT {
    private static final String[] SMALL = {"--page-size", "10", "--file-size", "5", "--threads", "2"};

    @TempDir
    Path dir;

    @Test
    void eachRunTakesExactlyWhatIsNew() {
        try (Records records = Records.filled("nightly", 23, 7, 0)) {
            Output output = output();
            export(records, SMALL).exits(0);
            SortedMap<String, byte[]> first = output.dataFiles();
            for (int night = 2; night <= 5; night++) {
                records.send(0, night).send(2, 3 * night).flush();

                Result result = incremental(records).exits(0);

                assertThat(result.err()).contains("(run " + night + ") is complete", "the series: " + night + " runs");
                assertThat(output.rows()).isEqualTo(records.rows());
                assertVerified();
            }
            assertThat(output.dataFiles()).containsAllEntriesOf(first);
            SortedMap<String, byte[]> files = output.dataFiles();

            assertThat(incremental(records).exits(0).err()).contains(": nothing new since run 5, which was frozen at ");

            assertThat(output.dataFiles()).hasSameSizeAs(files).containsAllEntriesOf(files);
            JsonNode status = Output.json(status("--json").exits(0).out());
            assertThat(status.at("/series/run").asInt()).isEqualTo(5);
            assertThat(status.at("/series/committed/records").asLong())
                    .isEqualTo(records.rows().size());
            assertThat(status.at("/complete").asBoolean()).isTrue();
            assertThat(runs(records.topic())).containsExactly("1", "2", "3", "4", "5");
        }
    }

    @Test
    void reportsAlsoWhenNothingIsNew() {
        try (Records records = Records.filled("idle", 5)) {
            Path report = dir.resolve("report.json");
            incremental(records).exits(0);

            incremental(records, "--quiet", "--report", report.toString()).exits(0);

            assertThat(Output.json(report).at("/exitCode").asInt()).isZero();
            assertThat(Output.json(report).at("/run/pages").isNull()).isTrue();
            assertThat(Output.json(report).at("/series/run").asInt()).isOne();
        }
    }

    @Test
    void finishesAnUnfinishedRunWithItsOwnOptionsAndGoesOnWithTheNext() {
        try (Records records = Records.filled("unfinished", 40)) {
            Output output = output();
            incremental(records, "--max-pages", "2").exits(3);
            records.send(0, 25).flush();

            Result result = incremental(records, "--page-size", "100", "--file-size", "100", "--direction", "desc")
                    .exits(0);

            assertThat(output.rows()).isEqualTo(records.rows());
            assertThat(output.dataFiles()).as("eight of five, and one of 25").hasSize(9);
            assertThat(result.err())
                    .contains(
                            ": goes on with page 3 of ",
                            "unfinished",
                            "(run 2) is complete: 1 page, 1 file, 25 records");
            assertVerified();
        }
    }

    @Test
    void stopsAtALimitBetweenTwoRuns() {
        try (Records records = Records.filled("limited", 20)) {
            incremental(records, "--max-pages", "1").exits(3);
            records.send(0, 10).flush();

            incremental(records, "--max-pages", "1").exits(3);

            assertThat(runs(records.topic())).containsExactly("1");
            status().exits(0);
            incremental(records, "--max-pages", "1").exits(0);
            assertThat(output().rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void aPlainExportGoesOnOnlyWhenItIsAskedTo() {
        try (Records records = Records.filled("plain", 30)) {
            String until = Instant.ofEpochMilli(Records.FIRST_TIMESTAMP + 20).toString();
            export(records, with(SMALL, "--to", until)).exits(0);
            long first = output().rows().size();
            assertThat(first).isPositive().isLessThan(30);

            assertThat(export(records, with(SMALL, "--to", "latest")).exits(2).error())
                    .contains("to latest (the export has " + until + ")", "--incremental adds what is new");
            assertThat(export(records, with(SMALL, "--to", until)).exits(0).err())
                    .contains("--incremental adds what is new since");
            incremental(records, "--to", "latest").exits(0);

            assertThat(output().rows()).isEqualTo(records.rows());
            assertThat(export(records, with(SMALL, "--to", "latest")).exits(0).err())
                    .contains("(run 2) is complete since");
        }
    }

    @Test
    void comparesARelativeEndAsTypedWhileARunIsUnfinishedAndByItsTimeAfter() {
        try (Records records = Records.filled("relative", 40)) {
            String[] soon = {"--to", "now-1h", "--time-zone", "Europe/Berlin"};
            export(records, with(SMALL, with(soon, "--max-pages", "1"))).exits(3);
            export(records, with(SMALL, soon)).exits(0);

            assertThat(export(records, with(SMALL, soon)).exits(2).error())
                    .contains("is complete up to ", "and its end, now-1h, is ", "--incremental adds what is new");
            assertThat(export(records, "--to", "now-1h").exits(2).error())
                    .contains("time-zone UTC (the export has Europe/Berlin)");
            assertThat(incremental(records, soon).exits(0).err()).contains("nothing new since run 1");
            assertThat(output().rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void refusesAnEndByOffset() {
        try (Records records = Records.filled("offset", 10)) {
            assertThat(incremental(records, "--to", "offset:5").exits(2).error())
                    .contains("an incremental export cannot end at offset:5");
            assertThat(out()).doesNotExist();
        }
    }

    @Test
    void refusesOtherOptionsOfTheSeries() {
        try (Records records = Records.filled("other", 10)) {
            incremental(records).exits(0);
            records.send(0, 5).flush();

            assertThat(incremental(records, "--format", "jsonl", "--from", "offset:3")
                            .exits(2)
                            .error())
                    .contains("from offset:3 (the export has earliest)", "format jsonl (the export has parquet)");
            assertThat(runs(records.topic())).containsExactly("1");
        }
    }

    @Test
    void keepsTheFormatsOfTheFirstRun() {
        try (Records records = Records.into(Broker.topic("formats", 1))) {
            String[] auto = {"--value-format", "auto"};
            for (int i = 0; i < 20; i++) {
                records.send(0, null, ("{\"i\":" + i + "}").getBytes(UTF_8));
            }
            records.flush();
            incremental(records, auto).exits(0);
            records.send(0, null, "no JSON".getBytes(UTF_8)).flush();

            assertThat(incremental(records, "--value-format", "auto", "--on-bad-record", "fail")
                            .exits(6)
                            .error())
                    .contains(records.topic() + "-0");
            incremental(records, auto).exits(8);
            assertThat(status().exits(8).out()).contains("Set aside    1 record");
        }
    }

    @Test
    void addedPartitionsBeginAtOffset0WhateverFromSaid() {
        try (Records records = Records.filled("added", 20)) {
            incremental(records, "--from", "offset:15").exits(0);
            Broker.addPartitions(records.topic(), 3);
            try (Records later = Records.into(records.topic())) {
                later.send(1, 4).send(2, 6).flush();

                Result result = incremental(records, "--from", "offset:15").exits(0);

                assertThat(result.err()).contains("note: partitions 1-2 were added to topic " + records.topic());
                assertThat(output().rows()).hasSize(15);
                assertThat(incremental(records, "--from", "offset:15").exits(0).err())
                        .contains("nothing new");
                assertVerified();
            }
        }
    }

    @Test
    void addedPartitionsJoinAChoiceOnlyIfItNamedThem() {
        try (Records records = Records.filled("chosen", 5, 5)) {
            String[] chosen = {"--partitions", "1-2"};
            assertThat(incremental(records, chosen).exits(0).err())
                    .contains("has no partitions 2 yet; they join the series once they are there");
            Broker.addPartitions(records.topic(), 4);
            try (Records later = Records.into(records.topic())) {
                later.send(2, 3).send(3, 9).flush();

                assertThat(incremental(records, chosen).exits(0).err()).contains("note: partitions 2 were added");

                assertThat(output().rows().stream().map(Row::partition).distinct())
                        .containsExactly(1, 2);
            }
        }
    }

    @Test
    void stopsWhereTheTopicHasLetGoOfWhatIsNext() {
        try (Records records = Records.filled("gone", 10, 10)) {
            String topic = records.topic();
            incremental(records).exits(0);
            records.send(0, 10).send(1, 10).flush();
            Broker.deleteRecords(topic, 0, 11);

            assertThat(incremental(records).exits(4).error())
                    .contains(topic + "-0: offsets [10, 11) are gone from the topic", "run 2 would begin there")
                    .contains("--on-data-loss record");
            assertThat(runs(topic)).containsExactly("1");
            Result result = incremental(records, "--on-data-loss", "record").exits(8);

            assertThat(result.err()).contains("warning: " + topic + "-0 [10, 11) is gone from the topic");
            assertThat(output().rows())
                    .isEqualTo(records.rows().stream()
                            .filter(row -> row.partition() != 0 || row.offset() != 10)
                            .toList());
            assertThat(status().exits(8).out()).contains("Lost before  " + topic + "-0 [10, 11)");
            assertVerified();

            records.send(0, 1).flush();
            incremental(records).exits(0);
            assertThat(status().exits(0).out())
                    .contains("On record    of runs before: 1 offset lost", "On record    of run 2: 1 offset lost, ");
            JsonNode series = Output.json(status("--json").exits(0).out()).at("/series");
            assertThat(series.at("/lastMarkedRun").asInt()).isEqualTo(2);
            assertThat(series.at("/committed/lost").asLong()).isOne();
        }
    }

    @Test
    void tellsWhatTheRunLacksThatItFinishesForAnEarlierCommand() {
        try (Records records = Records.filled("lacking", 40)) {
            String topic = records.topic();
            incremental(records, "--max-pages", "1").exits(3);
            records.send(0, 5).flush();
            Broker.deleteRecords(topic, 0, 25);

            Result result = incremental(records, "--on-data-loss", "record").exits(8);

            assertThat(result.err())
                    .contains("15 offsets of the extent are on record as lost: " + topic + "-0 [10, 25)")
                    .contains("(run 2) is complete");
            assertThat(output().rows()).hasSize(30);
            assertThat(status().exits(0).out())
                    .contains(
                            "On record    of runs before: 15 offsets lost", "On record    of run 1: 15 offsets lost, ");
            assertVerified();
        }
    }

    @Test
    void mixesNothingOfATopicInThatWasMadeAnew() {
        try (Records records = Records.filled("anew", 10)) {
            incremental(records).exits(0);
            SortedMap<String, byte[]> files = output().dataFiles();
            Broker.recreate(records.topic(), 1);
            try (Records other = Records.into(records.topic())) {
                other.send(0, 20).flush();

                assertThat(incremental(records).exits(7).error())
                        .contains("topic " + records.topic() + " was deleted and created again", "run 1");
            }
            assertThat(output().dataFiles()).hasSameSizeAs(files).containsAllEntriesOf(files);
            assertThat(runs(records.topic())).containsExactly("1");
        }
    }

    @Test
    void keepsItsLogsInATopic() {
        try (Records records = Records.filled("in-a-topic", 10)) {
            String[] log = {
                "--checkpoints", "kafka:" + Broker.topic("series-logs", 1, Map.of("cleanup.policy", "compact"))
            };
            for (int run = 1; run <= 3; run++) {
                incremental(records, log).exits(0);
                records.send(0, 5).flush();
            }
            incremental(records, with(log, "--max-pages", "1", "--page-size", "2", "--file-size", "2"))
                    .exits(3);
            assertThat(Cli.run(with(new String[] {
                                "status", "--output", out().toString(), "--bootstrap-server", Broker.servers()
                            }))
                            .exits(3)
                            .out())
                    .contains("Series       run 4", "Run before   3, complete since");

            incremental(records, log).exits(0);

            assertThat(output().rows()).isEqualTo(records.rows());
            Cli.run("verify", "--output", out().toString(), "--bootstrap-server", Broker.servers(), "--deep")
                    .exits(0);
            Cli.run("delete", "--output", out().toString(), "--bootstrap-server", Broker.servers(), "--yes")
                    .exits(0);
            assertThat(output().dataFiles()).isEmpty();
            assertThat(incremental(records, log).exits(0).err()).doesNotContain("(run ");
        }
    }

    @Test
    void verifyNamesARunThatWasRemovedOrReplaced() throws Exception {
        try (Records records = Records.filled("tampered", 10)) {
            for (int run = 1; run <= 4; run++) {
                incremental(records).exits(0);
                records.send(0, 5).flush();
            }
            Path second = run(records.topic(), 2);
            Path hidden = dir.resolve("hidden");
            Files.move(second, hidden);
            assertThat(verify().exits(9).out()).contains("finding: run 2: missing", "extra: no checkpoint");
            assertThat(verify("--runs", "last:2").exits(9).out()).doesNotContain("run 2: missing");
            Files.move(hidden, second);
            assertVerified();
            assertThat(verify("--runs", "last:1").exits(0).out()).contains("Checked      1 file, 5 records");

            Path first = run(records.topic(), 1).resolve("00000000000000000000.json");
            Files.writeString(first, Files.readString(first).replace("\"host\":\"", "\"host\":\"x"));

            verify().exits(9);
        }
    }

    @Test
    void deletesTheWholeSeries() {
        try (Records records = Records.filled("deleted", 10)) {
            for (int run = 1; run <= 3; run++) {
                incremental(records).exits(0);
                records.send(0, 5).flush();
            }
            incremental(records, "--max-pages", "1", "--page-size", "2", "--file-size", "2")
                    .exits(3);

            Cli.run("delete", "--output", out().toString(), "--yes").exits(0);

            assertThat(output().allFiles()).containsExactly("_pagewalk/topic=" + records.topic() + "/deleted-1.json");
            incremental(records).exits(0);
            assertThat(output().rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void exportsWhatAllRunsHaveSetAside() {
        try (Records records = Records.into(Broker.topic("aside", 1))) {
            for (int run = 1; run <= 3; run++) {
                records.send(0, null, ("{\"run\":" + run + "}").getBytes(UTF_8))
                        .send(0, null, ("bad " + run).getBytes(UTF_8))
                        .flush();
                incremental(records, "--value-format", "json", "--on-bad-record", "dead-letter")
                        .exits(8);
            }
            Path rest = dir.resolve("rest");

            Cli.run(
                            "export",
                            "--from-dead-letters",
                            out().toString(),
                            "--topic",
                            records.topic(),
                            "--output",
                            rest.toString(),
                            "--value-format",
                            "bytes")
                    .exits(0);

            assertThat(new Output(rest).rows().stream().map(Row::offset)).containsExactly(1L, 3L, 5L);
            assertVerified();
        }
    }

    private Path out() {
        return dir.resolve("out");
    }

    private Output output() {
        return new Output(out());
    }

    private Path run(String topic, int number) {
        return output().log(topic).resolveSibling(Integer.toString(number));
    }

    private List<String> runs(String topic) {
        try (Stream<Path> runs = Files.list(output().log(topic).getParent())) {
            return runs.map(run -> run.getFileName().toString())
                    .filter(name -> !name.equals("dead-letters"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result export(Records records, String... more) {
        return Cli.export(records.topic(), out(), more);
    }

    /** In small pages and files, unless {@code more} says otherwise. */
    private Result incremental(Records records, String... more) {
        boolean sized = List.of(more).contains("--page-size");
        return export(records, with(sized ? new String[] {"--threads", "2"} : SMALL, with(more, "--incremental")));
    }

    private Result status(String... more) {
        return Cli.run(with(new String[] {"status", "--output", out().toString()}, more));
    }

    private Result verify(String... more) {
        return Cli.run(with(new String[] {"verify", "--output", out().toString()}, more));
    }

    private void assertVerified() {
        verify("--deep").exits(0);
        verify("--against-topic", "--bootstrap-server", Broker.servers()).exits(0);
    }

    private static String[] with(String[] first, String... more) {
        return Stream.of(first, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
