package io.pagewalk.benchmark.macro.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunsTest {
    @Test
    void comparesWithinARoundNotAcross() {
        // The second round ran on a machine of half the speed, the third without the base.
        Runs runs = new Runs(
                List.of(run("a", 1, 2), run("base", 1, 1), run("base", 2, 2), run("a", 2, 4), run("a", 3, 100)));

        assertThat(runs.ratio("s", "a", "base", Metric.WALL_SECONDS)).contains(new Spread(2, 2, 2));
        assertThat(runs.difference("s", "a", "base", Metric.WALL_SECONDS)).contains(new Spread(1.5, 1, 2));
        assertThat(runs.of("s", "a", Metric.WALL_SECONDS)).contains(new Spread(4, 2, 100));
    }

    @Test
    void knowsNothingOfWhatDidNotRun() {
        Runs runs = new Runs(List.of(run("a", 1, 2)));

        assertThat(runs.ratio("s", "a", "base", Metric.WALL_SECONDS)).isEmpty();
        assertThat(runs.of("other", "a", Metric.WALL_SECONDS)).isEmpty();
        assertThat(runs.of("s", "a", Metric.PEAK_MB)).isEmpty();
    }

    private static Run run(String entrant, int round, double wallSeconds) {
        return new Run("s", entrant, round, 1_000_000, wallSeconds, 1, null, 0, "");
    }
}
