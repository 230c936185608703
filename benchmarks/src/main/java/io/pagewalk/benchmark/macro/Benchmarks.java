package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Stopped;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code benchmarks/run}. Exits with 1 if anything did not do its work, 2 on wrong usage. */
@Command(
        name = "benchmarks/run",
        sortOptions = false,
        subcommands = BrokerCommand.class,
        description = "Measures Pagewalk beside what people use today, as whole processes.")
public final class Benchmarks implements Callable<Integer> {
    private static final Set<String> SCENARIOS = Set.of(
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
            "planning",
            "spark",
            "typed",
            "table",
            "memory",
            "change");

    /** Those with programs that know text alone. */
    private static final List<String> TEXT = List.of("compare", "small", "long", "serve");

    /** A file must hold a record, also where a page is a tenth of the topic. */
    private static final long FEWEST_RECORDS = 10_000;

    private static final String LAUNCHER = "exporter-cli/target/pagewalk/bin/pagewalk";

    @Mixin
    private Options options = new Options();

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    private Benchmarks() {}

    /** See the class. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        check();
        PrintWriter err = spec.commandLine().getErr();
        try (Session session = new Session(options, err)) {
            session.run(String.join(" ", spec.commandLine().getParseResult().originalArgs()));
            spec.commandLine().getOut().println(session.report());
            return session.hasFailures() ? 1 : 0;
        } catch (Stopped e) {
            return 1;
        } catch (Failed e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void check() {
        for (String scenario : options.scenarios) {
            if (!SCENARIOS.contains(scenario)) {
                throw new ParameterException(spec.commandLine(), "there is no scenario '" + scenario + "'");
            }
        }
        if (options.topic.shape.isTyped() && TEXT.stream().anyMatch(options::wants)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--shape " + options.topic.shape.label() + " is no text, which " + String.join(", ", TEXT)
                            + " are about: name another scenario, such as change");
        }
        if (options.scenarios.contains("change") != (options.before != null)) {
            throw new ParameterException(spec.commandLine(), "the scenario change and --before go together");
        }
        if (options.before != null && !Files.isExecutable(options.before.resolve(LAUNCHER))) {
            throw new ParameterException(
                    spec.commandLine(), "--before " + options.before + " has no " + LAUNCHER + ": build it first");
        }
        if (options.topic.records() < FEWEST_RECORDS || options.topic.partitions < 1 || options.rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "need at least " + FEWEST_RECORDS + " records, 1 partition, 1 round");
        }
    }
}
