package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Survivors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many run an export at a time, each page is committed by one, and who was slower is told who was faster. */
class FencingIT {
    @TempDir
    Path dir;

    @Test
    void aRunThatSleptWhileAnotherWentOnIsFencedAndNamesIt() throws Exception {
        try (Records records = Records.filled("slept", 2000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "20", "--file-size", "10"};
            String[] patient = {"--page-size", "20", "--file-size", "10", "--retry-timeout", "10m"};
            try (CliProcess sleeper = CliProcess.start(Cli.exportArguments(topic, output.directory(), patient))) {
                Eventually.isTrue("under way", () -> output.checkpoints(topic) > 3 || !sleeper.isAlive());
                sleeper.signal("STOP");
                assertThat(output.checkpoints(topic)).as("pages are left").isLessThan(100);

                Result rival = Cli.run(
                        Map.of("HOSTNAME", "rival.example"), "", Cli.exportArguments(topic, output.directory(), shape));
                sleeper.signal("CONT");

                rival.exits(0);
                assertThat(sleeper.await().exits(5).error())
                        .contains("rival.example")
                        .contains(Long.toString(ProcessHandle.current().pid()));
            }
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    @Test
    @LongTest
    void processesStartedAtTheSameTimeEndWithOneExport() throws Exception {
        try (Records records = Records.filled("crowd", 1000, 300)) {
            String[] arguments =
                    Cli.exportArguments(records.topic(), dir.resolve("out"), "--page-size", "20", "--file-size", "10");
            List<CliProcess> processes = new ArrayList<>();
            List<Result> results = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    processes.add(CliProcess.start(arguments));
                }
                for (CliProcess process : processes) {
                    results.add(process.await());
                }
            } finally {
                for (CliProcess process : processes) {
                    process.close();
                }
            }
            assertOneWon(results);
            assertExported(records);
        }
    }

