package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many topics in one command: each as if it was exported alone, and none for the worse because of another. */
class TopicsIT {
    private static final int TOPICS = LongTests.count(25, 50);
    /** The first has 10, and each one more than the one before. */
    private static final int RECORDS = TOPICS * 10 + TOPICS * (TOPICS - 1) / 2;

    private static FilledTopics topics;

    @TempDir
    Path dir;

    private Path out;

    @BeforeAll
    static void fill() {
        topics = new FilledTopics("many", TOPICS, 10);
    }

    private Result export(String selection, String... more) {
        out = dir.resolve("out");
        return Cli.run(FilledTopics.arguments(selection, out, more));
    }

    private JsonNode report() {
        return Output.json(dir.resolve("report.json"));
    }

    private String[] reporting(String... more) {
        return Stream.of(new String[] {"--report", dir.resolve("report.json").toString()}, more)
                .flatMap(Stream::of)
                .toArray(String[]::new);
    }

    @Test
    void copiesEachTopicIntoADirectoryOfItsOwn() {
        Result result = export("many-.*", reporting()).exits(0);

        assertThat(result.err())
                .contains(String.format(Locale.ROOT, "%d topics, %,d offsets, to %s", TOPICS, RECORDS, out))
                .contains("many-07: complete, 1 page, 1 file, 17 records")
                .contains(String.format(
                        Locale.ROOT, "%1$d of %1$d topics complete; %2$,d records read in ", TOPICS, RECORDS));
        topics.names().forEach(topic -> topics.assertExact(out, topic));
        assertThat(report().get("topics").get("complete").asInt()).isEqualTo(TOPICS);
        assertThat(report().get("run").get("recordsRead").asLong()).isEqualTo(RECORDS);
        assertThat(report().get("exports")
                        .get(7)
                        .get("committed")
                        .get("records")
                        .asLong())
                .isEqualTo(17);
    }

    @Test
    void theNextCommandSaysThatThereIsNothingNewAndTakesWhatIs() throws Exception {
        FilledTopics few = new FilledTopics("growing", 3, 10);
        export("growing-.*").exits(0);

        Result nothing = export("growing-.*", "--incremental").exits(0);
        try (Records more = Records.into("growing-01")) {
            more.send(0, 5).flush();
        }
        Topics.create(Broker.servers(), "growing-new", 1, Map.of());
        Result some = export("growing-.*", reporting("--incremental")).exits(0);

        assertThat(nothing.err())
                .contains("3 of 3 topics complete, 3 of them had nothing new; 0 records read")
                .doesNotContain("growing-01");
        assertThat(some.err())
                .contains("growing-01, run 2: complete, 1 page, 1 file, 5 records")
                .contains("growing-new: complete, 1 page, 1 file, 0 records")
                .contains("4 of 4 topics complete, 2 of them had nothing new")
                .doesNotContain("growing-00");
        assertThat(FilledTopics.output(out, "growing-01").rows())
                .hasSize(few.rows("growing-01").size() + 5);
        assertThat(report().get("topics").get("nothingNew").asInt()).isEqualTo(2);
    }

    /** Its directory is an output like any other. */
    @Test
    void oneOfThemCanBeGoneOnWithAlone() throws Exception {
        FilledTopics few = new FilledTopics("alone", 2, 10);
        export("alone-.*", "--page-size", "4", "--max-pages", "1").exits(3);

        Cli.export("alone-01", out.resolve("alone-01"), "--page-size", "4").exits(0);
        export("alone-.*", "--page-size", "4").exits(0);

        few.assertExact(out, "alone-00");
        few.assertExact(out, "alone-01");
    }

    @Test
    void topicsWhoseNamesEnginesWouldHideHaveDirectoriesThatTheyRead() throws Exception {
        List<String> names = List.of("_pagewalk", "_schemas", ".dotted", "-dashed");
        for (String name : names) {
            Topics.create(Broker.servers(), name, 1, Map.of());
            try (Records records = Records.into(name)) {
                records.send(0, 3).flush();
            }
        }

        export(String.join(",", names)).exits(0);

        for (String name : names) {
            assertThat(new Output(out.resolve("topic~" + name)).rows()).as(name).hasSize(3);
        }
    }

    @Test
    void leavesOutWhatIsExcludedAndInternalTopics() {
        Result result = export("many-0\\d,__.*", "--exclude", "many-.[1-9]").exits(0);

        assertThat(result.err()).contains("1 of 1 topic complete");
        assertThat(out).isDirectoryContaining(path -> path.endsWith("many-00"));
    }

    /** Whether they hold this command's logs or those of another one; a topic that is only compacted is like any other. */
    @Test
    void leavesOutTopicsThatHoldLogsUnlessTheyAreNamed() throws Exception {
        new FilledTopics("beside", 3, 4);
        Topics.create(Broker.servers(), "beside-compacted", 1, Topics.compacted());
        Topics.create(Broker.servers(), "beside-unused", 1, Topics.compacted());
        try (Records records = Records.into("beside-compacted")) {
            records.send(0, 5).flush();
        }
        String[] logged = {"--checkpoints", "kafka:beside-logs"};
        export("beside-0\\d", logged).exits(0);

        Result again = export("beside-.*", reporting(logged)).exits(0);
        Path elsewhere = dir.resolve("elsewhere");
        Result others = Cli.run(FilledTopics.arguments("beside-.*", elsewhere)).exits(0);
        Result named = Cli.run(FilledTopics.arguments("beside-0.*,beside-logs", dir.resolve("named")))
                .exits(0);

        assertThat(again.err()).contains("5 of 5 topics complete").doesNotContain("beside-logs");
        assertThat(others.err()).contains("5 of 5 topics complete").doesNotContain("beside-logs");
        assertThat(named.err()).contains("4 of 4 topics complete");
        assertThat(FilledTopics.output(elsewhere, "beside-compacted").rows()).hasSize(5);
    }

