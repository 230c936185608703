package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.OpenedLog;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that keep their log in a topic. */
class KafkaCheckpointsIT {
    private static final String LOGS = "cli-checkpoints";
    private static final int KILLS = LongTests.count(3, 5);
    private static final int PAGE = 60;
    private static final int PAGES = LongTests.count(80, 120);

    @TempDir
    Path dir;

    @Test
    void endsWithTheSameBytesHoweverOftenItIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Records records = Records.filled("klog-killed", PAGES * PAGE / 2, PAGES * PAGE / 2);
                OpenedLog log = KafkaLogs.view(LOGS, records.topic())) {
            String topic = records.topic();
            Path killed = dir.resolve("killed");
            String[] shape = {"--page-size", "60", "--file-size", "20", "--threads", "3"};
            int committed = 0;
            for (int kills = 0; kills < KILLS; kills++) {
                boolean early = kills % 2 == 1;
                int wanted = committed + 1 + random.nextInt(6);
                try (CliProcess process = CliProcess.start(logged(topic, killed, shape))) {
                    if (!early) {
                        Eventually.isTrue(
                                "seed " + seed + ", kill " + kills + ": " + wanted + " checkpoints",
                                () -> entries(log) >= wanted || !process.isAlive());
                        // Looked at while there is a run: behind a killed one an unfinished transaction may hold it up.
                        committed = entries(log);
                    }
                    Thread.sleep(random.nextInt(early ? 1000 : 40));
                    assertThat(process.kill())
                            .as("seed %d: killed before it ended, saying %s", seed, process.err())
                            .isTrue();
                }
            }
            assertThat(committed).as("seed %d: killed in the middle", seed).isBetween((KILLS + 1) / 2, PAGES);

            Cli.run(logged(topic, killed, shape)).exits(0);

            Path unharmed = dir.resolve("unharmed");
            Cli.export(topic, unharmed, shape).exits(0);
            assertThat(new Output(killed).dataFiles())
                    .as("seed %d", seed)
                    .containsExactlyEntriesOf(new Output(unharmed).dataFiles());
            assertThat(new Output(killed).rows()).as("seed %d", seed).isEqualTo(records.rows());
            verify(killed).exits(0);
        }
    }

    @Test
    @LongTest
    void aRunThatSleptWhileAnotherWentOnIsFencedAndChangesNothing() throws Exception {
        try (Records records = Records.filled("klog-slept", 3000);
                OpenedLog log = KafkaLogs.view(LOGS, records.topic())) {
            String topic = records.topic();
            Path output = dir.resolve("out");
            String[] shape = {"--page-size", "20", "--file-size", "10", "--retry-timeout", "10m"};
            try (CliProcess sleeper = CliProcess.start(logged(topic, output, shape))) {
                Eventually.isTrue("under way", () -> entries(log) > 3 || !sleeper.isAlive());
                assertThat(entries(log)).as("pages are left").isLessThan(100);
                sleeper.signal("STOP");

                Cli.run(Map.of("HOSTNAME", "rival.example"), "", logged(topic, output, shape))
                        .exits(0);
                SortedMap<String, byte[]> committed = new Output(output).dataFiles();
                int entries = entries(log);
                sleeper.signal("CONT");

                assertThat(sleeper.await().exits(5).error()).contains("another run was faster", "rival.example");
                assertThat(new Output(output).dataFiles()).containsExactlyEntriesOf(committed);
                assertThat(entries(log)).isEqualTo(entries);
            }
            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            verify(output).exits(0);
        }
    }

    @Test
    void theRunThatCameLastGoesOnWhileTheOneBeforeIsStillAtWork() throws Exception {
        try (Records records = Records.filled("klog-newer", 6000);
                OpenedLog log = KafkaLogs.view(LOGS, records.topic())) {
            String topic = records.topic();
            Path output = dir.resolve("out");
            String[] shape = {"--page-size", "40", "--file-size", "20"};
            try (CliProcess older = CliProcess.start(logged(topic, output, shape))) {
                Eventually.isTrue("under way", () -> entries(log) > 3 || !older.isAlive());
                status(output, "--json").exits(3);
                verify(output).exits(9);
                assertThat(older.isAlive()).as(older.err()).isTrue();

                Result newer = Cli.run(logged(topic, output, shape));

                newer.exits(0);
                older.await().exits(5).error();
            }
            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            verify(output).exits(0);
        }
    }

    @Test
    @LongTest
    void runsThatStartAtTheSameInstantEndWithOneExport() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path output = dir.resolve("out" + round);
            try (Records records = Records.filled("klog-instant", 400, 100)) {
                CyclicBarrier barrier = new CyclicBarrier(3);
                List<Result> results = IntStream.range(0, 3)
                        .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> {
                                    await(barrier);
                                    return Cli.run(
                                            logged(records.topic(), output, "--page-size", "20", "--file-size", "7"));
                                },
                                task -> new Thread(task).start()))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

                assertThat(results)
                        .as("%s", results)
                        .extracting(Result::code)
                        .contains(0)
                        .containsOnly(0, 5);
                assertThat(results.stream().filter(result -> result.err().contains(" is complete: ")))
                        .as("who completed it: %s", results)
                        .hasSize(1);
                assertThat(new Output(output).rows()).isEqualTo(records.rows());
                verify(output).exits(0);
            }
        }
    }

    @Test
    void isToldOfVerifiedAndDeletedWhereItIs() throws Exception {
        try (Records records = Records.filled("klog-told", 200)) {
            String topic = records.topic();
            Path output = dir.resolve("out");
            Cli.run(logged(topic, output, "--page-size", "50", "--max-pages", "2"))
                    .exits(3);
            assertThat(output.resolve("_pagewalk").resolve(topic)).doesNotExist();

            for (String command : List.of("status", "verify", "delete")) {
                List<String> arguments = new ArrayList<>(List.of(command, "--output", output.toString()));
                if (command.equals("delete")) {
                    arguments.add("--yes");
                }
                assertThat(Cli.run(arguments.toArray(String[]::new)).exits(2).error())
                        .isEqualTo(
                                "the checkpoints are in kafka:" + LOGS + ", which needs a cluster, and none was named;"
                                        + " --bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER) names one");
            }
            JsonNode status = Output.json(status(output, "--json").exits(3).out());
            assertThat(status.get("committed").get("pages").asInt()).isEqualTo(2);
            assertThat(verify(output).exits(9).out()).contains("not complete");

            Cli.run(logged(topic, output, "--page-size", "50")).exits(0);
            status(output).exits(0);
            verify(output, "--deep", "--against-topic").exits(0);
            assertThat(Cli.run(logged(topic, output, "--page-size", "50"))
                            .exits(0)
                            .err())
                    .contains("is complete since");

            assertThat(told("delete", output, "--yes").exits(0).out()).contains("6 checkpoints in kafka:" + LOGS);
            assertThat(new Output(output).allFiles()).containsExactly("_pagewalk/topic=" + topic + "/deleted-1.json");
            Cli.run(logged(topic, output, "--page-size", "100")).exits(0);
            assertThat(new Output(output).rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void refusesBeforeTheFirstPageATopicThatCannotHoldTheLog() throws Exception {
        try (Records records = Records.filled("klog-refused", 200)) {
            Path output = dir.resolve("out");
            String deleting = Broker.topic("klog-deleting", 1, Map.of("cleanup.policy", "delete"));
            String small =
                    Broker.topic("klog-small", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "3000"));

            assertThat(Cli.export(records.topic(), output, "--checkpoints", "kafka:" + deleting)
                            .exits(2)
                            .error())
                    .contains("topic " + deleting + " cannot hold checkpoints", "cleanup.policy=delete");
            assertThat(Cli.export(records.topic(), output, "--checkpoints", "kafka:" + small)
                            .exits(2)
                            .error())
                    .contains("topic " + small, "it takes 3000; set its max.message.bytes to ");
            assertThat(output).doesNotExist();
        }
    }

    private static String[] logged(String topic, Path output, String... more) {
        return Stream.concat(
                        Arrays.stream(Cli.exportArguments(topic, output, "--checkpoints", "kafka:" + LOGS)),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static Result status(Path output, String... more) {
        return told("status", output, more);
    }

    private static Result verify(Path output, String... more) {
        return told("verify", output, more);
    }

    private static Result told(String command, Path output, String... more) {
        return Cli.run(Stream.concat(
                        Stream.of(command, "--output", output.toString(), "--bootstrap-server", Broker.servers()),
                        Arrays.stream(more))
                .toArray(String[]::new));
    }

    private static int entries(OpenedLog log) {
        try {
            return log.sequences().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
