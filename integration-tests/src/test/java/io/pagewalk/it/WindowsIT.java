package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each window of time is a run, in a directory of its own. */
class WindowsIT {
    private static final DateTimeFormatter DIRECTORY =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH").withZone(ZoneOffset.UTC);
    private static final String[] HOURLY = {
        "--window", "hour", "--window-delay", "0s", "--page-size", "10", "--file-size", "5", "--threads", "2"
    };
    /** Some time before the hour that the test runs in, so that it does not matter if that ends meanwhile. */
    private final Instant first = Instant.now().truncatedTo(HOURS).minus(Duration.ofHours(6));

    @TempDir
    Path dir;

    @Test
    void makesARunOfEachWindowThatIsDue() {
        try (Records records = topic("hourly", 2)) {
            for (int hour = 0; hour < 3; hour++) {
                send(records, 0, hour, 12);
                send(records, 1, hour, 3);
            }
            Result result = hourly(records, "--success-marker", "--report", dir + "/report.json")
                    .exits(0);

            assertThat(output().rows()).isEqualTo(records.rows());
            for (int hour = 0; hour < 3; hour++) {
                assertThat(filesOf(hour)).as("of %d and of 3 records", hour).hasSize(4);
                assertThat(out().resolve(directory(hour)).resolve("_SUCCESS")).isEmptyFile();
                assertThat(result.err())
                        .contains(nameOf(hour + 1, hour) + " is complete: 2 pages, 4 files, 15 records");
            }
            // Nothing was produced since, and it is known that nothing is there.
            assertThat(filesOf(5)).hasSize(1);
            assertThat(result.err()).contains(nameOf(6, 5) + " is complete: 1 page, 1 file, 0 records", "the series: ");
            JsonNode report = Output.json(dir.resolve("report.json"));
            assertThat(report.at("/run/runs").asInt()).isGreaterThanOrEqualTo(6);
            assertThat(report.at("/run/recordsRead").asInt()).isEqualTo(45);
            assertThat(report.at("/run/resumed").asBoolean()).isFalse();
            assertThat(report.at("/series/committed/records").asInt()).isEqualTo(45);

            assertThat(hourly(records).exits(0).err())
                    .contains(": nothing is due since run ", "the next window, ", " is exported from ");
            assertVerified();
        }
    }

