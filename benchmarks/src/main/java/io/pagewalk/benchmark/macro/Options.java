package io.pagewalk.benchmark.macro;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
final class Options {
    /** Everything but {@code memory}, which needs ten times the room and time, and {@code change}, which needs two builds. */
    private static final List<String> BY_DEFAULT = List.of("compare", "small", "single", "pages", "start", "planning");

    @Parameters(
            paramLabel = "SCENARIO",
            description =
                    "compare, small, single, pages, start, planning, memory or change (default: all but the last two).")
    List<String> scenarios = List.of();

    @Option(names = "--records", paramLabel = "N", description = "The records of the topic (default: 3000000).")
    long records = 3_000_000;

    @Option(names = "--partitions", paramLabel = "N", description = "Its partitions (default: 8).")
    int partitions = 8;

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
            description = "Where results.json, results.md and plot.svg go (default: benchmarks/target/results).")
    @Nullable
    Path output;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where the broker's logs and the outputs are while it runs (default: benchmarks/target).")
    @Nullable
    Path workDir;

    /** The project's directory, from the script. */
    final Path checkout = Path.of(System.getProperty("benchmark.checkout", "")).toAbsolutePath();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    boolean wants(String scenario) {
        return (scenarios.isEmpty() ? BY_DEFAULT : scenarios).contains(scenario);
    }

    Path output() {
        return output == null ? checkout.resolve("benchmarks/target/results") : output.toAbsolutePath();
    }

    Path workDir() {
        return workDir == null ? checkout.resolve("benchmarks/target") : workDir.toAbsolutePath();
    }
}
