package io.pagewalk.it.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for exports into a directory of this machine holds for those into a store, too: data, log, or both. */
public abstract class RemoteExportTest {
    /** Each takes some seconds; {@code -Dpagewalk.it.kills=N} for more. */
    private static final int KILLS = Integer.getInteger("pagewalk.it.kills", LongTests.count(2, 3));

    private static final int PAGE = 60;
    private static final int MOST_COMMITS = 4;
    private static final int PAGES = KILLS * (MOST_COMMITS + 6) + 10;

    @TempDir
    Path dir;

    /** A place of its own for a test, in which nothing is yet. */
    protected abstract String place(String purpose);

    /** What Hadoop must know to reach it. */
    protected abstract Map<String, String> properties();

    /** The names of all files in a place. */
    protected abstract List<String> files(String place) throws IOException;

    /** Gets the files of a place by a client that Pagewalk knows nothing of. */
    protected abstract void download(String place, Path directory) throws IOException;

    /** The arguments of an export. */
    protected final String[] arguments(String topic, String place, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(access());
        String[] given = arguments.toArray(String[]::new);
        String[] all = Cli.exportArguments(topic, Path.of("replaced"), given);
        all[List.of(all).indexOf("--output") + 1] = place;
        return all;
    }

    private List<String> access() {
        List<String> access = new ArrayList<>();
        properties().forEach((name, value) -> access.addAll(List.of("-D", name + "=" + value)));
        return access;
    }