    @Test
    void aTopicThatIsNamedAndNotThereIs2BeforeAnythingBegins() {
        String error = export("many-00,many-gone", reporting()).exits(2).error();

        assertThat(error).contains("there is no topic many-gone", "--on-missing-topic warn");
        assertThat(out).doesNotExist();
        assertThat(report().get("exitCode").asInt()).isEqualTo(2);
        assertThat(report().get("error").asText()).isEqualTo(error);
    }

    @Test
    void orItIsWarnedOf() {
        Result result = export("many-00,many-gone", reporting("--on-missing-topic", "warn"))
                .exits(0);

        assertThat(result.err()).contains("pagewalk: warning: there is no topic many-gone");
        assertThat(report().get("topics").get("missing").get(0).asText()).isEqualTo("many-gone");
    }

    @Test
    void matchingNothingIs2() {
        assertThat(export("nothing-.*").exits(2).error()).contains("no topic matches --topics nothing-.*");
        assertThat(export("many-gone", "--on-missing-topic", "warn").exits(2).err())
                .contains("no topic matches");
    }

    @Test
    void contradictionsAre2() {
        assertThat(export("many-00", "--topic", "many-01").exits(2).error()).contains("--topic", "--topics");
        assertThat(export("many-00", "--export-id", "x").exits(2).error()).contains("--export-id");
        assertThat(export("many-00", "--from-dead-letters", "/x").exits(2).error())
                .contains("--from-dead-letters");
        assertThat(export("many-.*", "--layout", "flat").exits(2).error()).contains("--window");
        assertThat(export("many-.*", "--incremental", "--to", "offset:3")
                        .exits(2)
                        .error())
                .contains("offset:3");
        assertThat(export("many-(", "--incremental").exits(2).error()).contains("--topics", "many-(");
        assertThat(Cli.run("export", "--bootstrap-server", Broker.servers(), "--output", dir + "/o")
                        .exits(2)
                        .error())
                .contains("--topic is missing", "--topics");
    }

    @Test
    void anOutputThatIsItselfAnExportIsRefused() {
        Cli.export("many-00", dir.resolve("out")).exits(0);

        assertThat(export("many-.*").exits(2).error()).contains("is itself the output of export many-00");
    }

    @Test
    void aReportAmongTheFilesOfAnExportIsRefused() {
        String inside = dir.resolve("out").resolve("x").resolve("report.json").toString();

        String error = Cli.run(FilledTopics.arguments("many-.*", dir.resolve("out"), "--report", inside))
                .exits(2)
                .error();

        assertThat(error).contains("--report " + inside, "name another place");
    }

    @Test
    void aLimitEndsAllAndTheNextCommandGoesOn() {
        Result limited =
                export("many-.*", "--page-size", "20", "--max-pages", "1").exits(3);
        export("many-.*", "--page-size", "20").exits(0);

        assertThat(limited.err())
                .contains(
                        "11 of " + TOPICS + " topics complete",
                        TOPICS - 11 + " topics not complete; run the same command again");
        topics.names().forEach(topic -> topics.assertExact(out, topic));
    }

    @Test
    void aCommandWhoseTimeIsOverBeginsNoOther() {
        Result over = export("many-.*", reporting("--max-duration", "1ms")).exits(3);

        assertThat(over.err()).contains("of them not begun; run the same command again to go on");
        assertThat(report().get("topics").get("stopped").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = "none")
    @LongCases("kafka:stopped-logs")
    void aStopEndsAllOfThemAndTheNextCommandGoesOn(String log) throws Exception {
        out = dir.resolve("out");
        List<String> arguments = new ArrayList<>(List.of("--page-size", "2"));
        if (!log.equals("none")) {
            arguments.addAll(List.of("--checkpoints", log));
        }
        String[] command = FilledTopics.arguments("many-.*", out, reporting(arguments.toArray(String[]::new)));
        Result stopped;
        try (CliProcess process = CliProcess.start(command)) {
            Eventually.isTrue("some are complete", () -> begun() > TOPICS / 3 || !process.isAlive());
            process.signal("TERM");
            stopped = process.await();
        }
        int complete = report().get("topics").get("complete").asInt();

        assertThat(stopped.exits(3).err())
                .contains("of " + TOPICS + " topics complete")
                .contains(TOPICS - complete + " topics not complete, ", "run the same command again to go on");
        assertThat(complete).isBetween(3, TOPICS - 1);
        assertThat(report().get("exitCode").asInt()).isEqualTo(3);
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.toString().matches(".*\\.(parquet|json)"));
        }

        Cli.run(command).exits(0);

        for (String topic : topics.names()) {
            assertThat(FilledTopics.output(out, topic).rows()).as(topic).isEqualTo(topics.rows(topic));
        }
    }

    private int begun() {
        String[] directories = out.toFile().list();
        return directories == null ? 0 : directories.length;
    }

    @Test
    void oneThatIsKilledAtRandomAgainAndAgainEndsExact() throws Exception {
        out = dir.resolve("out");
        Random random = new Random(7);
        String[] arguments = FilledTopics.arguments("many-.*", out, "--page-size", "10");
        int kills = LongTests.count(5, 20);
        int killed = 0;
        for (int attempt = 0; killed < kills && attempt < 3 * kills; attempt++) {
            try (CliProcess process = CliProcess.start(arguments)) {
                Thread.sleep(400 + random.nextInt(1200));
                killed += process.kill() ? 1 : 0;
            }
        }

        Cli.run(arguments).exits(0);

        assertThat(killed).isEqualTo(kills);
        topics.names().forEach(topic -> topics.assertExact(out, topic));
    }
}
