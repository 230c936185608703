package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.campaign.Plan.Attempt;
import io.pagewalk.campaign.Plan.Fault;
import io.pagewalk.campaign.Plan.Kind;
import io.pagewalk.campaign.Plan.Runner;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** One export, from the first record produced to the last one checked. */
final class CampaignRun {
    private static final List<Integer> COMPLETE = List.of(0, 8);

    private final Plan plan;
    private final CampaignBroker broker;
    private final Path dir;
    private final String topic;
    private final Output output;
    private final Tally tally;
    private Map<Integer, Long> deletions = Map.of();
    private int attempts;

    /** @param dir of this run alone; what its processes said is left there, too */
    CampaignRun(Plan plan, CampaignBroker broker, Path dir, Tally tally) {
        this.plan = plan;
        this.broker = broker;
        this.dir = dir;
        this.topic = "campaign-" + plan.seed();
        this.output = new Output(dir.resolve("out"));
        this.tally = tally;
    }

    /** @throws AssertionError if the export did not end as it has to */
    void run() throws Exception {
        Files.createDirectories(dir);
        broker.create(topic, plan.content().weights().size(), plan.content().compaction());
        try (Records records = new Workload(plan).produce(topic, broker.servers())) {
            broker.awaitStable(topic, plan.content().weights().size());
            deletions = deletions(records.rowsWithAborted());
            int code = export();
            check(records, code);
        }
        broker.delete(topic);
    }

    /** Up to where records are deleted, if they are. */
    private Map<Integer, Long> deletions(List<Row> produced) {
        SplittableRandom random = new SplittableRandom(plan.seed() ^ 0xde1e7e);
        Map<Integer, Long> ends = new HashMap<>();
        produced.forEach(row -> ends.merge(row.partition(), row.offset() + 1, Math::max));
        Map<Integer, Long> deletions = new HashMap<>();
        ends.forEach((partition, end) -> {
            if (random.nextBoolean()) {
                deletions.put(partition, random.nextLong(end + 1));
            }
        });
        return deletions;
    }

    /** Starts it again until it is complete; its exit code then. */
    private int export() throws Exception {
        List<Attempt> all = new ArrayList<>(plan.attempts());
        all.add(Attempt.UNDISTURBED);
        for (Attempt attempt : all) {
            List<Integer> codes = run(attempt);
            for (int code : codes) {
                if (COMPLETE.contains(code)) {
                    return code;
                }
            }
        }
        throw new AssertionError("not complete after an attempt that nothing disturbed");
    }

