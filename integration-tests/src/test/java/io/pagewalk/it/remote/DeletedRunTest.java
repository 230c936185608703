package io.pagewalk.it.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An export is deleted under a run that is alive where nobody can see it, and exported anew while that run goes on. The new
 * export is exact, or stops and says why; it never completes with less. The old run ends, and says that it was deleted.
 */
public abstract class DeletedRunTest {
    private static final int RECORDS = 1000;
    private static final String[] SMALL = {"--page-size", "200", "--file-size", "100"};
    private static final String[] LARGE = {"--page-size", "400", "--file-size", "200"};
    /** Where the second page of small files begins, and the second of the large files. */
    private static final long SECOND = 200;

    private static final Pattern DATA_FILE = Pattern.compile("[A-Za-z0-9._~-]+-[0-9]+-[0-9]{20}[-0-9a-f]*\\.parquet");

    @TempDir
    Path dir;

    private final List<HeldCommand> commands = new ArrayList<>();

    protected abstract RemoteStore store();

    /** What an export is told of where its log is. */
    protected List<String> logArguments(String topic) {
        return List.of();
    }

    /** Takes the log away, or makes it useless. */
    protected abstract void ruinLog(String place, String topic) throws Exception;

    /** What a run publishes to the store at the beginning of the commit of a page that ends at an offset. */
    protected Predicate<String> commitOfFirstPage(String topic, long end) {
        return entry(topic, 1);
    }

    @AfterEach
    void killAll() throws IOException {
        for (HeldCommand command : commands) {
            command.close();
        }
    }

    // ---- When the old run publishes, what the new one does otherwise, and what becomes of the old one then.

    public enum When {
        BEFORE_THE_CLAIM,
        BEFORE_ENTRY_0,
        WHILE_IT_READS
    }

    public enum Change {
        SIZES,
        GROWTH,
        NOTHING
    }

    public enum Then {
        GOES_ON_FIRST,
        GOES_ON_AT_THE_SAME_TIME,
        IS_KILLED
    }

    /** All pairs of the first two, each with one of the third. */
    static Stream<Arguments> cases() {
        return pairs(When.values());
    }

