package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export may be held back, for the sake of who else uses the brokers. */
class RateIT {
    private static Records records;
    private static String topic;

    @TempDir
    Path dir;

    @BeforeAll
    static void produce() {
        records = Records.filled("rated", 2500, 700, 0, 1800);
        topic = records.topic();
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void holdsAllThreadsTogetherToTheRate() {
        Output output = new Output(dir.resolve("out"));
        Path report = dir.resolve("report.json");

        Cli.export(
                        topic,
                        output.directory(),
                        "--threads",
                        "4",
                        "--page-size",
                        "2000",
                        "--max-rate",
                        "100KB",
                        "--report",
                        report.toString())
                .exits(0);

        JsonNode run = Output.json(report).get("run");
        long least = run.get("bytesRead").asLong() * 1000 / 100_000;
        assertThat(least).as("milliseconds that the rate demands").isGreaterThan(1000);
        assertThat(run.get("durationMs").asLong()).isGreaterThanOrEqualTo(least);
        assertThat(run.at("/threadTimes/throttledMs").asLong()).isPositive();
        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(topic);
    }

    /** The first poll alone would be held back for hours. */
    @Test
    void stopsWhileItIsHeldBackAndGoesOnAtAnotherRate() throws Exception {
        Output output = new Output(dir.resolve("out"));
        Cli.Result result;
        Duration took;
        try (CliProcess process = CliProcess.start(
                Cli.exportArguments(topic, output.directory(), "--max-rate", "1B", "--threads", "2"))) {
            Eventually.isTrue(
                    "slices under way",
                    () -> (output.checkpoints(topic) > 0 && unfinished(output) == 2) || !process.isAlive());
            long signalled = System.nanoTime();
            process.signal("TERM");
            result = process.await();
            took = Duration.ofNanos(System.nanoTime() - signalled);
        }

        assertThat(result.exits(3).err()).contains("stopped on request");
        assertThat(took).isLessThan(Duration.ofSeconds(15));
        assertThat(output.dataFiles()).isEmpty();

        Cli.export(topic, output.directory(), "--max-rate", "1GiB/s").exits(0);

        assertThat(output.rows()).isEqualTo(records.rows());
        output.assertComplete(topic);
    }

    /** Files that are being written, of whatever run; never fails, because the process goes on meanwhile. */
    private static int unfinished(Output output) {
        int files = 0;
        File[] runs =
                output.directory().resolve("_pagewalk").resolve("tmp=").toFile().listFiles(File::isDirectory);
        for (File run : runs == null ? new File[0] : runs) {
            String[] names = run.list();
            files += names == null ? 0 : names.length;
        }
        return files;
    }
}
