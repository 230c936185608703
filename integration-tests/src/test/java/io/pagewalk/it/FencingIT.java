package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void processesStartedAtTheSameTimeEndWithOneExport() throws Exception {
        try (Records records = Records.filled("twins", 1000, 300)) {
            String[] arguments =
                    Cli.exportArguments(records.topic(), dir.resolve("out"), "--page-size", "20", "--file-size", "10");
            try (CliProcess one = CliProcess.start(arguments);
                    CliProcess other = CliProcess.start(List.of(), Map.of(), arguments)) {
                assertOneWon(List.of(one.await(), other.await()));
            }
            assertExported(records);
        }
    }

    @Test
    void runsThatStartAtTheSameInstantEndWithOneExport() throws Exception {
        for (int round = 0; round < 8; round++) {
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
