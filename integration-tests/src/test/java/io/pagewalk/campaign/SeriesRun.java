package io.pagewalk.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A series: the topic grows, commands are killed, stopped and set against each other until one is through, and old runs expire
 * meanwhile. Then each record of the runs that are left is there once, and one backfill gives the same files.
 */
final class SeriesRun {
    private static final List<Integer> COMPLETE = List.of(0, 8);

    private final Plan plan;
    private final SeriesPlan series;
    private final CampaignBroker broker;
    private final Path dir;
    private final Subject subject;
    private final Tally tally;
    private final SplittableRandom random;
    private int processes;

    SeriesRun(Plan plan, SeriesPlan series, CampaignBroker broker, Path dir, Tally tally) {
        this.plan = plan;
        this.series = series;
        this.broker = broker;
        this.dir = dir;
        this.subject = Subject.local(plan, plan.topic(), broker.servers(), dir.resolve("out"));
        this.tally = tally;
        this.random = new SplittableRandom(plan.seed() ^ 0x5e71e5a);
    }

    /** @param records of a topic that has none yet */
    void run(Workload workload, Records records) throws Exception {
        int all = plan.content().records();
        int sent = 0;
        for (int round = 1; round <= series.rounds(); round++) {
            int upTo = (int) ((long) all * round / series.rounds());
            workload.grow(records, upTo - sent);
            sent = upTo;
            broker.awaitStable(plan.topic(), plan.content().weights().size());
            List<String> options = series.options(sent, all, round == series.rounds());
            goOn(options);
            if (series.kept() > 0 && random.nextBoolean()) {
                expire();
            }
        }
        check(records);
        tally.series++;
    }

    /** Until one command is through that nothing disturbs. */
    private void goOn(List<String> options) throws Exception {
        int disturbed = random.nextInt(3);
        for (int i = 0; i < disturbed; i++) {
            disturb(options);
        }
        int code = await(start(options, 0));
        if (!COMPLETE.contains(code)) {
            throw new AssertionError("a command that nothing disturbed ended with " + code);
        }
    }

    private void disturb(List<String> options) throws Exception {
        int maxRate = random.nextBoolean() ? 2_000 + plan.content().records() * random.nextInt(5, 40) : 0;
        try (CliProcess first = start(options, maxRate);
                CliProcess rival = random.nextInt(3) == 0 ? start(options, 0) : null) {
            tally.rivals += rival == null ? 0 : 1;
            Thread.sleep(random.nextInt(200, 2_500));
            String signal = random.nextInt(4) == 0 ? "TERM" : "KILL";
            first.signalIfAlive(signal);
            requireEnd(await(first), signal, rival != null);
            if (rival != null) {
                requireEnd(await(rival), "", true);
            }
        }
    }

    private void requireEnd(int code, String signal, boolean two) {
        boolean expected = switch (code) {
            case 0 -> true;
            case 3, 128 + 15 -> signal.equals("TERM");
            case 128 + 9 -> signal.equals("KILL");
            case 5 -> two;
            case 8 -> plan.recordsToOneBad() > 0;
            default -> false;
        };
        if (!expected) {
            throw new AssertionError("command " + processes + " ended with " + code);
        }
        tally.kills += code == 128 + 9 ? 1 : 0;
        tally.stops += code == 3 || code == 128 + 15 ? 1 : 0;
        tally.fenced += code == 5 ? 1 : 0;
    }

    private CliProcess start(List<String> options, int maxRate) throws IOException {
        tally.attempts++;
        Plan.Runner runner = new Plan.Runner(0, random.nextInt(1, 4), 0, maxRate, true);
        List<String> more = new ArrayList<>(options);
        if (plan.recordsToOneBad() > 0) {
            more.addAll(List.of("--on-bad-record", "dead-letter", "--max-bad-records", "100000"));
        }
        return CliProcess.start(subject.export(runner, more.toArray(String[]::new)));
    }

    private int await(CliProcess process) throws Exception {
        try {
            return process.await().code();
        } finally {
            Files.writeString(dir.resolve("command-" + ++processes + ".txt"), process.err(), UTF_8);
        }
    }

    private void expire() throws Exception {
        String[] arguments = subject.command("expire", "--keep-runs", Integer.toString(series.kept()), "--yes");
        if (random.nextBoolean()) {
            try (CliProcess process = CliProcess.start(arguments)) {
                Thread.sleep(random.nextInt(300, 1_200));
                process.signalIfAlive("KILL");
                await(process);
            }
        }
        Cli.run(arguments).exits(0);
        tally.expiries++;
    }

