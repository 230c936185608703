package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.SampleRegistry;
import io.pagewalk.benchmark.macro.contender.Contenders;
import io.pagewalk.benchmark.macro.kafka.BenchmarkBroker;
import io.pagewalk.benchmark.macro.kafka.BenchmarkTopics;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Meter;
import io.pagewalk.benchmark.macro.measure.ServedPages;
import io.pagewalk.benchmark.macro.peer.Environment;
import io.pagewalk.benchmark.macro.report.Machine;
import io.pagewalk.benchmark.macro.report.Report;
import io.pagewalk.benchmark.macro.report.Results;
import io.pagewalk.benchmark.macro.report.Runs;
import io.pagewalk.benchmark.macro.report.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** One call of the command, from the broker's start to the report. Closing it stops what runs and removes what it made. */
final class Session implements AutoCloseable {
    private static final int WIDE_PARTITIONS = 100;
    private static final long WIDE_RECORDS = 200_000;

    private final Options options;
    private final PrintWriter log;
    private final Workplace place;
    private final SampleRegistry registry;
    private final Environment environment;
    private final List<String> failures = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private String report = "";

    Session(Options options, PrintWriter log) throws IOException {
        this.options = options;
        this.log = log;
        place = new Workplace(options.topic.workDir(), log);
        registry = SampleRegistry.start();
        environment = new Environment(
                options.topic.checkout, Path.of(System.getProperty("java.home")), place.children(), registry.url());
    }

    /** The report as Markdown, once {@link #run} is done. */
    String report() {
        return report;
    }

    boolean hasFailures() {
        return !failures.isEmpty();
    }

    /** Runs everything and writes the report; a contender's failure does not stop it. */
    void run(String arguments) throws IOException, InterruptedException {
        Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Machine machine = Machine.here();
        if (machine.isBusy()) {
            log.printf("warning: the machine is not idle, its load average is %.1f%n", machine.loadBefore());
        }
        ChildProcesses children = place.children();
        Path work = place.directory();
        Contenders contenders = new Contenders(environment);
        Contenders before = options.before == null ? contenders : new Contenders(environment.of(options.before));
        List<Scenario> scenarios = select(new Scenarios(contenders, before, options.topic, options.rounds).all());
        new Room(work).require(scenarios);

        Rounds rounds = new Rounds(new Meter(children, environment.javaHome()), work, log, failures);
        scenarios = rounds.prepare(scenarios);
        ServedPages served = ServedPages.NONE;
        if (!scenarios.isEmpty() || options.wants("serve")) {
            log.println("starting the broker");
            String servers = BenchmarkBroker.start(
                    children, environment.java(), environment.distribution(), work.resolve("broker"));
            BenchmarkTopics topics = new BenchmarkTopics(servers);
            for (List<Scenario> sideBySide : Scenarios.sideBySide(scenarios)) {
                rounds.run(sideBySide, contenders.bare(), servers, topics);
            }
            if (options.wants("serve")) {
                served = served(rounds, contenders, servers, topics);
            }
        }
        List<Double> planning = options.wants("planning") ? Planning.measure(work.resolve("jmh.log")) : List.of();

        scenarios.forEach(scenario -> sections.add(scenario.section()));
        Results results = new Results(
                started.toString(),
                ("benchmarks/run " + arguments).strip(),
                machine,
                new Software(environment).versions(),
                options.topic.shape,
                options.topic.records(),
                options.topic.partitions,
                options.rounds,
                new Runs(rounds.runs()),
                planning,
                served,
                failures);
        report = Report.markdown(results, sections);
        Report.write(results, sections, options.output());
        log.println("written to " + options.output());
    }

    private ServedPages served(Rounds rounds, Contenders contenders, String servers, BenchmarkTopics topics)
            throws IOException, InterruptedException {
        Topic topic = options.topic.topic();
        Topic wide = new Topic(options.topic.shape, WIDE_RECORDS, WIDE_PARTITIONS);
        rounds.fill(topic, contenders.bare(), servers, topics);
        rounds.fill(wide, contenders.bare(), servers, topics);
        return new Serving(environment, new Meter(place.children(), environment.javaHome()), servers, log)
                .measure(topic, wide, contenders.jsonl(), options.rounds, place.directory());
    }

    private List<Scenario> select(List<Scenario> all) {
        List<Scenario> selected = all.stream()
                .filter(scenario -> options.wants(scenario.name()))
                .map(scenario ->
                        scenario.only(entrant -> options.only.isEmpty() || options.only.contains(entrant.name())))
                .filter(scenario -> !scenario.entrants().isEmpty())
                .toList();
        if (selected.isEmpty() && !options.wants("planning") && !options.wants("serve")) {
            throw new Failed("nothing of what --only names is in the scenarios asked for");
        }
        return selected;
    }

    @Override
    public void close() {
        registry.close();
        place.close();
    }
}
