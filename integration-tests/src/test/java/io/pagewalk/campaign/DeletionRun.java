package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.campaign.Plan.Deletion;
import io.pagewalk.campaign.Plan.Wake;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An export into a store, where nobody can see that a run is alive. It is deleted under that run, and started anew; both go on. The
 * new export has to be exact, and the old run must not say that anything is complete.
 */
final class DeletionRun {
    private static final String FOLDER = "exports/all/";
    private static final int MOST_ATTEMPTS = 6;
    /** Parsed from the right: partition, start, end, generation, digest. */
    private static final Pattern DATA_FILE = Pattern.compile("[^/]+-[0-9]+-[0-9]+-[0-9]+-([0-9]+)-[0-9a-f]{12}\\..+");

    private static final Pattern CHECKPOINTS = Pattern.compile("and ([0-9,]+) checkpoints? in");

    private final Plan plan;
    private final Deletion deletion;
    private final CampaignBroker broker;
    private final Path dir;
    private final Tally tally;
    private final String topic;
    private final String bucket = S3Server.bucket("campaign");
    private int attempts;
    private int deletes;
    private int checkpoints;

    DeletionRun(Plan plan, CampaignBroker broker, Path dir, Tally tally) {
        this.plan = plan;
        this.deletion = plan.deletion().orElseThrow();
        this.broker = broker;
        this.dir = dir;
        this.tally = tally;
        this.topic = plan.topic();
    }

    /** @param workload has filled the topic with these records */
    void run(Workload workload, Records records) throws Exception {
        Path report = dir.resolve("old-report.json");
        tally.deletions++;
        try (CliProcess old =
                CliProcess.start(subject(plan.shape(), 1).export(deletion.old(), "--report", report.toString()))) {
            Eventually.isTrue("the old run is under way", () -> isUnderWay() || !old.isAlive());
            boolean sleeps = deletion.wake() != Wake.NEVER_SLEEPS;
            if (sleeps) {
                old.signalIfAlive("STOP");
            }
            delete();
            boolean ended = !old.isAlive();
            workload.grow(records, deletion.growth());
            broker.awaitStable(topic, plan.content().weights().size());
            if (deletion.wake() == Wake.WAKES_BEFORE_THE_NEW_EXPORT) {
                old.signalIfAlive("CONT");
            }
            Subject anew = subject(deletion.shape(), 2);
            boolean late = export(anew, old);
            old.signalIfAlive("CONT");
            checkEnd(old, ended, report);
            findLeftOver(anew, late);
            S3Server.download(bucket, FOLDER, anew.output().directory());
            new ExportCheck(anew, dir, Map.of(), tally).check(records, 0);
            tally.files += anew.output().dataFiles().size();
        }
    }

    private Subject subject(Plan.Shape shape, int generation) {
        List<String> access = new ArrayList<>();
        S3Server.properties().forEach((name, value) -> access.addAll(List.of("-D", name + "=" + value)));
        String place = "s3a://" + bucket + "/" + FOLDER.substring(0, FOLDER.length() - 1);
        Output output = new Output(dir.resolve("out"));
        return new Subject(plan, shape, topic, broker.servers(), place, access, output, generation);
    }

    private boolean isUnderWay() {
        return deletion.entries() == 0
                ? files().contains("_pagewalk/topic=" + topic + "/claim-1.json")
                : entries(1) >= deletion.entries();
    }

    private long entries(int generation) {
        String log = "_pagewalk/" + topic + "/" + generation + "/1/";
        return files().stream().filter(file -> file.startsWith(log)).count();
    }

    private List<String> files() {
        return S3Server.keys(bucket).stream()
                .map(key -> key.substring(FOLDER.length()))
                .toList();
    }

