package io.pagewalk.benchmark.macro;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
final class Options {
    /** Everything but {@code spark}, whose worker takes 2 GB beside the broker, {@code memory}, which needs ten times the room and time, and {@code change}, which needs two builds. */
    private static final List<String> BY_DEFAULT = List.of(
            "compare",
            "small",
            "long",
            "single",
            "pages",
            "shapes",
            "s3",
            "start",
            "topics",
            "serve",
            "typed",
            "table",
            "planning");

    @Parameters(
            paramLabel = "SCENARIO",
            description =
                    "compare, small, long, single, pages, shapes, s3, start, topics, serve, typed, table, planning, spark,"
                            + " memory or change (default: all but the last three).")
    List<String> scenarios = List.of();

    @Mixin
    TopicOptions topic = new TopicOptions();

    @Option(names = "--rounds", paramLabel = "N", description = "How often everything runs (default: 5).")
    int rounds = 5;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Leave out all but these rows of the tables, such as bare,pagewalk-parquet,spark.")
    Set<String> only = new TreeSet<>();

    @Option(
            names = "--before",
            paramLabel = "DIR",
            description =
                    "Another checkout of Pagewalk, already built: the scenario \"change\" runs it and this one in turn"
                            + " in the same rounds.")
    @Nullable
    Path before;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Where results.json, results.md, plot.svg and bars.svg go (default: benchmarks/target/results).")
    @Nullable
    Path output;

    boolean wants(String scenario) {
        return (scenarios.isEmpty() ? BY_DEFAULT : scenarios).contains(scenario);
    }

    Path output() {
        return output == null ? topic.checkout.resolve("benchmarks/target/results") : output.toAbsolutePath();
    }
}
