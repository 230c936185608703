package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes where: results to standard output, all else to standard error, the report to its file. */
class ConsoleIT {
    private static Records records;
    private static String topic;

    @TempDir
    Path dir;

    @BeforeAll
    static void produce() {
        records = Records.filled("console", 100, 20);
        topic = records.topic();
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void anExportPrintsNoResults() {
        for (String progress : List.of("none", "log", "json")) {
            Result run = Cli.export(topic, dir.resolve(progress), "--progress", progress)
                    .exits(0);

            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("is complete");
        }
    }

    @Test
    void quietSaysNothingOfASuccess() {
        Result run = Cli.export(topic, dir.resolve("out"), "--quiet").exits(0);

        assertThat(run.out() + run.err()).isEmpty();
    }

    @Test
    void quietStillSaysWhatWentWrong() {
        assertThat(Cli.export("nosuchtopic", dir.resolve("out"), "--quiet")
                        .exits(2)
                        .error())
                .contains("nosuchtopic");
    }

    @Test
    void aPageIsUtf8UnderALatin1Locale() throws Exception {
        try (Records umlauts = Records.into(Broker.topic("umlauts", 1))) {
            umlauts.send(0, "schlüssel".getBytes(UTF_8), "日本 🚀".getBytes(UTF_8))
                    .flush();
            try (CliProcess process = CliProcess.start(
                    List.of("-Dfile.encoding=ISO-8859-1", "-Dsun.stdout.encoding=ISO-8859-1"),
                    Map.of("LC_ALL", "C"),
                    "page",
                    "--bootstrap-server",
                    Broker.servers(),
                    "--topic",
                    umlauts.topic())) {
                Result page = process.await().exits(0);

                assertThat(page.err()).isEmpty();
                JsonNode record = Output.json(page.out()).get("records").get(0);
                assertThat(record.get("key").asText()).isEqualTo("schlüssel");
                assertThat(record.get("value").asText()).isEqualTo("日本 🚀");
            }
        }
    }

    @Test
    void aProcessSaysNothingButWhatPagewalkHasToSay() throws Exception {
        try (CliProcess process =
                CliProcess.start(Cli.exportArguments(topic, dir.resolve("out"), "--progress", "log"))) {
            Result run = process.await().exits(0);

            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines())
                    .as("no library speaks up")
                    .allMatch(line -> line.matches("(" + topic + "|formats|note|this run)\\b.*"));
        }
    }

    @Test
    void theReportTellsOfACompleteRun() {
        Path report = dir.resolve("report.json");
        Cli.export(topic, dir.resolve("out"), "--page-size", "50", "--report", report.toString())
                .exits(0);

        JsonNode json = Output.json(report);

        assertThat(json.get("exitCode").asInt()).isZero();
        assertThat(json.get("outcome").asText()).isEqualTo("complete");
        assertThat(json.get("error").isNull()).isTrue();
        assertThat(json.get("topic").asText()).isEqualTo(topic);
        assertThat(json.get("clusterId").asText()).isEqualTo(Broker.clusterId());
        assertThat(json.at("/committed/records").asLong()).isEqualTo(120);
        assertThat(json.at("/committed/pages").asLong()).isEqualTo(3);
        assertThat(json.get("remainingOffsets").asLong()).isZero();
        assertThat(json.at("/run/resumed").asBoolean()).isFalse();
        assertThat(json.at("/run/recordsRead").asLong()).isEqualTo(120);
        assertThat(json.at("/run/bytesFetched").asLong()).isPositive();
        assertThat(json.at("/run/threadTimes/idleShare").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.at("/run/threadTimes/writingMs").asLong()).isPositive();
        assertThat(json.at("/run/threadTimes/throttledMs").asLong()).isZero();
        assertThat(Instant.parse(json.get("frozenAt").asText())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void theReportTellsOfAFailedRun() {
        Path report = dir.resolve("report.json");
        Result failed = Cli.export("nosuchtopic", dir.resolve("out"), "--report", report.toString())
                .exits(2);

        JsonNode json = Output.json(report);

        assertThat(json.get("exitCode").asInt()).isEqualTo(2);
        assertThat(json.get("error").asText()).isEqualTo(failed.error());
    }

    @Test
    void theReportTellsOfAStoppedRunAndOfTheOneThatGoesOn() {
        Path report = dir.resolve("report.json");
        String[] options = {"--page-size", "50", "--report", report.toString(), "--max-pages", "1"};
        Cli.export(topic, dir.resolve("out"), options).exits(3);
        JsonNode stopped = Output.json(report);
        Cli.export(topic, dir.resolve("out"), options).exits(3);
        JsonNode resumed = Output.json(report);

        assertThat(stopped.get("exitCode").asInt()).isEqualTo(3);
        assertThat(stopped.get("remainingOffsets").asLong()).isEqualTo(70);
        assertThat(resumed.at("/run/resumed").asBoolean()).isTrue();
        assertThat(resumed.at("/run/pages").asLong()).isEqualTo(1);
        assertThat(resumed.at("/committed/pages").asLong()).isEqualTo(2);
    }

    @Test
    void theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        Path config = Files.writeString(
                dir.resolve("pagewalk.properties"),
                "bootstrap-server=" + Broker.servers() + "\ntopic=fromfile\nformat=jsonl\ncompression=gzip\n"
                        + "page-size=11\nquiet=true\n");
        Output output = new Output(dir.resolve("out"));

        Cli.run(
                        Map.of(
                                "PAGEWALK_CONFIG",
                                config.toString(),
                                "PAGEWALK_TOPIC",
                                topic,
                                "PAGEWALK_PAGE_SIZE",
                                "13",
                                "PAGEWALK_OUTPUT",
                                dir.resolve("fromenvironment").toString()),
                        "",
                        "export",
                        "--output",
                        dir.resolve("ignored").toString(),
                        "--page-size",
                        "60",
                        "--output",
                        output.directory().toString())
                .exits(0);

        JsonNode options = output.checkpoint(topic, 0).get("options");
        assertThat(options.get("topic").asText()).as("environment").isEqualTo(topic);
        assertThat(options.get("page-size").asText()).as("command line").isEqualTo("60");
        assertThat(options.get("compression").asText()).as("file").isEqualTo("gzip");
        assertThat(output.dataFiles().keySet()).allMatch(name -> name.endsWith(".jsonl.gz"));
        assertThat(dir.resolve("ignored")).doesNotExist();
        assertThat(dir.resolve("fromenvironment")).doesNotExist();
    }

    @Test
    void aPlanReadsNoMoreThanItSays() {
        Result text = Cli.run("plan", "--bootstrap-server", Broker.servers(), "--topic", topic)
                .exits(0);
        JsonNode json = Output.json(
                Cli.run("plan", "--bootstrap-server", Broker.servers(), "--topic", topic, "--json", "--page-size", "50")
                        .exits(0)
                        .out());

        assertThat(text.out()).contains("--key-format string --value-format json");
        assertThat(json.get("offsets").asLong()).isEqualTo(120);
        assertThat(json.get("pages").asLong()).isEqualTo(3);
        assertThat(json.at("/partitions/1/end").asLong()).isEqualTo(20);
    }

    @Test
    void aTokenSaysWhatItIsOf() {
        String token = Output.json(
                        Cli.run("page", "--bootstrap-server", Broker.servers(), "--topic", topic, "--records", "50")
                                .exits(0)
                                .out())
                .get("nextPageToken")
                .asText();

        assertThat(Cli.run("token", token).exits(0).out()).contains(topic, Broker.clusterId());
    }
}