    /** Runs another command on an output. */
    protected final Result command(String name, String place, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name, "--output", place));
        arguments.addAll(List.of(more));
        arguments.addAll(access());
        return Cli.run(arguments.toArray(String[]::new));
    }

    /** How many entries the log has. */
    protected final int checkpoints(String place, String topic) {
        try {
            return (int) files(place).stream()
                    .filter(file -> file.matches("(_pagewalk/)?" + topic + "/1/1/[0-9]{20}\\.json"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Output downloaded(String place) throws IOException {
        Path directory = dir.resolve("downloaded");
        download(place, directory);
        return new Output(directory);
    }

    /** A job's machine is gone when somebody asks how it went. */
    @Test
    void aReportIsReplacedThere() throws Exception {
        String place = place("report");
        try (Records records = Records.filled("reported", 10)) {
            String[] arguments = arguments(
                    records.topic(),
                    dir.resolve("out").toString(),
                    "--incremental",
                    "--report",
                    place + "/jobs/nightly.json");

            Cli.run(arguments).exits(0);
            assertThat(reported(place, "first").get("run").get("recordsRead").asInt())
                    .isEqualTo(10);
            Cli.run(arguments).exits(0);

            assertThat(reported(place, "second").get("run").get("recordsRead").asInt())
                    .isZero();
            assertThat(files(place)).containsExactly("jobs/nightly.json");
        }
    }

    private JsonNode reported(String place, String name) throws IOException {
        Path directory = dir.resolve(name);
        download(place, directory);
        return Output.json(directory.resolve("jobs").resolve("nightly.json"));
    }

    @Test
    void exportsAndResumesAndVerifiesAndDeletes() throws Exception {
        try (Records records = Records.filled("remote", 300, 100)) {
            String topic = records.topic();
            String place = place("resume");
            String[] shape = {"--page-size", "60", "--file-size", "20"};

            Cli.run(arguments(topic, place, "--page-size", "60", "--file-size", "20", "--max-pages", "2"))
                    .exits(3);
            assertThat(command("status", place).exits(3).out()).contains(topic);
            Cli.run(arguments(topic, place, shape)).exits(0);

            assertThat(command("status", place).exits(0).out()).contains(topic);
            command("verify", place, "--deep").exits(0);
            Output output = downloaded(place);
            output.assertComplete(topic);
            assertThat(output.rows()).isEqualTo(records.rows());

            command("delete", place, "--yes").exits(0);
            assertThat(files(place)).containsExactly("_pagewalk/topic=" + topic + "/deleted-1.json");
        }
    }

    @Test
    void keepsTheLogInAnotherPlace() throws Exception {
        try (Records records = Records.filled("apart", 100)) {
            String topic = records.topic();
            String place = place("data");
            String log = place("log");
            String[] shape = {"--page-size", "60", "--file-size", "20", "--checkpoints", log};

            Cli.run(arguments(topic, place, shape)).exits(0);

            assertThat(checkpoints(place, topic)).isZero();
            assertThat(checkpoints(log, topic)).isPositive();
            assertThat(command("status", place).exits(0).out()).contains(topic);
            command("verify", place, "--deep").exits(0);
        }
    }

    @Test
    void endsWithTheSameBytesAsALocalExportThatWasNeverKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Records records = Records.filled("killed", PAGES * PAGE / 2, PAGES * PAGE / 3, 0, PAGES * PAGE / 6)) {
            String topic = records.topic();
            String place = place("killed");
            String[] shape = {"--page-size", Integer.toString(PAGE), "--file-size", "20", "--threads", "3"};

            for (int kill = 0; kill < KILLS; kill++) {
                boolean early = kill % 4 == 3;
                int wanted = checkpoints(place, topic) + (early ? 0 : 1 + random.nextInt(MOST_COMMITS));
                int delay = random.nextInt(early ? 4000 : 100);
                try (CliProcess process = CliProcess.start(arguments(topic, place, shape))) {
                    Eventually.isTrue(
                            "seed " + seed + ", kill " + kill + ": " + wanted + " checkpoints",
                            () -> checkpoints(place, topic) >= wanted || !process.isAlive());
                    Thread.sleep(delay);
                    assertThat(process.kill())
                            .as("seed %d: killed before it ended by itself, saying %s", seed, process.err())
                            .isTrue();
                }
            }
            assertThat(checkpoints(place, topic))
                    .as("seed %d: killed in the middle", seed)
                    .isBetween(KILLS - KILLS / 4, PAGES);

            Cli.run(arguments(topic, place, shape)).exits(0);

            Output unharmed = new Output(dir.resolve("unharmed"));
            Cli.export(topic, unharmed.directory(), shape).exits(0);
            Output killed = downloaded(place);
            assertThat(killed.dataFiles()).as("seed %d", seed).containsExactlyEntriesOf(unharmed.dataFiles());
            killed.assertComplete(topic);
            assertThat(killed.rows()).as("seed %d", seed).isEqualTo(records.rows());
        }
    }

    @Test
    protected void runsThatStartAtTheSameInstantEndWithOneExport() throws Exception {
        try (Records records = Records.filled("instant", 400, 100)) {
            String topic = records.topic();
            String place = place("race");
            CyclicBarrier barrier = new CyclicBarrier(3);
            List<CompletableFuture<Result>> runs = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                await(barrier);
                                return Cli.run(arguments(topic, place, "--page-size", "40", "--file-size", "14"));
                            },
                            task -> new Thread(task).start()))
                    .toList();

            List<Result> results = runs.stream().map(CompletableFuture::join).toList();

            assertThat(results).extracting(Result::code).contains(0).containsOnly(0, 5);
            assertThat(results.stream().filter(result -> result.err().contains(" is complete: ")))
                    .as("who completed it: %s", results)
                    .hasSize(1);
            Output output = downloaded(place);
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    /** It holds files open, or uploads; another one goes on meanwhile, and removes what the dead left. */
    @Test
    void aRunThatSleptWhileAnotherWentOnIsFenced() throws Exception {
        try (Records records = Records.filled("slept", 1200)) {
            String topic = records.topic();
            String place = place("slept");
            String[] shape = {"--page-size", "40", "--file-size", "20", "--retry-timeout", "2m"};
            try (CliProcess sleeper = CliProcess.start(arguments(topic, place, shape))) {
                Eventually.isTrue("under way", () -> checkpoints(place, topic) > 2 || !sleeper.isAlive());
                sleeper.signal("STOP");
                assertThat(checkpoints(place, topic)).as("pages are left").isLessThan(30);

                Result rival = Cli.run(Map.of("HOSTNAME", "rival.example"), "", arguments(topic, place, shape));
                sleeper.signal("CONT");

                rival.exits(0);
                assertThat(sleeper.await().exits(5).error()).contains("rival.example");
            }
            Output output = downloaded(place);
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
