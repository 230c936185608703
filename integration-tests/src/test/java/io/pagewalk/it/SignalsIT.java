package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Signals;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks a run to end is obeyed soon, and the next run goes on as if nothing had been. */
class SignalsIT {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void stopsWithinSecondsAndLeavesNothingHalfWritten(String signal) throws Exception {
        if (signal.equals("INT")) {
            Signals.assumeInterruptsReachChildren();
        }
        try (Records records = Records.filled("signalled", 2_400, 1_200)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "60", "--file-size", "20"};
            Cli.Result result;
            Duration took;
            try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
                Eventually.isTrue("under way", () -> output.checkpoints(topic) > 3 || !process.isAlive());
                long signalled = System.nanoTime();
                process.signal(signal);
                result = process.await();
                took = Duration.ofNanos(System.nanoTime() - signalled);
            }

            assertThat(result.exits(3).err()).contains("stopped on request").contains("run the same command again");
            assertThat(took).isLessThan(Duration.ofSeconds(15));
            assertThat(output.allFiles())
                    .as("no temporary files, no lock")
                    .allMatch(file -> file.matches("[^/]*\\.parquet|_pagewalk/" + topic
                            + "/1/1/[0-9]{20}\\.json|_pagewalk/topic=" + topic + "/claim-1\\.json"));
            Cli.run("status", "--output", output.directory().toString()).exits(3);

            Cli.export(topic, output.directory(), shape).exits(0);

            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
            Output undisturbed = new Output(dir.resolve("undisturbed"));
            Cli.export(topic, undisturbed.directory(), shape).exits(0);
            assertThat(output.dataFiles()).containsExactlyEntriesOf(undisturbed.dataFiles());
        }
    }

    /** From the JVM's start over freeze and sample to the first pages, and in resumed runs, which adopt first. */
    @Test
    void stopsInEveryPhaseUnderLoad() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Records records = Records.filled("phases", 6_000, 3_000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "240", "--file-size", "20", "--threads", "4"};
            boolean complete = false;
            for (int round = 0; round < LongTests.count(4, 8) && !complete; round++) {
                int committed = output.checkpoints(topic);
                List<String> leftByTheKilled = temporaryFiles(output);
                try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
                    Thread.sleep(round < 6 ? 350 + 300 * round : random.nextInt(1500));
                    process.signalIfAlive(random.nextBoolean() ? "TERM" : "INT");
                    Cli.Result result = process.await();

                    complete = result.code() == 0;
                    // The JVM itself answers before it runs anything of ours, and then nothing was begun.
                    assertThat(result.code())
                            .as("seed %d, round %d: %s", seed, round, result.err())
                            .isIn(result.err().isEmpty() ? List.of(143, 130) : List.of(0, 3));
                    if (result.code() == 3) {
                        assertThat(result.err()).contains("stopping; a second signal ends at once");
                    }
                }
                assertThat(output.checkpoints(topic))
                        .as("what is committed stands")
                        .isGreaterThanOrEqualTo(committed);
                assertThat(leftByTheKilled).containsAll(temporaryFiles(output));
                if (round % 3 == 2) {
                    leaveUncommittedFiles(topic, output, shape);
                }
            }
            Cli.export(topic, output.directory(), shape).exits(0);
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    private static List<String> temporaryFiles(Output output) {
        return Files.exists(output.directory())
                ? output.allFiles().stream()
                        .filter(file -> file.contains("/tmp="))
                        .toList()
                : List.of();
    }

    private static void leaveUncommittedFiles(String topic, Output output, String... shape) throws Exception {
        int files = output.dataFiles().size();
        try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
            Eventually.isTrue("more files", () -> output.dataFiles().size() > files + 3 || !process.isAlive());
            process.kill();
        }
    }

    @Test
    void endsAtOnceAtTheSecondSignalAndIsGoneOnFrom() throws Exception {
        Signals.assumeInterruptsReachChildren();
        try (Records records = Records.filled("twice", 9_000)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            String[] shape = {"--page-size", "60", "--file-size", "20", "--threads", "2"};
            int code = 3;
            // The process is held in the middle of its stopping; now and then it has stopped before it can be held.
            for (int attempt = 0; attempt < 10 && code == 3; attempt++) {
                int committed = output.checkpoints(topic);
                try (CliProcess process = CliProcess.start(Cli.exportArguments(topic, output.directory(), shape))) {
                    Eventually.isTrue(
                            "under way", () -> output.checkpoints(topic) > committed + 1 || !process.isAlive());
                    process.signal("TERM");
                    while (process.isAlive() && !process.err().contains("stopping;")) {
                        Thread.onSpinWait();
                    }
                    if (process.isAlive()) {
                        process.signalIfAlive("STOP");
                        // Signals within a second of each other are one request.
                        Thread.sleep(1200);
                        process.signalIfAlive("INT");
                        process.signalIfAlive("CONT");
                    }
                    code = process.await().code();
                }
            }

            assertThat(code).as("128 and the number of SIGINT").isEqualTo(130);
            Cli.run("status", "--output", output.directory().toString()).exits(3);
            Cli.export(topic, output.directory(), shape).exits(0);
            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
        }
    }

    @Test
    void stopsWhileItWaitsForABrokerThatDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CliProcess process = CliProcess.start(
                        "export",
                        "--bootstrap-server",
                        "127.0.0.1:" + silent.getLocalPort(),
                        "--topic",
                        "orders",
                        "--output",
                        dir.resolve("out").toString())) {
            silent.setSoTimeout(60_000);
            try (Socket connected = silent.accept()) {
                assertThat(connected.isConnected()).isTrue();
                long signalled = System.nanoTime();
                process.signal("TERM");

                process.await().exits(3);
                assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(Duration.ofSeconds(15));
            }
        }
        assertThat(new Output(dir).allFiles()).isEmpty();
    }
}