    protected static Stream<Arguments> pairs(When... moments) {
        List<Arguments> pairs = new ArrayList<>();
        for (When when : moments) {
            for (Change change : Change.values()) {
                int count = pairs.size();
                int then = (count / Change.values().length + count % Change.values().length + 1) % Then.values().length;
                pairs.add(Arguments.of(when, change, Then.values()[then]));
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotTakeFilesOfTheOldRunForItsOwn(When when, Change change, Then then) throws Exception {
        boolean grows = change == Change.GROWTH;
        try (Records records = Records.filled("deletedrun", grows ? 250 : RECORDS)) {
            String topic = records.topic();
            String place = store().place("deletedrun");
            String[] shape = change == Change.SIZES ? LARGE : SMALL;
            HeldCommand old = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            if (grows) {
                records.send(0, RECORDS - 250).flush();
            }
            delete(place, topic);
            HeldCommand next;
            if (when == When.BEFORE_THE_CLAIM) {
                old.passOne();
                next = export(topic, place, name -> false, shape);
            } else {
                next = export(topic, place, when == When.BEFORE_ENTRY_0 ? entry(topic, 0) : dataFrom(SECOND), shape)
                        .awaitHeld();
                old.passOne();
            }

            if (then == Then.IS_KILLED) {
                old.kill();
            } else {
                old.passAll();
                if (then == Then.GOES_ON_FIRST) {
                    old.end();
                }
            }
            next.passAll();

            assertExactOrStopped(next.end(), place, records, shape);
            if (then != Then.IS_KILLED) {
                assertDeleted(old);
            }
        }
    }

    /** No gate: both are at work at the same time, and slowly. */
    @Test
    void bothGoOnSlowly() throws Exception {
        try (Records records = Records.filled("asleep", RECORDS)) {
            String topic = records.topic();
            String place = store().place("asleep");
            HeldCommand old = export(
                    topic, place, name -> false, "--page-size", "200", "--file-size", "100", "--max-rate", "9kB");
            Eventually.isTrue("under way", () -> dataFiles(place) >= 3 || !old.isAlive());
            old.signal("STOP");
            delete(place, topic);
            HeldCommand next = export(
                    topic, place, name -> false, "--page-size", "400", "--file-size", "200", "--max-rate", "9kB");
            Eventually.isTrue("begun", () -> command("status", place, topic).code() == 3 || !next.isAlive());

            old.signal("CONT");

            assertExactOrStopped(next.end(), place, records, LARGE);
            assertDeleted(old);
        }
    }

    // ---- Entries.

    /** Its page is all that it knew of the topic, and so it would say complete for the new export. */
    @Test
    void theOldRunAddsNothingToTheNewLog() throws Exception {
        try (Records records = Records.filled("appends", RECORDS / 2)) {
            String topic = records.topic();
            String place = store().place("appends");
            String[] onePage = {"--page-size", "1000", "--file-size", "100"};
            HeldCommand old = export(topic, place, commitOfFirstPage(topic, RECORDS / 2), onePage)
                    .awaitHeld();
            records.send(0, RECORDS / 2).flush();
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(SECOND), onePage).awaitHeld();

            old.passAll();
            old.end();
            next.passAll();

            assertExactOrStopped(next.end(), place, records, onePage);
            assertDeleted(old);
        }
    }

    @Test
    void theOldRunThatIsFasterThanTheNewOneCommitsNoneOfItsPages() throws Exception {
        try (Records records = Records.filled("faster", RECORDS)) {
            String topic = records.topic();
            String place = store().place("faster");
            HeldCommand old = export(topic, place, dataFrom(2 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 2);
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(0), SMALL).awaitHeld();

            old.passAll();
            old.end();
            assertThat(command("status", place, topic).exits(3).out()).contains("page 1 is next");
            next.passAll();

            assertExactOrStopped(next.end(), place, records, SMALL);
            assertDeleted(old);
        }
    }

    // ---- Deletions.

    @Test
    void twoDeletionsEndTwoRuns() throws Exception {
        try (Records records = Records.filled("twice", RECORDS)) {
            String topic = records.topic();
            String place = store().place("twice");
            String[] shape = {"--page-size", "300", "--file-size", "150"};
            HeldCommand first = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            delete(place, topic);
            HeldCommand second = export(topic, place, dataFrom(SECOND), LARGE).awaitHeld();
            delete(place, topic);
            HeldCommand third = export(topic, place, dataFrom(SECOND), shape).awaitHeld();

            first.passOne();
            second.passOne();
            first.passAll();
            second.passAll();
            third.passAll();

            assertExactOrStopped(third.end(), place, records, shape);
            assertDeleted(first);
            assertDeleted(second);
        }
    }

    public enum Asleep {
        BEFORE_ITS_RECORD,
        BEFORE_IT_REMOVES_ANYTHING
    }

    /** Another deletion finishes meanwhile, and a new export has files of the same offsets. */
    @ParameterizedTest
    @EnumSource
    void aDeletionThatSleptRemovesNothingOfALaterExport(Asleep asleep) throws Exception {
        try (Records records = Records.filled("sleepy", RECORDS)) {
            String topic = records.topic();
            String place = store().place("sleepy");
            Cli.run(arguments(topic, place, SMALL)).exits(0);
            HeldCommand sleeper = deletion(topic, place, asleep).awaitHeld();
            delete(place, topic);
            HeldCommand next = export(topic, place, dataFrom(3 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 3);

            sleeper.passAll();
            Result deletion = sleeper.end();
            next.passAll();

            next.end().exits(0);
            assertExact(place, records);
            assertThat(deletion.code()).as(deletion.err()).isIn(0, 1, 2);
        }
    }

    @Test
    void aDeletionThatSleptWhileTheRunWentOnRemovesAllOfIt() throws Exception {
        try (Records records = Records.filled("overtaken", RECORDS)) {
            String topic = records.topic();
            String place = store().place("overtaken");
            HeldCommand old = export(topic, place, dataFrom(2 * SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 2);
            HeldCommand sleeper = permittedDeletion(topic, place);

            old.passAll();
            Result oldEnd = old.end();
            sleeper.passAll();
            if (sleeper.end().code() != 0) {
                delete(place, topic);
            }

            assertThat(oldEnd.code()).as(oldEnd.err()).isIn(0, 2);
            assertThat(store().files(place)).noneMatch(name -> isData(name));
            assertExactOrStopped(Cli.run(arguments(topic, place, LARGE)), place, records, LARGE);
        }
    }

    /** Nobody knows which files it had, but for their names. */
    @Test
    void deletesAnExportWhoseLogIsOfNoUse() throws Exception {
        try (Records records = Records.filled("ruined", RECORDS)) {
            String topic = records.topic();
            String place = store().place("ruined");
            HeldCommand old = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            ruinLog(place, topic);
            delete(place, topic, "--without-log");
            assertThat(store().files(place)).noneMatch(name -> isData(name));
            HeldCommand next = export(topic, place, dataFrom(SECOND), LARGE).awaitHeld();

            old.passOne();
            old.passAll();
            old.end();
            next.passAll();

            assertExactOrStopped(next.end(), place, records, LARGE);
            assertDeleted(old);
        }
    }

    // ---- What else a file of the old run can do.

    /** The old one goes on without records that are gone, so its files lack what it alone has on record. */
    @Test
    void doesNotTakeAFileThatLacksWhatTheOldRunHasOnRecordAsLost() throws Exception {
        try (Records records = Records.filled("losing", RECORDS)) {
            String topic = records.topic();
            String place = store().place("losing");
            long deleted = SECOND + 50;
            String[] losing = {"--page-size", "200", "--file-size", "100", "--on-data-loss", "record"};
            String[] onePage = Stream.concat(Stream.of(losing), Stream.of("--max-pages", "1"))
                    .toArray(String[]::new);
            Cli.run(arguments(topic, place, onePage)).exits(3);
            Broker.deleteRecords(topic, 0, deleted);
            HeldCommand old = export(topic, place, dataFrom(SECOND), losing).awaitHeld();
            delete(place, topic);
            HeldCommand next =
                    export(topic, place, dataFrom(2 * SECOND), losing).awaitHeld();

            old.passOne();
            old.passAll();
            old.end();
            next.passAll();

            List<Row> rows = records.rows().stream()
                    .filter(row -> row.offset() >= deleted)
                    .toList();
            assertExactOrStopped(next.end(), place, topic, rows, losing);
            assertDeleted(old);
        }
    }

    /** A publication that is on its way when the new export completes cannot be stopped, but is found. */
    @Test
    void verifyFindsWhatArrivesAfterTheEnd() throws Exception {
        try (Records records = Records.filled("late", RECORDS)) {
            String topic = records.topic();
            String place = store().place("late");
            HeldCommand old = export(topic, place, dataFrom(SECOND), SMALL).awaitHeld();
            awaitPages(place, topic, 1);
            delete(place, topic);
            Cli.run(arguments(topic, place, LARGE)).exits(0);
            assertExact(place, records);
            Set<String> before = new HashSet<>(store().files(place));

            old.passAll();
            assertDeleted(old);

            List<String> late = store().files(place).stream()
                    .filter(name -> !before.contains(name))
                    .toList();
            if (!late.isEmpty()) {
                assertThat(command("verify", place, topic).exits(9).out()).contains(late);
                removeAll(place, late);
            }
            assertExact(place, records);
        }
    }

    /** Its files are named as if they were of the topic's partition 0. */
    @Test
    void leavesATopicWithASimilarNameInTheSameOutputAlone() throws Exception {
        try (Records records = Records.filled("twins", RECORDS)) {
            String topic = records.topic();
            String twin = topic + "-0";
            String place = store().place("twins");
            Topics.create(Broker.servers(), twin, 1, Map.of());
            try (Records others = Records.into(twin)) {
                others.send(0, RECORDS / 2).flush();
                Cli.run(arguments(twin, place, SMALL)).exits(0);
                HeldCommand old =
                        export(topic, place, dataFrom(topic, SECOND), SMALL).awaitHeld();
                awaitPages(place, topic, 1);
                delete(place, topic);
                HeldCommand next =
                        export(topic, place, dataFrom(topic, SECOND), LARGE).awaitHeld();

                old.passOne();
                old.kill();
                next.passAll();

                assertExactOrStopped(next.end(), place, records, LARGE);
                assertExact(place, others);
                delete(place, topic);
                assertExact(place, others);
            }
        }
    }

    // ---- What is started, and what it is held at.

    private HeldCommand export(String topic, String place, Predicate<String> published, String... shape)
            throws IOException {
        return start(
                request -> store().published(place, request).filter(published).isPresent(),
                port -> arguments(topic, store().placeThrough(port, place), store().propertiesThrough(port), shape));
    }

    private HeldCommand deletion(String topic, String place, Asleep asleep) throws IOException {
        Predicate<String> record =
                Pattern.compile("_pagewalk/topic=[^/]+/deleted-[0-9]+\\.json").asMatchPredicate();
        return start(
                request -> store().removes(request)
                        || (asleep == Asleep.BEFORE_ITS_RECORD
                                && store().published(place, request)
                                        .filter(record)
                                        .isPresent()),
                port -> commandArguments(
                        "delete", store().placeThrough(port, place), topic, store().propertiesThrough(port), "--yes"));
    }

    /** Where leases tell who is alive, that takes its time. */
    private HeldCommand permittedDeletion(String topic, String place) throws Exception {
        while (true) {
            HeldCommand sleeper = deletion(topic, place, Asleep.BEFORE_ITS_RECORD);
            if (sleeper.isHeld()) {
                return sleeper;
            }
            assertThat(sleeper.end().exits(2).error()).contains("a run is alive");
        }
    }

    private HeldCommand start(Predicate<String> held, HeldCommand.Arguments arguments) throws IOException {
        HeldCommand command = HeldCommand.start(store().port(), held, arguments);
        commands.add(command);
        return command;
    }

    private String[] arguments(String topic, String place, String... shape) {
        return arguments(topic, place, store().properties(), shape);
    }

    private String[] arguments(String topic, String place, Map<String, String> properties, String... shape) {
        List<String> arguments = new ArrayList<>(List.of(shape));
        // One after the other, and none that gives up while it is held back.
        arguments.addAll(List.of("--threads", "1", "--retry-timeout", "10m"));
        arguments.addAll(logArguments(topic));
        properties.forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
        String[] all = Cli.exportArguments(topic, Path.of("replaced"), arguments.toArray(String[]::new));
        all[List.of(all).indexOf("--output") + 1] = place;
        return all;
    }

    private Result command(String name, String place, String topic, String... more) {
        return Cli.run(commandArguments(name, place, topic, store().properties(), more));
    }

    private static String[] commandArguments(
            String name, String place, String topic, Map<String, String> properties, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(name, "--output", place, "--export-id", topic, "--bootstrap-server", Broker.servers()));
        arguments.addAll(List.of(more));
        properties.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
        return arguments.toArray(String[]::new);
    }

    /** Where leases tell who is alive, that takes its time. */
    private void delete(String place, String topic, String... more) {
        String[] arguments = Stream.concat(Stream.of("--yes"), Stream.of(more)).toArray(String[]::new);
        Result[] last = new Result[1];
        Eventually.isTrue("a deletion is permitted", () -> {
            last[0] = command("delete", place, topic, arguments);
            return !last[0].err().contains("a run is alive");
        });
        last[0].exits(0);
    }

    private void awaitPages(String place, String topic, int pages) {
        Eventually.isTrue(
                pages + " pages committed",
                () -> Output.json(command("status", place, topic, "--json").out())
                                .path("committed")
                                .path("pages")
                                .asInt()
                        >= pages);
    }

    private static boolean isData(String name) {
        return DATA_FILE.matcher(name).matches();
    }

    private long dataFiles(String place) {
        try {
            return store().files(place).stream().filter(DeletedRunTest::isData).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Data files whose slices begin at an offset or after it. */
    protected static Predicate<String> dataFrom(long start) {
        Pattern offset = Pattern.compile("[^/]*?-[0-9]+-([0-9]{20})[^/]*\\.parquet");
        return name -> {
            var matcher = offset.matcher(name);
            return matcher.matches() && Long.parseLong(matcher.group(1)) >= start;
        };
    }

    private static Predicate<String> dataFrom(String topic, long start) {
        return dataFrom(start)
                .and(Pattern.compile(Pattern.quote(topic + "-0-") + "[0-9]{20}.*")
                        .asMatchPredicate());
    }

    private static Predicate<String> entry(String topic, int sequence) {
        return Pattern.compile(
                        "_pagewalk/" + Pattern.quote(topic) + "/([0-9]+/[0-9]+/)?" + "0{19}" + sequence + "\\.json")
                .asMatchPredicate();
    }

    // ---- What has to hold at the end.

    private static void assertDeleted(HeldCommand old) throws Exception {
        Result end = old.end();
        assertThat(end.err()).doesNotContain(" is complete: ");
        assertThat(end.exits(2).error()).contains("deleted");
    }

    private void assertExactOrStopped(Result end, String place, Records records, String... shape) throws Exception {
        assertExactOrStopped(end, place, records.topic(), records.rows(), shape);
    }

    /** If it stopped, it named files; without them the next run completes it. */
    private void assertExactOrStopped(Result end, String place, String topic, List<Row> rows, String... shape)
            throws Exception {
        Result last = end;
        for (int stops = 0; last.code() == 2 && stops < 10; stops++) {
            assertThat(last.err()).doesNotContain(" is complete: ");
            command("status", place, topic).exits(3);
            Set<String> there = new HashSet<>(store().files(place));
            List<String> named = DATA_FILE
                    .matcher(last.error())
                    .results()
                    .map(result -> result.group())
                    .filter(there::contains)
                    .toList();
            assertThat(named).as("files to remove in: %s", last.error()).isNotEmpty();
            removeAll(place, named);
            last = Cli.run(arguments(topic, place, shape));
        }
        last.exits(0);
        assertExact(place, topic, rows);
    }

    private void removeAll(String place, List<String> names) throws IOException {
        for (String name : names) {
            store().remove(place, name);
        }
    }

    private void assertExact(String place, Records records) throws IOException {
        assertExact(place, records.topic(), records.rows());
    }

    private void assertExact(String place, String topic, List<Row> expected) throws IOException {
        Path directory = dir.resolve("downloaded-" + System.nanoTime());
        store().download(place, directory);
        List<Row> rows = new Output(directory)
                .rows().stream().filter(row -> row.topic().equals(topic)).collect(Collectors.toList());
        // The lists are long.
        assertThat(rows.size())
                .as("records in the files of an export that says it is complete")
                .isEqualTo(expected.size());
        assertThat(rows).isEqualTo(expected);
        command("status", place, topic).exits(0);
        command("verify", place, topic, "--against-topic").exits(0);
    }
}
