package io.pagewalk.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.error.UsageException;
import io.pagewalk.log.Totals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    private static final String OUTPUT = "/data/\"lake\\";
    private static final Instant ONE = Instant.parse("2026-11-28T01:15:00Z");
    private static final Instant TWO = Instant.parse("2026-11-29T01:15:00Z");

    @TempDir
    Path dir;

    private void write(ExportFigures... figures) {
        new MetricsFile(file()).write(OUTPUT, List.of(figures));
    }

    private Path file() {
        return dir.resolve("pagewalk.prom");
    }

    private static ExportFigures complete(String topic, Instant at) {
        return figures(
                topic, at, ExitCode.COMPLETE, at.minusSeconds(60), new Totals(1, 2, 30, 0, 400, 30, 0, 0, 0, 0, 0), 0L);
    }

    private static ExportFigures failed(String topic, Instant at) {
        return figures(topic, at, ExitCode.FAILED, null, null, null);
    }

    private static ExportFigures figures(
            String topic,
            Instant at,
            ExitCode code,
            @Nullable Instant covered,
            @Nullable Totals totals,
            @Nullable Long lag) {
        return new ExportFigures(
                topic, topic, at, Duration.ofMillis(1500), code, covered, 30, 4000, totals, lag, null, null);
    }

    private List<String> samples() throws IOException {
        return Files.readAllLines(file()).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replace("output=\"/data/\\\"lake\\\\\",", ""))
                .toList();
    }

    @Test
    void tellsOfEachExportWhatIsToBeWatched() throws IOException {
        write(complete("orders", ONE), failed("refunds", ONE));

        assertThat(Files.readAllLines(file())).contains("# TYPE pagewalk_last_success_timestamp_seconds gauge");
        assertThat(samples())
                .contains(
                        "pagewalk_last_success_timestamp_seconds{export=\"orders\",topic=\"orders\"} "
                                + (double) ONE.getEpochSecond(),
                        "pagewalk_covered_until_timestamp_seconds{export=\"orders\",topic=\"orders\"} "
                                + (double) (ONE.getEpochSecond() - 60),
                        "pagewalk_run_exit_code{export=\"refunds\",topic=\"refunds\"} 1.0",
                        "pagewalk_run_duration_seconds{export=\"orders\",topic=\"orders\"} 1.5")
                .noneMatch(line -> line.startsWith("pagewalk_last_success") && line.contains("refunds"));
    }

    @Test
    void aFailureKeepsTheLastSuccess() throws IOException {
        write(complete("orders", ONE));

        write(failed("orders", TWO));

        assertThat(samples())
                .contains(
                        "pagewalk_last_success_timestamp_seconds{export=\"orders\",topic=\"orders\"} "
                                + (double) ONE.getEpochSecond(),
                        "pagewalk_run_end_timestamp_seconds{export=\"orders\",topic=\"orders\"} "
                                + (double) TWO.getEpochSecond(),
                        "pagewalk_run_exit_code{export=\"orders\",topic=\"orders\"} 1.0")
                .anyMatch(line -> line.startsWith("pagewalk_lag_offsets"));
        write(complete("orders", TWO));
        assertThat(samples())
                .containsOnlyOnce("pagewalk_last_success_timestamp_seconds{export=\"orders\",topic=\"orders\"} "
                        + (double) TWO.getEpochSecond())
                .filteredOn(line -> line.startsWith("pagewalk_last_success"))
                .hasSize(1);
    }

    @Test
    void anExportThatIsNotTheCommandsAnyMoreIsLeftOut() throws IOException {
        write(complete("orders", ONE), complete("refunds", ONE));

        write(complete("orders", TWO));

        assertThat(samples()).noneMatch(line -> line.contains("refunds"));
    }

    @Test
    void leavesNothingBesideTheFile() throws IOException {
        write(complete("orders", ONE));

        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).containsExactly(file());
        }
        assertThatThrownBy(() -> new MetricsFile(dir.resolve("gone").resolve("x.prom")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--metrics-file");
    }
}
