package io.pagewalk.benchmark.macro.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Machine MACHINE = new Machine("cpu", 2, 1L << 30, "system", "java", 0);

    @Test
    void saysWhatIsMetWhatIsNotAndWhatWasNotMeasured() {
        List<Run> runs = List.of(
                run("compare", "bare", 1, 1),
                run("compare", "pagewalk-parquet", 2, 2.5),
                run("compare", "spark", 4, 25));

        List<String> lines = Goals.text(results(runs, 3_000_000, 5)).lines().toList();

        assertThat(lines).anyMatch(line -> line.matches("\\| Parquet CPU / bare consumer .* 2.50 .* yes \\|"));
        assertThat(lines).anyMatch(line -> line.matches("\\| Parquet wall / Spark .* 0.50 .* no \\|"));
        assertThat(lines).anyMatch(line -> line.matches("\\| Parquet CPU / Spark .* 0.10 .* yes, both \\|"));
        assertThat(lines).anyMatch(line -> line.matches("\\| JSONL wall / kcat .* not measured .* not measured \\|"));
    }

    @Test
    void everyGoalCanBeMeasured() {
        List<Run> runs = List.of(
                run("compare", "bare", 1, 1),
                run("compare", "pagewalk-parquet", 1, 1),
                run("compare", "pagewalk-jsonl", 1, 1),
                run("compare", "kcat", 1, 1),
                run("compare", "spark", 1, 1),
                run("small", "pagewalk-jsonl", 1, 1),
                run("small", "kcat", 1, 1),
                run("single", "parquet-1-thread", 1, 1),
                run("single", "parquet-2-threads", 1, 1),
                run("single", "jsonl-1-thread", 1, 1),
                run("single", "jsonl-2-threads", 1, 1),
                run("pages", "parquet-1-page", 1, 1),
                run("pages", "parquet-10-pages", 1, 1),
                run("pages", "jsonl-1-page", 1, 1),
                run("pages", "jsonl-10-pages", 1, 1),
                run("memory", "parquet-1x", 1, 1),
                run("memory", "parquet-10x", 1, 1),
                run("start", "version", 1, 1),
                run("start", "export-1000", 1, 1));

        assertThat(Goals.text(results(runs, 3_000_000, 5))).doesNotContain("not measured");
    }

    @Test
    void saysThatARunIsTooSmallForThem() {
        assertThat(Goals.text(results(List.of(), 3_000_000, 4))).contains("this was less");
        assertThat(Goals.text(results(List.of(), 2_999_999, 5))).contains("this was less");
        assertThat(Goals.text(results(List.of(), 3_000_000, 5))).doesNotContain("this was less");
    }

    private static Results results(List<Run> runs, long records, int rounds) {
        return new Results(
                "now",
                "run",
                MACHINE,
                Map.of(),
                "records",
                records,
                8,
                rounds,
                new Runs(runs),
                List.of(0.5),
                List.of());
    }

    private static Run run(String scenario, String entrant, double wallSeconds, double cpuSeconds) {
        return new Run(scenario, entrant, 1, 3_000_000, wallSeconds, cpuSeconds, 1_000_000L, 0);
    }
}