    private void check(Records records) throws Exception {
        SortedMap<Integer, Map<Integer, long[]>> runs = runs();
        Map<Integer, long[]> first = runs.get(runs.firstKey());
        Map<Integer, long[]> last = runs.get(runs.lastKey());
        boolean uncommitted = plan.shape().isolation().equals("read_uncommitted");
        List<Row> visible = uncommitted ? records.rowsWithAborted() : records.rows();
        boolean covered = visible.stream().allMatch(row -> row.offset() < last.get(row.partition())[1]);
        if (!covered && (series.window().isEmpty() || plan.strays().equals(Plan.Strays.NONE))) {
            throw new AssertionError("not all records are in a run, up to " + runs.lastKey());
        }
        List<Row> rows =
                new ArrayList<>(subject.output().dataFiles().isEmpty() ? List.of() : ExportCheck.rows(subject));
        rows.addAll(setAside());
        Expectation.of(
                        visible,
                        records.rows(),
                        false,
                        row -> row.offset() >= first.get(row.partition())[0]
                                && row.offset() < last.get(row.partition())[1],
                        row -> false)
                .check(rows);
        verify();
        tally.records += rows.size();
        tally.files += subject.output().dataFiles().size();
        compareWithBackfill(runs.firstKey() == 1);
    }

    private List<Row> setAside() {
        Path folder = subject.output().directory().resolve(Path.of("_pagewalk", plan.topic(), "1", "dead-letters"));
        String[] files = folder.toFile().list();
        List<Row> aside = files == null || files.length == 0 ? List.of() : DuckDb.jsonl(folder);
        tally.setAside += aside.size();
        return aside;
    }

    private void verify() throws Exception {
        try (CliProcess process = CliProcess.start(subject.command(
                "verify", "--deep", "--against-topic", "--bootstrap-server", subject.servers(), "--json"))) {
            Cli.Result result = process.await();
            Files.writeString(dir.resolve("verify.txt"), result.out() + result.err(), UTF_8);
            result.exits(0);
        }
    }

    /** By number, first offset and end of each partition. */
    private SortedMap<Integer, Map<Integer, long[]>> runs() throws IOException {
        SortedMap<Integer, Map<Integer, long[]>> runs = new TreeMap<>();
        Path logs = subject.output().log(plan.topic()).getParent();
        try (Stream<Path> folders = Files.list(logs)) {
            for (Path folder : folders.toList()) {
                Path begun = folder.resolve("0".repeat(20) + ".json");
                if (Files.exists(begun)) {
                    Map<Integer, long[]> extent = new HashMap<>();
                    for (JsonNode range : Output.json(begun).at("/extent/partitions")) {
                        extent.put(
                                range.get(0).asInt(),
                                new long[] {range.get(1).asLong(), range.get(2).asLong()});
                    }
                    runs.put(Integer.parseInt(folder.getFileName().toString()), extent);
                }
            }
        }
        return runs;
    }

    /**
     * Where it has to be the same: nothing came late, sizes are in records, and no window ended among offsets without records, of which
     * the one or the other side may get more.
     */
    private void compareWithBackfill(boolean whole) throws Exception {
        if (series.window().isEmpty()
                || !whole
                || !plan.strays().equals(Plan.Strays.NONE)
                || plan.content().transactions()
                || plan.shape().pageSize().endsWith("B")) {
            return;
        }
        Subject backfill = Subject.local(plan, plan.topic(), broker.servers(), dir.resolve("backfill"));
        List<String> options =
                series.options(plan.content().records(), plan.content().records(), true);
        List<String> more = new ArrayList<>(options);
        more.addAll(
                plan.recordsToOneBad() > 0
                        ? List.of("--on-bad-record", "dead-letter", "--max-bad-records", "100000")
                        : List.of());
        Cli.Result result = Cli.run(backfill.export(Plan.Runner.UNDISTURBED, more.toArray(String[]::new)));
        if (!COMPLETE.contains(result.code())) {
            throw new AssertionError("the backfill ended with " + result.code() + ": " + result.err());
        }
        SortedMap<String, byte[]> files = subject.output().dataFiles();
        SortedMap<String, byte[]> again = backfill.output().dataFiles();
        if (!again.keySet().equals(files.keySet())) {
            throw new AssertionError("a backfill has other files: " + again.keySet() + ", not " + files.keySet());
        }
        files.forEach((name, bytes) -> {
            if (!java.util.Arrays.equals(bytes, again.get(name))) {
                throw new AssertionError("a backfill has other bytes: " + name);
            }
        });
        tally.backfills++;
    }
}
