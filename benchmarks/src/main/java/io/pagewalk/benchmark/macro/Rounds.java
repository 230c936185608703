package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.contender.Contender;
import io.pagewalk.benchmark.macro.contender.Copy;
import io.pagewalk.benchmark.macro.kafka.BenchmarkTopics;
import io.pagewalk.benchmark.macro.kafka.Topic;
import io.pagewalk.benchmark.macro.measure.Directory;
import io.pagewalk.benchmark.macro.measure.Failed;
import io.pagewalk.benchmark.macro.measure.Job;
import io.pagewalk.benchmark.macro.measure.Measurement;
import io.pagewalk.benchmark.macro.measure.Meter;
import io.pagewalk.benchmark.macro.report.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the rounds of scenarios and keeps what each single process cost. */
final class Rounds {
    private final Meter meter;
    private final Path work;
    private final PrintWriter log;
    private final List<String> failures;
    private final List<Run> runs = new ArrayList<>();

    /** @param failures gets a text for whatever does not do its work */
    Rounds(Meter meter, Path work, PrintWriter log, List<String> failures) {
        this.meter = meter;
        this.work = work;
        this.log = log;
        this.failures = failures;
    }

    List<Run> runs() {
        return runs;
    }

    /** Lets all contenders fetch what they need. Those that cannot run here are left out, and that is said. */
    List<Scenario> prepare(List<Scenario> scenarios) throws IOException, InterruptedException {
        List<Scenario> prepared = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            List<Entrant> ready = new ArrayList<>();
            for (Entrant entrant : scenario.entrants()) {
                if (prepare(scenario, entrant)) {
                    ready.add(entrant);
                }
            }
            if (!ready.isEmpty()) {
                prepared.add(scenario.only(ready::contains));
            }
        }
        return prepared;
    }

    private boolean prepare(Scenario scenario, Entrant entrant) throws IOException, InterruptedException {
        String missing = entrant.contender().missing();
        if (missing != null) {
            log.println(scenario.name() + ": without " + entrant.name() + ": " + missing);
            return false;
        }
        log.println(scenario.name() + ": preparing " + entrant.name());
        try {
            entrant.contender().prepare();
            return true;
        } catch (Failed e) {
            fail(entrant.name() + ": " + e.getMessage());
            return false;
        }
    }

    /**
     * Runs scenarios side by side: a round of each, then the next round.
     *
     * @param reader reads each topic once before it is measured, so that no one meets a broker that is still cold
     */
    void run(List<Scenario> scenarios, Contender reader, String servers, BenchmarkTopics topics)
            throws IOException, InterruptedException {
        int rounds = 0;
        for (Scenario scenario : scenarios) {
            rounds = Math.max(rounds, scenario.rounds());
            for (Entrant entrant : scenario.entrants()) {
                fill(entrant.topic(), reader, servers, topics);
                if (entrant.contender().warmsUp()) {
                    warmUp(entrant, servers);
                }
            }
        }
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : scenarios) {
                if (round <= scenario.rounds()) {
                    run(scenario, round, servers);
                }
            }
        }
    }

    private void run(Scenario scenario, int round, String servers) throws IOException, InterruptedException {
        for (Entrant entrant : scenario.order(round)) {
            run(scenario, entrant, round, servers);
        }
    }

    /** Fills a topic, unless that was done, and reads it once. */
    void fill(Topic topic, Contender reader, String servers, BenchmarkTopics topics)
            throws IOException, InterruptedException {
        if (topics.has(topic)) {
            return;
        }
        log.println("filling topic " + topic.name());
        topics.fill(topic);
        copy(topic, reader, servers);
    }

    /** One that fails will do so again, and be told of, when it is measured. */
    private void warmUp(Entrant entrant, String servers) throws IOException, InterruptedException {
        log.println("warming up the server of " + entrant.name());
        try {
            copy(entrant.topic(), entrant.contender(), servers);
        } catch (Failed e) {
            log.println(e.getMessage());
        }
    }

    /** A copy that is not measured. */
    private void copy(Topic topic, Contender contender, String servers) throws IOException, InterruptedException {
        Path directory = directory();
        try {
            Copy copy = new Copy(servers, topic, directory);
            meter.run(contender.job(copy), directory);
            contender.check(copy);
        } finally {
            Directory.delete(directory);
        }
    }

    private void run(Scenario scenario, Entrant entrant, int round, String servers)
            throws IOException, InterruptedException {
        String where = scenario.name() + ", round " + round + " of " + scenario.rounds() + ", " + entrant.name() + ": ";
        Path directory = directory();
        Copy copy = new Copy(servers, entrant.topic(), directory);
        try {
            Job before = entrant.contender().before(copy);
            if (before != null) {
                meter.run(before, directory);
            }
            Measurement cost = meter.run(entrant.contender().job(copy), directory);
            long bytes = Directory.size(copy.output());
            entrant.contender().check(copy);
            Long peak = cost.peakBytes();
            runs.add(new Run(
                    scenario.name(),
                    entrant.name(),
                    round,
                    entrant.topic().allRecords(),
                    cost.wallSeconds(),
                    cost.cpuSeconds(),
                    peak,
                    bytes,
                    entrant.contender().remark(copy)));
            log.printf(
                    "%s%.2f s wall, %.2f s CPU, %s MB peak memory, %.1f MB output%n",
                    where,
                    cost.wallSeconds(),
                    cost.cpuSeconds(),
                    peak == null ? "unknown" : String.valueOf(peak / 1_000_000),
                    bytes / 1e6);
        } catch (Failed | IOException e) {
            fail(where + e.getMessage());
        } finally {
            Directory.delete(directory);
        }
    }

    private Path directory() throws IOException {
        Path directory = Files.createTempDirectory(work, "run-");
        Files.createDirectory(directory.resolve("out"));
        return directory;
    }

    private void fail(String failure) {
        failures.add(failure);
        log.println("FAILED: " + failure);
    }
}
