package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.campaign.Plan.Attempt;
import io.pagewalk.campaign.Plan.Fault;
import io.pagewalk.campaign.Plan.Kind;
import io.pagewalk.campaign.Plan.Runner;
import io.pagewalk.it.fixture.CliProcess;
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

/** One export, from the first record produced to the last one checked. */
final class CampaignRun {
    private static final List<Integer> COMPLETE = List.of(0, 8);

    private final Plan plan;
    private final CampaignBroker broker;
    private final Path dir;
    private final String topic;
    private final Subject subject;
    private final Tally tally;
    private Map<Integer, Long> deletions = Map.of();
    private int attempts;

    /** @param dir of this run alone; what its processes said is left there, too */
    CampaignRun(Plan plan, CampaignBroker broker, Path dir, Tally tally) {
        this.plan = plan;
        this.broker = broker;
        this.dir = dir;
        this.topic = plan.topic();
        this.subject = Subject.local(plan, topic, broker.servers(), dir.resolve("out"));
        this.tally = tally;
    }

    /** @throws AssertionError if the export did not end as it has to */
    void run() throws Exception {
        Files.createDirectories(dir);
        tally.oddNames += plan.naming() == Plan.Naming.PLAIN ? 0 : 1;
        Workload workload = new Workload(plan);
        SeriesPlan series = plan.series().orElse(null);
        try (Records records = series == null ? filled(plan, topic, workload) : created(workload)) {
            if (series != null) {
                new SeriesRun(plan, series, broker, dir, tally).run(workload, records);
            } else if (plan.deletion().isPresent()) {
                new DeletionRun(plan, broker, dir, tally).run(workload, records);
            } else if (plan.naming() == Plan.Naming.TWIN) {
                exportWithTwin(records);
            } else {
                export(records);
            }
        } finally {
            tally.strays += workload.strayed();
        }
        broker.delete(topic);
    }

    private Records created(Workload workload) throws Exception {
        broker.create(topic, plan.content().weights().size(), plan.content().compaction());
        return workload.begin(topic, broker.servers());
    }

    private Records filled(Plan with, String name, Workload workload) throws Exception {
        int partitions = with.content().weights().size();
        broker.create(name, partitions, with.content().compaction());
        Records records = workload.produce(name, broker.servers());
        broker.awaitStable(name, partitions);
        return records;
    }

    private void export(Records records) throws Exception {
        deletions = deletions(records.rowsWithAborted());
        int code = export();
        new ExportCheck(subject, dir, deletesRecords() ? deletions : Map.of(), tally).check(records, code);
        tally.files += subject.output().dataFiles().size();
    }

    /** Both at once. */
    private void exportWithTwin(Records records) throws Exception {
        Plan twin = plan.twin();
        Subject other = Subject.local(
                twin, topic + "-0", broker.servers(), subject.output().directory());
        Path others = Files.createDirectory(dir.resolve("twin"));
        try (Records produced = filled(twin, other.topic(), new Workload(twin));
                CliProcess process = CliProcess.start(other.export(Runner.UNDISTURBED))) {
            export(records);
            try {
                process.await().exits(0);
            } finally {
                Files.writeString(others.resolve("runner.txt"), process.err(), UTF_8);
            }
            new ExportCheck(other, others, Map.of(), tally).check(produced, 0);
        }
        broker.delete(other.topic());
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
        Disturbance disturbance = new Disturbance(
                broker,
                topic,
                deletions,
                processes,
                new Progress(subject.output().directory(), topic));
        List<Integer> codes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            for (Fault fault : attempt.faults()) {
                threads.add(disturbance.start(fault));
            }
            for (Runner runner : attempt.runners()) {
                Thread.sleep(runner.delayMillis());
                CliProcess process = CliProcess.start(subject.export(
                        runner,
                        plan.badRecordOptions(attempts, processes.size()).toArray(String[]::new)));
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
            case 6 -> plan.failsAtBadRecords(attempts, runner);
            case 8 -> deletesRecords() || plan.recordsToOneBad() > 0;
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
}