    private List<Integer> run(Attempt attempt) throws Exception {
        attempts++;
        tally.attempts++;
        List<CliProcess> processes = new ArrayList<>();
        Disturbance disturbance =
                new Disturbance(broker, topic, deletions, processes, new Progress(output.directory(), topic));
        List<Integer> codes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (Fault fault : attempt.faults()) {
                threads.add(disturbance.start(fault));
            }
            for (Runner runner : attempt.runners()) {
                Thread.sleep(runner.delayMillis());
                CliProcess process = CliProcess.start(arguments(runner));
                synchronized (processes) {
                    processes.add(process);
                }
            }
            for (int i = 0; i < processes.size(); i++) {
                codes.add(await(processes.get(i), i));
            }
        } finally {
            disturbance.over();
            for (Thread thread : threads) {
                thread.join();
            }
            for (CliProcess process : processes) {
                process.close();
            }
        }
        disturbance.check();
        for (int i = 0; i < codes.size(); i++) {
            checkEnd(attempt, i, codes.get(i), disturbance);
        }
        tally(attempt, disturbance, codes);
        return codes;
    }

    private String[] arguments(Runner runner) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                "--bootstrap-server",
                broker.servers(),
                "--topic",
                topic,
                "--output",
                output.directory().toString(),
                "--progress",
                "none"));
        arguments.addAll(runner.options());
        arguments.addAll(plan.shape().options());
        return arguments.toArray(String[]::new);
    }

    private int await(CliProcess process, int number) throws IOException, InterruptedException {
        try {
            return process.await().code();
        } finally {
            Files.writeString(dir.resolve("attempt-" + attempts + "-runner-" + number + ".txt"), process.err(), UTF_8);
        }
    }

    private void checkEnd(Attempt attempt, int runner, int code, Disturbance disturbance) {
        boolean expected = switch (code) {
            case 0 -> true;
            case 3 ->
                disturbance.did(Kind.TERM, runner)
                        || attempt.runners().get(runner).maxPages() > 0;
            case 128 + 15 -> disturbance.did(Kind.TERM, runner);
            case 4 -> deletesRecords() && !attempt.runners().get(runner).recordsLosses();
            case 5 -> attempt.runners().size() > 1;
            case 8 -> deletesRecords();
            case 128 + 9 -> disturbance.did(Kind.KILL, runner);
            default -> false;
        };
        if (!expected) {
            throw new AssertionError("runner " + runner + " of attempt " + attempts + " ended with " + code);
        }
    }

    private boolean deletesRecords() {
        return plan.attempts().stream()
                .flatMap(attempt -> attempt.faults().stream())
                .anyMatch(fault -> fault.kind() == Kind.DELETE_RECORDS);
    }

    private void tally(Attempt attempt, Disturbance disturbance, List<Integer> codes) {
        tally.kills += codes.stream().filter(code -> code == 128 + 9).count();
        tally.stops +=
                codes.stream().filter(code -> code == 3 || code == 128 + 15).count();
        tally.fenced += codes.stream().filter(code -> code == 5).count();
        tally.rivals += attempt.runners().size() - 1;
        for (Fault fault : attempt.faults()) {
            boolean did = disturbance.did(fault.kind(), fault.runner());
            tally.pauses += did && (fault.kind() == Kind.PAUSE || fault.kind() == Kind.SLEEP) ? 1 : 0;
            tally.restarts += did && fault.kind() == Kind.BROKER_KILL ? 1 : 0;
            tally.brokerPauses += did && fault.kind() == Kind.BROKER_PAUSE ? 1 : 0;
        }
    }

    private void check(Records records, int code) throws Exception {
        JsonNode status = Output.json(
                Cli.run("status", "--json", "--output", output.directory().toString())
                        .exits(code)
                        .out());
        JsonNode losses = status.get("losses");
        if ((code == 8) != !losses.isEmpty()) {
            throw new AssertionError("ended with " + code + ", and the losses are " + losses);
        }
        for (JsonNode loss : losses) {
            if (loss.get("end").asLong()
                    > deletions.getOrDefault(loss.get("partition").asInt(), 0L)) {
                throw new AssertionError("on record as lost, but was not deleted: " + loss);
            }
        }
        List<Row> rows = output.dataFiles().isEmpty()
                ? List.of()
                : DuckDb.rows(
                        output.directory(),
                        plan.shape().format(),
                        plan.shape().keyFormat(),
                        plan.shape().valueFormat(),
                        plan.shape().headerFormat());
        boolean uncommitted = plan.shape().isolation().equals("read_uncommitted");
        Expectation.of(
                        uncommitted ? records.rowsWithAborted() : records.rows(),
                        records.rows(),
                        plan.content().compaction() != Plan.Compaction.NONE,
                        extent(records.rowsWithAborted()),
                        row -> isLost(losses, row))
                .check(rows);
        verify(rows.size());
        tally.records += rows.size();
        tally.files += output.dataFiles().size();
        tally.losing += losses.isEmpty() ? 0 : 1;
        for (JsonNode loss : losses) {
            tally.lost += loss.get("end").asLong() - loss.get("start").asLong();
        }
    }

    /** The frozen extent: all that was produced, but for what was deleted before. */
    private Predicate<Row> extent(List<Row> produced) {
        Map<Integer, long[]> extent = new HashMap<>();
        for (JsonNode range : output.checkpoint(topic, 0).get("extent").get("partitions")) {
            extent.put(
                    range.get(0).asInt(),
                    new long[] {range.get(1).asLong(), range.get(2).asLong()});
        }
        for (Row row : produced) {
            long[] range = extent.get(row.partition());
            long deleted = deletesRecords() ? deletions.getOrDefault(row.partition(), 0L) : 0;
            if (range == null || row.offset() >= range[1] || (row.offset() < range[0] && row.offset() >= deleted)) {
                throw new AssertionError("not in the extent: " + row);
            }
        }
        return row -> row.offset() >= extent.get(row.partition())[0];
    }

    private static boolean isLost(JsonNode losses, Row row) {
        for (JsonNode loss : losses) {
            if (loss.get("partition").asInt() == row.partition()
                    && loss.get("start").asLong() <= row.offset()
                    && row.offset() < loss.get("end").asLong()) {
                return true;
            }
        }
        return false;
    }

    private void verify(int records) throws Exception {
        try (CliProcess process = CliProcess.start(
                "verify",
                "--output",
                output.directory().toString(),
                "--deep",
                "--against-topic",
                "--bootstrap-server",
                broker.servers(),
                "--json")) {
            Cli.Result result = process.await();
            Files.writeString(dir.resolve("verify.txt"), result.out() + result.err(), UTF_8);
            JsonNode document = Output.json(result.exits(0).out());
            if (document.get("records").asInt() != records) {
                throw new AssertionError("DuckDB counts " + records + " records, verify " + document.get("records"));
            }
        }
    }
}