    /** A run that goes on changes the export, and a deletion that sees that stops and says so. */
    private void delete() throws Exception {
        while (true) {
            try (CliProcess process = CliProcess.start(subject(plan.shape(), 1).command("delete", "--yes"))) {
                Cli.Result result = process.await();
                Files.writeString(dir.resolve("delete-" + ++deletes + ".txt"), result.out() + result.err(), UTF_8);
                if (result.code() == 0) {
                    Matcher counted = CHECKPOINTS.matcher(result.out());
                    checkpoints =
                            counted.find() ? Integer.parseInt(counted.group(1).replace(",", "")) : 0;
                    break;
                }
                if (deletes == MOST_ATTEMPTS || !result.err().contains("delete it again")) {
                    throw new AssertionError("delete ended with " + result.code() + ": " + result.err());
                }
            }
        }
        if (!files().contains("_pagewalk/topic=" + topic + "/deleted-1.json")) {
            throw new AssertionError("deleted, but there is no record of it");
        }
    }

    /** Until it is complete; whether the old run may have published something after that was looked for. */
    private boolean export(Subject anew, CliProcess old) throws Exception {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            tally.attempts++;
            boolean late = old.isAlive();
            try (CliProcess process = CliProcess.start(anew.export(deletion.next()))) {
                if (deletion.wake() == Wake.WAKES_DURING_THE_NEW_EXPORT) {
                    Eventually.isTrue("the new export has begun", () -> entries(2) > 0 || !process.isAlive());
                    old.signalIfAlive("CONT");
                }
                int code = await(process, "new-" + ++attempts);
                if (code == 0) {
                    return late;
                }
                doAsTold(code, Files.readString(dir.resolve("new-" + attempts + ".txt"), UTF_8));
            }
        }
        throw new AssertionError("not complete after " + MOST_ATTEMPTS + " attempts");
    }

    private int await(CliProcess process, String name) throws IOException, InterruptedException {
        try {
            return process.await().code();
        } finally {
            Files.writeString(dir.resolve(name + ".txt"), process.err(), UTF_8);
        }
    }

    private void doAsTold(int code, String said) throws Exception {
        if (code == 2 && said.contains("its deletion is not finished: delete it again")) {
            // The old run has published its claim once more, and may take it back by itself.
            try (CliProcess process = CliProcess.start(subject(plan.shape(), 1).command("delete", "--yes"))) {
                await(process, "delete-" + ++deletes);
            }
            return;
        }
        List<String> named = leftOver().stream().filter(said::contains).toList();
        if (code != 2 || named.isEmpty()) {
            throw new AssertionError("the new export ended with " + code + ": " + said);
        }
        remove(named);
    }

    /** Data files that are not of the new export. */
    private List<String> leftOver() {
        return files().stream()
                .filter(file -> {
                    Matcher name = DATA_FILE.matcher(file);
                    return name.matches() && !name.group(1).equals("2");
                })
                .toList();
    }

    private void remove(List<String> files) {
        files.forEach(file ->
                S3Server.client().deleteObject(request -> request.bucket(bucket).key(FOLDER + file)));
        tally.leftOver += files.size();
    }

    /** @param ended whether it had ended when it was deleted */
    private void checkEnd(CliProcess old, boolean ended, Path report) throws Exception {
        int code = await(old, "old");
        if (code == 2 && old.err().contains("was deleted while this run was at work")) {
            tally.deletedRuns++;
            return;
        }
        if (code != 0 || !(ended || wasComplete(report))) {
            throw new AssertionError("the run that was deleted ended with " + code + ": " + old.err());
        }
    }

    /** Whether the deletion has read all entries of a complete log: those of its pages, the first and the last one. */
    private boolean wasComplete(Path report) throws IOException {
        JsonNode pages = Output.json(Files.readString(report, UTF_8)).at("/run/pages");
        return checkpoints == pages.asInt() + 2;
    }

    /** What was under way when its run was deleted may appear at any time, and is for an audit to find. */
    private void findLeftOver(Subject anew, boolean late) throws Exception {
        List<String> leftOver = leftOver();
        if (leftOver.isEmpty()) {
            return;
        }
        if (!late) {
            throw new AssertionError("complete among files of the export that was deleted: " + leftOver);
        }
        try (CliProcess process = CliProcess.start(anew.command("verify"))) {
            String said = process.await().exits(9).out();
            if (!leftOver.stream().allMatch(said::contains)) {
                throw new AssertionError("verify does not name all of " + leftOver + ": " + said);
            }
        }
        remove(leftOver);
    }
}