    /** What the sleeper reads after its sleep is not what it would have read before, nor what the rival published. */
    @Test
    @LongTest
    void aRunThatSleptOverACompactionChangesNothing() throws Exception {
        Map<String, String> uncompacted = new HashMap<>(Topics.compacted());
        uncompacted.put("cleanup.policy", "delete");
        String topic = Broker.topic("sleptcompacted", 1, uncompacted);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < 3000; i++) {
                records.send(0, Integer.toString(i % 700).getBytes(UTF_8), ("value " + i).getBytes(UTF_8));
            }
            records.flush();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "50", "--file-size", "25"};
            String[] patient = {"--page-size", "50", "--file-size", "25", "--retry-timeout", "10m"};
            Result slept;
            SortedMap<String, byte[]> committed;
            Map<String, byte[]> log;
            try (CliProcess sleeper = CliProcess.start(Cli.exportArguments(topic, output.directory(), patient))) {
                Eventually.isTrue("under way", () -> output.checkpoints(topic) > 2 || !sleeper.isAlive());
                sleeper.signal("STOP");
                long asOf = output.checkpoints(topic);
                Set<Long> before = Survivors.offsets(topic, 0);
                Broker.configure(topic, "cleanup.policy", "compact");
                Eventually.isTrue("compacted", () -> {
                    // The cleaner leaves the active segment alone, so it takes new ones.
                    records.send(0, "later".getBytes(UTF_8), new byte[0]).flush();
                    return Survivors.offsets(topic, 0).stream()
                                    .filter(before::contains)
                                    .count()
                            < before.size() * 3 / 4;
                });

                Cli.export(topic, output.directory(), shape).exits(0);
                committed = output.dataFiles();
                log = output.entries(topic);
                assertThat(asOf).as("pages were left to the rival").isLessThan(log.size() - 2);
                sleeper.signal("CONT");
                slept = sleeper.await();
            }

            assertThat(slept.exits(5).error()).contains("another run was faster", "process");
            assertThat(output.dataFiles()).containsExactlyEntriesOf(committed);
            assertThat(output.entries(topic)).containsExactlyEntriesOf(log);
            output.assertComplete(topic);
            List<Row> rows = output.rows();
            assertThat(rows).doesNotHaveDuplicates();
            assertThat(records.rows()).containsAll(rows);
        }
    }

    /** The sleeper would put on record as lost what the rival has saved. */
    @Test
    void aRunThatSleptUntilItsRecordsWereGonePutsNoLossOnRecord() throws Exception {
        try (Records records = Records.filled("sleptdeleted", 3000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "50", "--file-size", "25", "--on-data-loss", "record"};
            Result slept;
            SortedMap<String, byte[]> committed;
            Map<String, byte[]> log;
            try (CliProcess sleeper = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
                Eventually.isTrue("under way", () -> output.checkpoints(topic) > 2 || !sleeper.isAlive());
                sleeper.signal("STOP");
                long asOf = output.checkpoints(topic);
                Cli.export(topic, output.directory(), shape).exits(0);
                committed = output.dataFiles();
                log = output.entries(topic);
                assertThat(asOf).as("pages were left to the rival").isLessThan(log.size() - 2);
                Broker.deleteRecords(topic, 0, 2999);
                sleeper.signal("CONT");
                slept = sleeper.await();
            }

            assertThat(slept.exits(5).error()).contains("another run was faster", "process");
            assertThat(output.dataFiles()).containsExactlyEntriesOf(committed);
            assertThat(output.entries(topic)).containsExactlyEntriesOf(log);
            assertThat(output.rows()).containsExactlyInAnyOrderElementsOf(records.rows());
        }
    }

    /** A file system may lose the locks of a host that it cannot reach, and another run then holds the sleeper for dead. */
    @Test
    @LongTest
    void aRunWhoseTemporaryFilesARivalRemovedNamesTheRival() throws Exception {
        try (Records records = Records.filled("robbed", 3000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "20", "--file-size", "10"};
            try (CliProcess sleeper = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
                Eventually.isTrue("under way", () -> output.checkpoints(topic) > 3 || !sleeper.isAlive());
                sleeper.signal("STOP");
                Files.move(output.directory().resolve("_pagewalk/tmp="), dir.resolve("taken"));
                Cli.run(
                                Map.of("HOSTNAME", "rival.example"),
                                "",
                                Cli.exportArguments(
                                        topic,
                                        output.directory(),
                                        "--page-size",
                                        "20",
                                        "--file-size",
                                        "10",
                                        "--max-pages",
                                        "3"))
                        .exits(3);
                sleeper.signal("CONT");

                assertThat(sleeper.await().exits(5).error()).contains("another run was faster", "rival.example");
            }
            Cli.export(topic, output.directory(), shape).exits(0);
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    @Test
    void runsThatStartAtTheSameInstantEndWithOneExport() throws Exception {
        for (int round = 0; round < LongTests.count(3, 8); round++) {
            Path output = dir.resolve("out" + round);
            try (Records records = Records.filled("instant", 400, 100)) {
                CyclicBarrier barrier = new CyclicBarrier(3);
                List<CompletableFuture<Result>> runs = IntStream.range(0, 3)
                        .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> {
                                    await(barrier);
                                    return Cli.export(records.topic(), output, "--page-size", "20", "--file-size", "7");
                                },
                                task -> new Thread(task).start()))
                        .toList();

                assertOneWon(runs.stream().map(CompletableFuture::join).toList());
                assertThat(new Output(output).rows()).isEqualTo(records.rows());
                new Output(output).assertComplete(records.topic());
            }
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One completes it; the others are fenced, unless they came so late that they found it complete. */
    private static void assertOneWon(List<Result> results) {
        assertThat(results).extracting(Result::code).contains(0).containsOnly(0, 5);
        assertThat(results.stream().filter(result -> result.err().contains(" is complete: ")))
                .as("who completed it: %s", results)
                .hasSize(1);
        results.stream()
                .filter(result -> result.code() == 5)
                .forEach(result -> assertThat(result.error()).contains("process"));
    }

    private void assertExported(Records records) {
        Output output = new Output(dir.resolve("out"));
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(records.topic());
    }
}
