package io.pagewalk.benchmark.macro.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no sh")
class MeterTest {
    private final ChildProcesses children = new ChildProcesses();
    private final Meter meter = new Meter(children, Path.of(System.getProperty("java.home")));

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        children.close();
    }

    @Test
    void countsTheTimeOfAProcessAndOfItsChildren() throws Exception {
        String busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

        Measurement cost = meter.run(Job.of(List.of("sh", "-c", "sh -c '" + busy + "'; true")), directory);

        assertThat(cost.cpuSeconds()).isPositive().isLessThan(60);
        assertThat(cost.wallSeconds()).isPositive();
    }

    @Test
    void failsWithTheExitCodeAndTheEndOfTheLog() {
        Job job = Job.of(List.of("sh", "-c", "echo no such topic >&2; exit 3"));

        assertThatThrownBy(() -> meter.run(job, directory))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no such topic");
    }

    @Test
    void endsAProcessThatNeverEndsOnceItsFileIsComplete() throws Exception {
        Path file = directory.resolve("file");
        Job job = new Job(
                List.of("sh", "-c", "printf 12345 >'" + file + "'; exec sleep 1000"),
                Map.of(),
                null,
                new Job.FileSize(file, 5));

        Measurement cost = meter.run(job, directory);

        assertThat(cost.wallSeconds()).isLessThan(100);
        assertThat(Files.readString(file)).isEqualTo("12345");
    }

    @Test
    void failsIfAProcessThatShouldNotEndEndsTooEarly() {
        Job job =
                new Job(List.of("sh", "-c", "exit 0"), Map.of(), null, new Job.FileSize(directory.resolve("file"), 5));

        assertThatThrownBy(() -> meter.run(job, directory))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("before it was done");
    }
}
