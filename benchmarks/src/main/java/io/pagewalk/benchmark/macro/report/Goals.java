package io.pagewalk.benchmark.macro.report;

import io.pagewalk.benchmark.macro.report.Goal.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The project's goals for speed and memory, against what was measured. */
final class Goals {
    private static final long ENOUGH_RECORDS = 3_000_000;
    private static final int ENOUGH_ROUNDS = 5;
    private static final String TOO_SMALL =
            "The goals are for at least " + ENOUGH_ROUNDS + " rounds of " + Figures.text(ENOUGH_RECORDS)
                    + " records; this was less, and shows no more than that the benchmark works.";

    private final Results results;
    private final Runs runs;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
        this.runs = results.runs();
    }

    /** The table of all goals; what was not measured says so, and so does a run that is too small for them. */
    static String text(Results results) {
        Goals goals = new Goals(results);
        goals.collect();
        Table table = new Table(List.of("goal", "measured", "reach", "then go for", "met"));
        for (Goal goal : goals.goals) {
            table.add(List.of(
                    goal.what() + (goal.unit().isEmpty() ? "" : ", " + goal.unit()),
                    SectionText.text(goal.measured()),
                    goal.reach().toString(),
                    goal.then().toString(),
                    goal.met()));
        }
        boolean enough = results.records() >= ENOUGH_RECORDS && results.rounds() >= ENOUGH_ROUNDS;
        return enough ? table.toString() : table + "\n" + TOO_SMALL + "\n";
    }

    private void collect() {
        ratio("Parquet CPU / bare consumer", "compare", "pagewalk-parquet", "bare", Metric.CPU_SECONDS, 3.0, 2.3);
        ratio("Parquet wall / Spark", "compare", "pagewalk-parquet", "spark", Metric.WALL_SECONDS, 0.28, 0.20);
        ratio("Parquet CPU / Spark", "compare", "pagewalk-parquet", "spark", Metric.CPU_SECONDS, 0.27, 0.20);
        ratio("JSONL CPU / bare consumer", "compare", "pagewalk-jsonl", "bare", Metric.CPU_SECONDS, 1.9, 1.5);
        ratio("JSONL wall / kcat", "compare", "pagewalk-jsonl", "kcat", Metric.WALL_SECONDS, 0.40, 0.30);
        cpuOfKcat("JSONL CPU / kcat", "compare");
        cpuOfKcat("JSONL CPU / kcat, a tenth of the records", "small");
        for (String format : List.of("parquet", "jsonl")) {
            String name = format.equals("parquet") ? "Parquet" : "JSONL";
            ratio(
                    name + ", one partition: wall of 2 threads / 1 thread",
                    "single",
                    format + "-2-threads",
                    format + "-1-thread",
                    Metric.WALL_SECONDS,
                    0.65,
                    0.55);
        }
        for (String format : List.of("parquet", "jsonl")) {
            String name = format.equals("parquet") ? "Parquet" : "JSONL";
            ratio(
                    name + ", commit: wall of ten pages / one page",
                    "pages",
                    format + "-10-pages",
                    format + "-1-page",
                    Metric.WALL_SECONDS,
                    1.03,
                    1.01);
        }
        ratio(
                "Parquet, 256 MB heap: peak memory of ten times the records / once",
                "memory",
                "parquet-10x",
                "parquet-1x",
                Metric.PEAK_MB,
                1.05,
                1.05);
        seconds("--version: wall", "version", 0.25, 0.15);
        seconds("export of 1,000 records: wall", "export-1000", 1.2, 0.7);
        add(
                "planning a page of a token of 10,000 partitions",
                "ms",
                Spread.of(results.planningMillis().stream().mapToDouble(Double::doubleValue)),
                Bound.below(10),
                Bound.below(1));
    }

    private void ratio(
            String what, String scenario, String entrant, String base, Metric metric, double reach, double then) {
        add(what, "", runs.ratio(scenario, entrant, base, metric), Bound.atMost(reach), Bound.atMost(then));
    }

    private void cpuOfKcat(String what, String scenario) {
        Optional<Spread> measured = runs.ratio(scenario, "pagewalk-jsonl", "kcat", Metric.CPU_SECONDS);
        add(what, "", measured, Bound.below(1), Bound.atMost(0.6));
    }

    private void seconds(String what, String entrant, double reach, double then) {
        add(what, "s", runs.of("start", entrant, Metric.WALL_SECONDS), Bound.below(reach), Bound.below(then));
    }

    private void add(String what, String unit, Optional<Spread> measured, Bound reach, Bound then) {
        goals.add(new Goal(what, unit, measured, reach, then));
    }
}
