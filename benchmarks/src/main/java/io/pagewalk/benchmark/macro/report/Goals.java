package io.pagewalk.benchmark.macro.report;

import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.report.Goal.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The project's goals for speed and memory, against what was measured. */
final class Goals {
    private static final long ENOUGH_RECORDS = 3_000_000;
    private static final int ENOUGH_ROUNDS = 5;
    /** From here on a run to S3 is one of the long ones. */
    private static final long MANY = 12_000_000;

    private static final String LONG = ", 12 million records";
    private static final String SMALL = ", 300,000 records";
    private static final String TOO_SMALL = "The goals are for at least " + ENOUGH_ROUNDS + " rounds of "
            + Figures.text(ENOUGH_RECORDS) + " records of the shape orders; this was less, or something else.";

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
        boolean enough = results.shape() == Shape.ORDERS
                && results.records() >= ENOUGH_RECORDS
                && results.rounds() >= ENOUGH_ROUNDS;
        return enough ? table.toString() : table + "\n" + TOO_SMALL + "\n";
    }

    private void collect() {
        costs();
        typed();
        memory();
        s3();
        others();
        start();
    }

    private void costs() {
        ratio("Parquet CPU / bare consumer" + LONG, "long", "pagewalk-parquet", "bare", Metric.CPU_SECONDS, 2.4, 2.2);
        ratio("JSONL CPU / bare consumer" + LONG, "long", "pagewalk-jsonl", "bare", Metric.CPU_SECONDS, 1.7, 1.5);
        ratio("JSONL CPU / kcat" + SMALL, "small", "pagewalk-jsonl", "kcat", Metric.CPU_SECONDS, 1.9, 1.7);
        add(
                "JSONL CPU / kcat",
                "",
                runs.ratio("compare", "pagewalk-jsonl", "kcat", Metric.CPU_SECONDS),
                Bound.below(1),
                Bound.atMost(0.6));
        ratio("JSONL wall / kcat", "compare", "pagewalk-jsonl", "kcat", Metric.WALL_SECONDS, 0.40, 0.30);
        ratio("Parquet wall / Spark", "compare", "pagewalk-parquet", "spark", Metric.WALL_SECONDS, 0.28, 0.20);
        ratio("Parquet CPU / Spark", "compare", "pagewalk-parquet", "spark", Metric.CPU_SECONDS, 0.27, 0.20);
    }

    private void typed() {
        add(
                "Avro to Parquet: CPU - bare consumer",
                "us a record",
                runs.differenceARecord("typed", "avro-pagewalk", "avro-bare", Metric.CPU_SECONDS),
                Bound.atMost(2.2),
                Bound.atMost(1.7));
        ratio(
                "Avro to Parquet: CPU / plain consumer with AvroParquetWriter",
                "typed",
                "avro-pagewalk",
                "avro-plain",
                Metric.CPU_SECONDS,
                0.67,
                0.5);
    }

    private void memory() {
        megabytes("Parquet: peak memory", "compare", "pagewalk-parquet");
        megabytes("Parquet, one partition, 2 threads: peak memory", "single", "parquet-2-threads");
        ratio(
                "Parquet, 256 MB heap: peak memory of ten times the records / once",
                "memory",
                "parquet-10x",
                "parquet-1x",
                Metric.PEAK_MB,
                1.05,
                1.05);
    }

    /** What the store adds is a few seconds whatever the length, and so a part only of what is long. */
    private void s3() {
        boolean many = runs.select("s3", "parquet-s3").allMatch(run -> run.records() >= MANY);
        add(
                "Parquet, a million records: wall to S3 - to the disk",
                "s",
                many ? Optional.empty() : runs.difference("s3", "parquet-s3", "parquet-disk", Metric.WALL_SECONDS),
                Bound.atMost(1.5),
                Bound.atMost(1.5));
        add(
                "Parquet, 12 million records: wall to S3 / to the disk",
                "",
                many ? runs.ratio("s3", "parquet-s3", "parquet-disk", Metric.WALL_SECONDS) : Optional.empty(),
                Bound.atMost(1.05),
                Bound.atMost(1.05));
    }

    private void others() {
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
    }

    private void start() {
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

    private void megabytes(String what, String scenario, String entrant) {
        add(what, "MB", runs.of(scenario, entrant, Metric.PEAK_MB), Bound.atMost(350), Bound.atMost(300));
    }

    private void seconds(String what, String entrant, double reach, double then) {
        add(what, "s", runs.of("start", entrant, Metric.WALL_SECONDS), Bound.below(reach), Bound.below(then));
    }

    private void add(String what, String unit, Optional<Spread> measured, Bound reach, Bound then) {
        goals.add(new Goal(what, unit, measured, reach, then));
    }
}
