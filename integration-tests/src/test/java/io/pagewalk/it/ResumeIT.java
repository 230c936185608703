package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second run of an export may do, and what it refuses. */
class ResumeIT {
    private static Records records;
    private static String topic;

    @TempDir
    Path dir;

    @BeforeAll
    static void produce() {
        records = Records.filled("resumed", 100, 20);
        topic = records.topic();
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void refusesOtherOptionsAndListsTheDifferences() {
        Output output = new Output(dir.resolve("out"));
        Cli.export(topic, output.directory(), "--page-size", "40", "--max-pages", "1")
                .exits(3);
        int entries = output.checkpoints(topic);

        String error = Cli.export(
                        topic, output.directory(), "--page-size", "41", "--format", "jsonl", "--direction", "desc")
                .exits(2)
                .error();

        assertThat(error)
                .contains("format jsonl (the export has parquet)")
                .contains("page-size 41 (the export has 40)")
                .contains("direction desc (the export has asc)")
                .doesNotContain("--compression", "--topic");
        assertThat(output.checkpoints(topic)).isEqualTo(entries);
        assertThat(output.dataFiles()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void takesOtherThreadsLimitsAndReportsOnTheWay() {
        Output output = new Output(dir.resolve("out"));
        Cli.export(topic, output.directory(), "--page-size", "40", "--max-pages", "1", "--threads", "1")
                .exits(3);

        Cli.export(
                        topic,
                        output.directory(),
                        "--page-size",
                        "40",
                        "--threads",
                        "3",
                        "--report",
                        dir.resolve("report.json").toString(),
                        "--max-duration",
                        "1h",
                        "--command-property",
                        "client.id=another")
                .exits(0);

        assertThat(output.rows()).isEqualTo(records.rows());
    }

    @Test
    void whatAutoWasDecidedToBeCanBeWrittenDown() {
        Path output = dir.resolve("out");
        Cli.export(topic, output, "--value-format", "auto", "--page-size", "40", "--max-pages", "1")
                .exits(3);

        Cli.export(topic, output, "--value-format", "json", "--page-size", "40").exits(0);
    }

    @Test
    void aCompleteExportSaysSoAndTouchesNothing() {
        Output output = new Output(dir.resolve("out"));
        Cli.export(topic, output.directory()).exits(0);
        List<String> files = output.allFiles();
        String frozenAt = output.checkpoint(topic, 0).get("frozenAt").asText();

        Result again = Cli.export(topic, output.directory());

        assertThat(again.exits(0).err())
                .contains("is complete since")
                .contains("frozen at " + frozenAt)
                .contains("another --output");
        assertThat(output.allFiles()).isEqualTo(files);
    }

    @Test
    void refusesFilesOfItsNamesThatNoClaimCovers() throws IOException {
        Path foreign = Files.createDirectories(dir.resolve("out"))
                .resolve(topic + "-0-00000000000000000000-00000000000000000005-1-0123456789ab.parquet");
        Files.writeString(foreign, "somebody's");

        assertThat(Cli.export(topic, dir.resolve("out")).exits(2).error())
                .contains(foreign.getFileName().toString(), "no export's log");
        assertThat(foreign).hasContent("somebody's");
        assertThat(new Output(dir.resolve("out")).allFiles())
                .containsExactly(foreign.getFileName().toString());
    }

    @Test
    void leavesOtherFilesOfTheOutputAlone() throws IOException {
        Output output = new Output(Files.createDirectories(dir.resolve("out")));
        Files.writeString(output.directory().resolve("README.txt"), "mine");

        Cli.export(topic, output.directory()).exits(0);

        assertThat(output.directory().resolve("README.txt")).hasContent("mine");
    }

    @Test
    void refusesAnOutputThatAnotherExportHasClaimed() {
        Path output = dir.resolve("out");
        Cli.export(topic, output, "--export-id", "first", "--page-size", "40", "--max-pages", "1")
                .exits(3);

        assertThat(Cli.export(topic, output, "--export-id", "second").exits(2).error())
                .contains(topic, "belongs to export first", "another output");
    }

    @Test
    void refusesTheOutputOfAnExportWhoseLogIsElsewhere() {
        Path output = dir.resolve("out");
        Path checkpoints = dir.resolve("log");
        Cli.export(topic, output, "--checkpoints", checkpoints.toString(), "--page-size", "40", "--max-pages", "1")
                .exits(3);

        assertThat(Cli.export(topic, output, "--page-size", "40").exits(2).error())
                .contains("belongs to export " + topic, "whose log is in " + checkpoints, "its log with --checkpoints");
    }

    @Test
    void keepsTheLogWhereItIsTold() {
        Output output = new Output(dir.resolve("out"));
        Path log = dir.resolve("log");
        String[] options = {"--checkpoints", log.toUri().toString(), "--export-id", "nightly", "--page-size", "40"};
        Cli.export(topic, output.directory(), concat(options, "--max-pages", "1"))
                .exits(3);

        Cli.export(topic, output.directory(), options).exits(0);

        assertThat(output.rows()).isEqualTo(records.rows());
        assertThat(output.checkpoints("nightly")).isZero();
        assertThat(log.resolve("nightly/1/1")).isDirectoryContaining("glob:**/00000000000000000004.json");
        Cli.run("status", "--output", output.directory().toString()).exits(0);
        Cli.run(
                        "status",
                        "--output",
                        output.directory().toString(),
                        "--checkpoints",
                        log.toString(),
                        "--export-id",
                        "nightly")
                .exits(0);
    }

    @Test
    void exportsOfSeveralTopicsShareAnOutput() {
        Output output = new Output(dir.resolve("out"));
        try (Records others = Records.filled("neighbour", 7)) {
            Cli.export(topic, output.directory()).exits(0);
            Cli.export(others.topic(), output.directory()).exits(0);

            assertThat(output.rows()).hasSize(127).containsAll(others.rows());
            assertThat(Cli.run("status", "--output", output.directory().toString())
                            .exits(2)
                            .error())
                    .contains(topic, others.topic(), "--export-id");
            Cli.run("status", "--output", output.directory().toString(), "--export-id", others.topic())
                    .exits(0);
        }
    }

    @Test
    void statusIsAGateForLaterJobs() {
        String output = dir.resolve("out").toString();
        assertThat(Cli.run("status", "--output", output).exits(2).error()).contains("no export", output);

        Cli.export(topic, dir.resolve("out"), "--page-size", "40", "--max-pages", "1")
                .exits(3);
        Result incomplete = Cli.run("status", "--output", output, "--json").exits(3);
        assertThat(Output.json(incomplete.out()).get("complete").asBoolean()).isFalse();
        assertThat(Output.json(incomplete.out()).get("remainingOffsets").asLong())
                .isEqualTo(80);

        Cli.export(topic, dir.resolve("out"), "--page-size", "40").exits(0);
        Result complete = Cli.run("status", "--output", output, "--json").exits(0);
        assertThat(Output.json(complete.out()).get("complete").asBoolean()).isTrue();
        assertThat(Output.json(complete.out()).at("/committed/records").asLong())
                .isEqualTo(120);
        assertThat(Cli.run("status", "--output", output).exits(0).out()).contains("complete", topic);
    }

    @Test
    void neverWritesAPasswordAnywhere() throws IOException {
        String secret = "pla1nted-s3cret";
        Path output = dir.resolve("out");
        Path report = dir.resolve("report.json");
        String[] planted = {
            "--command-property",
            "ssl.keystore.password=" + secret,
            "--command-property",
            "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                    + " password=\"" + secret + "\";",
            "--report",
            report.toString(),
            "--debug"
        };

        Result run = Cli.export(topic, output, concat(planted, "--page-size", "40", "--max-pages", "1"))
                .exits(3);
        Result failed = Cli.export(
                        topic,
                        output,
                        concat(
                                planted,
                                "--page-size",
                                "40",
                                "--command-property",
                                "security.protocol=SASL_" + secret,
                                "--retry-timeout",
                                "3s"))
                .exits(2);
        Result unparsable =
                Cli.export(topic, output, "--command-property", secret).exits(2);

        for (Result result : List.of(run, failed, unparsable)) {
            assertThat(result.out() + result.err()).doesNotContain(secret);
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), UTF_8))
                        .as("%s", file)
                        .doesNotContain(secret);
            }
        }
        assertThat(report).exists();
    }

    @Test
    void warnsOnceOfClientSettingsThatWouldBreakExactness() {
        Output output = new Output(dir.resolve("out"));

        Result run = Cli.export(
                topic,
                output.directory(),
                "--command-property",
                "group.id=g",
                "--command-property",
                "auto.offset.reset=latest",
                "--command-property",
                "max.poll.records=1");

        assertThat(run.exits(0).err().lines().filter(line -> line.startsWith("pagewalk: warning:")))
                .singleElement()
                .asString()
                .contains("auto.offset.reset", "group.id");
        assertThat(output.rows()).isEqualTo(records.rows());
        assertThat(List.copyOf(Broker.call(admin -> admin.listGroups().all())))
                .as("groups on the broker")
                .isEmpty();
    }

    private static String[] concat(String[] first, String... second) {
        return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
    }
}
