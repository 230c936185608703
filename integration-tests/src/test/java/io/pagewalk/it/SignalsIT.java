package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
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
        try (Records records = Records.filled("signalled", 4_000, 2_000)) {
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
                            + "/[0-9]{20}\\.json|_pagewalk/topic=" + topic + "/claim\\.json"));
            Cli.run("status", "--output", output.directory().toString()).exits(3);

            Cli.export(topic, output.directory(), shape).exits(0);

            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(topic);
            Output undisturbed = new Output(dir.resolve("undisturbed"));
            Cli.export(topic, undisturbed.directory(), shape).exits(0);
            assertThat(output.dataFiles()).containsExactlyEntriesOf(undisturbed.dataFiles());
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