    @Test
    void givesTheSameFilesWhetherEachWindowWasMadeOrAllTogether() {
        try (Records records = topic("backfill", 2)) {
            for (int hour = 0; hour < 4; hour++) {
                send(records, 0, hour, 7 * hour);
                send(records, 1, hour, 5);
                export(records, out(), from(0, "--to", time(hour + 1).toString()))
                        .exits(0);
            }
            Path together = dir.resolve("together");

            export(records, together, from(0, "--to", time(4).toString())).exits(0);

            SortedMap<String, byte[]> files = output().dataFiles();
            assertThat(new Output(together).dataFiles()).hasSameSizeAs(files).containsAllEntriesOf(files);
            assertThat(new Output(together).rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void oneWrongDateNeitherEmptiesAWindowNorStallsTheSeries() {
        try (Records records = topic("strays", 1)) {
            send(records, 0, 0, 300);
            send(records, 0, 50_000, 1);
            send(records, 0, 0, 20);
            send(records, 0, -50_000, 1);
            send(records, 0, 1, 300);

            export(records, out(), "--page-size", "1000", "--file-size", "1000").exits(0);

            assertThat(rowsOf(0)).isEqualTo(322);
            assertThat(rowsOf(1)).isEqualTo(300);
            assertThat(rowsOf(2)).isZero();
            assertThat(output().rows()).isEqualTo(records.rows());
            assertVerified();
        }
    }

    @Test
    void lateRecordsAreInTheWindowUnderWay() {
        try (Records records = topic("late", 1)) {
            send(records, 0, 0, 300);
            hourly(records, "--to", time(1).toString()).exits(0);
            send(records, 0, 0, 4);
            send(records, 0, 1, 8);

            Result result = hourly(records, "--to", time(2).toString()).exits(0);

            assertThat(rowsOf(1)).isEqualTo(12);
            assertThat(result.err())
                    .contains("4 records are dated outside of the window ")
                    .contains("has no record after the window's end, " + time(2) + ": ");
            assertVerified();
        }
    }

    @Test
    void addedPartitionsJoinTheNextWindow() {
        try (Records records = topic("added", 1)) {
            send(records, 0, 0, 5);
            hourly(records, "--to", time(1).toString()).exits(0);
            Broker.addPartitions(records.topic(), 2);
            try (Records more = Records.into(records.topic())) {
                send(more, 1, 1, 9);

                assertThat(hourly(records, "--to", time(2).toString()).exits(0).err())
                        .contains("partitions 1 were added to topic ");
                assertThat(rowsOf(1)).isEqualTo(9);
                assertVerified();
            }
        }
    }

    @Test
    void keepsTheLogOfEachWindowInATopicIfAsked() {
        try (Records records = topic("logged", 1)) {
            String log = "kafka:" + Broker.topic("window-log", 1, Map.of("cleanup.policy", "compact"));
            send(records, 0, 0, 7);
            send(records, 0, 1, 7);
            String[] place = {"--checkpoints", log};

            hourly(records, with(place, "--to", time(2).toString())).exits(0);
            send(records, 0, 2, 7);
            hourly(records, with(place, "--to", time(3).toString())).exits(0);

            assertThat(output().rows()).isEqualTo(records.rows());
            assertThat(filesOf(2)).hasSize(2);
            Cli.run(with(
                            place,
                            "verify",
                            "--output",
                            out().toString(),
                            "--bootstrap-server",
                            Broker.servers(),
                            "--deep"))
                    .exits(0);
        }
    }

    @Test
    void stopsAtALimitBetweenTwoWindows() {
        try (Records records = topic("limited", 1)) {
            for (int hour = 0; hour < 3; hour++) {
                send(records, 0, hour, 7);
            }
            String[] toTheThird = {"--to", time(3).toString()};

            assertThat(hourly(records, with(toTheThird, "--max-pages", "2"))
                            .exits(3)
                            .err())
                    .contains(nameOf(2, 1) + " is complete; stopped at the limit before the next run");
            assertThat(filesOf(2)).isEmpty();
            hourly(records, with(toTheThird, "--max-pages", "1")).exits(0);
            assertThat(output().rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void keepsAllFilesTogetherIfAsked() {
        try (Records records = topic("flat", 1)) {
            send(records, 0, 0, 7);
            send(records, 0, 2, 7);

            hourly(records, "--layout", "flat").exits(0);

            assertThat(output().rows()).isEqualTo(records.rows());
            assertThat(output().dataFiles().keySet()).hasSize(4).noneMatch(name -> name.contains("/"));
            assertThat(hourly(records).exits(2).error()).contains("layout hive (the export has flat)");
            assertVerified();
        }
    }

    @Test
    void anEmptyTopicMakesNoRun() {
        try (Records records = topic("empty", 2)) {
            assertThat(export(records, out()).exits(0).err())
                    .contains("has no records, so there is no window to begin with");
            assertThat(out())
                    .satisfiesAnyOf(
                            path -> assertThat(path).doesNotExist(),
                            path -> assertThat(new Output(path).allFiles()).isEmpty());
        }
    }

    @Test
    void aTopicThatHasBegunThisHourMakesNoRunYet() {
        try (Records records = topic("young", 1)) {
            records.send(0, Instant.now().toEpochMilli(), "key".getBytes(UTF_8), "value".getBytes(UTF_8))
                    .flush();

            assertThat(export(records, out()).exits(0).err()).contains(": nothing is due: the next window, ");
            assertThat(hourly(records).exits(0).err())
                    .contains(nameOf(1, 0) + " is complete: 1 page, 1 file, 0 records");
        }
    }

    @Test
    void asksWhereToBeginIfThatIsLongAgo() {
        try (Records records = Records.filled("long-ago", 3)) {
            assertThat(export(records, out()).exits(2).error())
                    .contains("are of 2023-11-14T22:13:21Z by their timestamps, which is more than 1,000 windows back")
                    .contains("give --from to say where the series begins");

            hourly(records).exits(0);
            assertThat(output().rows())
                    .as("they are older than the first window")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--window hour --min-offsets 2, --min-offsets does not go with --window",
        "--incremental --success-marker, --success-marker marks the directory of a window",
        "--window day --layout flat --success-marker, --success-marker marks the directory of a window",
        "--layout flat, --layout says where the files of a window go: it needs --window",
        "--window day --to offset:7, an incremental export cannot end at offset:7"
    })
    void refusesWhatContradictsItself(String options, String message) {
        try (Records records = topic("contradiction", 1)) {
            send(records, 0, 0, 1);
            assertThat(Cli.export(records.topic(), out(), options.split(" "))
                            .exits(2)
                            .error())
                    .contains(message);
        }
    }

    @Test
    void marksTheLastWindowAtTheNextStartIfThatIsMissing() throws IOException {
        try (Records records = topic("marked", 1)) {
            send(records, 0, 0, 3);
            hourly(records, "--to", time(1).toString()).exits(0);
            Path marker = out().resolve(directory(0)).resolve("_SUCCESS");
            assertThat(marker).doesNotExist();

            hourly(records, "--to", time(1).toString(), "--success-marker").exits(0);

            assertThat(marker).isEmptyFile();
        }
    }

    @Test
    void doesNotMarkWhatHoldsAnotherTopicToo() {
        try (Records records = topic("first-of-two", 1);
                Records others = topic("second-of-two", 1)) {
            send(records, 0, 0, 3);
            send(others, 0, 0, 3);
            hourly(others).exits(0);

            assertThat(hourly(records, "--success-marker").exits(2).error())
                    .contains("holds an export of topic " + others.topic());
            hourly(records).exits(0);
            assertVerified(records.topic());
            assertVerified(others.topic());
            assertThat(Cli.run("delete", "--output", out().toString(), "--export-id", others.topic(), "--yes")
                            .exits(0)
                            .code())
                    .isZero();
            assertThat(output().rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void expiresByTheEndOfTheWindowAndDeletesWithItsMarkers() {
        try (Records records = topic("expiring", 1)) {
            for (int hour = 0; hour < 4; hour++) {
                send(records, 0, hour, 6);
            }
            hourly(records, "--success-marker").exits(0);
            Duration age = Duration.between(time(2), Instant.now()).plusMinutes(-1);

            Cli.run("expire", "--output", out().toString(), "--keep", age.toMinutes() + "m", "--yes")
                    .exits(0);

            assertThat(filesOf(0)).isEmpty();
            assertThat(filesOf(1)).isEmpty();
            assertThat(filesOf(2)).hasSize(2);
            assertThat(output().allFiles())
                    .doesNotContain(directory(1) + "/_SUCCESS")
                    .contains(directory(2) + "/_SUCCESS");
            assertVerified();
            Cli.run("delete", "--output", out().toString(), "--yes").exits(0);
            assertThat(output().allFiles()).allMatch(name -> name.startsWith("_pagewalk/"));
        }
    }

    @Test
    void deletesByNamesWhatHasLostItsLog() throws IOException {
        try (Records records = topic("lost-log", 1)) {
            send(records, 0, 0, 6);
            send(records, 0, 1, 6);
            hourly(records, "--success-marker").exits(0);
            Files.delete(output().log(records.topic()).resolve("00000000000000000001.json"));

            Cli.run("delete", "--output", out().toString(), "--without-log", "--yes")
                    .exits(0);

            assertThat(output().allFiles()).allMatch(name -> name.startsWith("_pagewalk/"));
        }
    }

    @Test
    void findsFilesThatAreNotOfTheSeriesInEveryDirectory() throws IOException {
        try (Records records = topic("extra", 1)) {
            send(records, 0, 0, 6);
            send(records, 0, 1, 6);
            hourly(records, "--to", time(1).toString()).exits(0);
            String file = filesOf(0).get(0);
            Path stray = out().resolve("dt=2020-01-01/" + Path.of(file).getFileName());
            Files.createDirectories(stray.getParent());
            Files.copy(out().resolve(file), stray);

            Result verify = Cli.run("verify", "--output", out().toString()).exits(9);

            assertThat(verify.out() + verify.err()).contains("dt=2020-01-01/", "extra");
        }
    }

    @Test
    void tellsTheWindowAndTheNextOne() {
        try (Records records = topic("told", 1)) {
            send(records, 0, 0, 6);
            hourly(records, "--to", time(1).toString()).exits(0);

            assertThat(Cli.run("status", "--output", out().toString()).exits(0).out())
                    .contains("Window       " + window(0) + ", from " + time(0) + " to " + time(1))
                    .contains("Next run     window " + window(1) + ", --window-delay after " + time(2));
            JsonNode status = Output.json(Cli.run("status", "--output", out().toString(), "--json")
                    .exits(0)
                    .out());
            assertThat(status.at("/series/window/start").asText()).isEqualTo(time(0).toString());
            assertThat(status.at("/series/window/directory").asText()).isEqualTo(directory(0));
        }
    }

    private static Records topic(String purpose, int partitions) {
        return Records.into(
                Broker.topic(purpose, partitions, Map.of("message.timestamp.after.max.ms", "" + Long.MAX_VALUE)));
    }

    private Instant time(int hour) {
        return first.plus(Duration.ofHours(hour));
    }

    private String directory(int hour) {
        return DIRECTORY.format(time(hour));
    }

    private String window(int hour) {
        return time(hour).toString().substring(0, 13);
    }

    private String nameOf(int run, int hour) {
        return "(run " + run + ", " + window(hour) + ")";
    }

    /** So many records, from the beginning of an hour on. */
    private void send(Records records, int partition, int hour, int count) {
        for (int i = 0; i < count; i++) {
            records.send(
                    partition,
                    time(hour).toEpochMilli() + i * 10L,
                    ("key-" + i).getBytes(UTF_8),
                    ("value-" + hour + "-" + i).getBytes(UTF_8));
        }
        records.flush();
    }

    private Path out() {
        return dir.resolve("out");
    }

    private Output output() {
        return new Output(out());
    }

    private List<String> filesOf(int hour) {
        return output().dataFiles().keySet().stream()
                .filter(path -> path.startsWith(directory(hour) + "/"))
                .toList();
    }

    private long rowsOf(int hour) {
        return new Output(out().resolve(directory(hour))).rows().size();
    }

    /** From the first of the hours on, in which few records are. */
    private Result hourly(Records records, String... more) {
        return export(records, out(), from(0, more));
    }

    private String[] from(int hour, String... more) {
        return with(more, "--from", time(hour).toString());
    }

    private static Result export(Records records, Path output, String... more) {
        boolean sized = List.of(more).contains("--page-size");
        Stream<String> fixed = sized ? Stream.of(HOURLY).limit(4) : Stream.of(HOURLY);
        return Cli.export(
                records.topic(), output, Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private void assertVerified(String... export) {
        String[] named = export.length == 0 ? new String[0] : new String[] {"--export-id", export[0]};
        Cli.run(with(named, "verify", "--output", out().toString(), "--deep")).exits(0);
        Cli.run(with(
                        named,
                        "verify",
                        "--output",
                        out().toString(),
                        "--against-topic",
                        "--bootstrap-server",
                        Broker.servers()))
                .exits(0);
    }

    private static String[] with(String[] more, String... command) {
        return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
