package io.pagewalk.it.remote;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of a deletion under a live run have in common: commands that stand still at a publication, and what has to hold
 * at the end.
 */
abstract class DeletedRunHarness {
    static final int RECORDS = 1000;
    static final String[] SMALL = {"--page-size", "200", "--file-size", "100"};
    static final String[] LARGE = {"--page-size", "400", "--file-size", "200"};
    /** Where the second page of small files begins, and the second of the large files. */
    static final long SECOND = 200;

    private static final Pattern DATA_FILE = Pattern.compile("[A-Za-z0-9._~-]+-[0-9]+-[0-9]{20}[-0-9a-f]*\\.parquet");

    @TempDir
    Path dir;

    private final List<HeldCommand> commands = new ArrayList<>();

    protected abstract RemoteStore store();

    /** What an export is told of where its log is. */
    protected List<String> logArguments(String topic) {
        return List.of();
    }

    @AfterEach
    void killAll() throws IOException {
        for (HeldCommand command : commands) {
            command.close();
        }
    }

    enum Asleep {
        BEFORE_ITS_RECORD,
        BEFORE_IT_REMOVES_ANYTHING
    }

    HeldCommand export(String topic, String place, Predicate<String> published, String... shape) throws IOException {
        return start(
                request -> store().published(place, request).filter(published).isPresent(),
                port -> arguments(topic, store().placeThrough(port, place), store().propertiesThrough(port), shape));
    }

    HeldCommand deletion(String topic, String place, Asleep asleep) throws IOException {
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
    HeldCommand permittedDeletion(String topic, String place) throws Exception {
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

    String[] arguments(String topic, String place, String... shape) {
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

    Result command(String name, String place, String topic, String... more) {
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
    void delete(String place, String topic, String... more) {
        String[] arguments = Stream.concat(Stream.of("--yes"), Stream.of(more)).toArray(String[]::new);
        Result[] last = new Result[1];
        Eventually.isTrue("a deletion is permitted", () -> {
            last[0] = command("delete", place, topic, arguments);
            return !last[0].err().contains("a run is alive");
        });
        last[0].exits(0);
    }

    void awaitPages(String place, String topic, int pages) {
        Eventually.isTrue(
                pages + " pages committed",
                () -> Output.json(command("status", place, topic, "--json").out())
                                .path("committed")
                                .path("pages")
                                .asInt()
                        >= pages);
    }

    static boolean isData(String name) {
        return DATA_FILE.matcher(name).matches();
    }

    long dataFiles(String place) {
        try {
            return store().files(place).stream()
                    .filter(DeletedRunHarness::isData)
                    .count();
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

    static Predicate<String> dataFrom(String topic, long start) {
        return dataFrom(start)
                .and(Pattern.compile(Pattern.quote(topic + "-0-") + "[0-9]{20}.*")
                        .asMatchPredicate());
    }

    protected static Predicate<String> entry(String topic, int sequence) {
        return Pattern.compile(
                        "_pagewalk/" + Pattern.quote(topic) + "/([0-9]+/[0-9]+/)?" + "0{19}" + sequence + "\\.json")
                .asMatchPredicate();
    }

    // ---- What has to hold at the end.

    static void assertDeleted(HeldCommand old) throws Exception {
        Result end = old.end();
        assertThat(end.err()).doesNotContain(" is complete: ");
        assertThat(end.exits(2).error()).contains("deleted");
    }

    void assertExactOrStopped(Result end, String place, Records records, String... shape) throws Exception {
        assertExactOrStopped(end, place, records.topic(), records.rows(), shape);
    }

    /** If it stopped, it named files; without them the next run completes it. */
    void assertExactOrStopped(Result end, String place, String topic, List<Row> rows, String... shape)
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

    void removeAll(String place, List<String> names) throws IOException {
        for (String name : names) {
            store().remove(place, name);
        }
    }

    void assertExact(String place, Records records) throws IOException {
        assertExact(place, records.topic(), records.rows());
    }

    void assertExact(String place, String topic, List<Row> expected) throws IOException {
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
