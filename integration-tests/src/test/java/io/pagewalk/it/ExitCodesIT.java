package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.EmbeddedKafka;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Cli.Result;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way a run can end has its exit code, and each failure one line that says what, where and what to do. */
class ExitCodesIT {
    /** Nothing listens there. */
    private static final String NO_BROKER = "127.0.0.1:1";

    @TempDir
    Path dir;

    @Test
    void completeIs0() throws Exception {
        try (Records records = Records.filled("code0", 10);
                CliProcess process = CliProcess.start(Cli.exportArguments(records.topic(), dir.resolve("out")))) {
            Result result = process.await().exits(0);

            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("is complete: 1 page, 1 file, 10 records");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "plan", "page"})
    void anUnreachableBrokerIs1(String command) {
        String[] output = command.equals("export")
                ? new String[] {"--output", dir.resolve("out").toString()}
                : new String[0];
        String[] arguments = concat(
                new String[] {command, "--bootstrap-server", NO_BROKER, "--topic", "orders", "--retry-timeout", "2s"},
                output);

        long started = System.nanoTime();
        String error = Cli.run(arguments).exits(1).error();

        assertThat(error).contains(NO_BROKER, "2 s", "--retry-timeout");
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    @LongTest
    void aBrokerThatStopsInTheMiddleIs1AndTheNextRunGoesOn() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
            Topics.create(kafka.bootstrapServers(), "orders", 1, Map.of());
            try (Records records = Records.into("orders", Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                records.send(0, 3000).flush();
                Output output = new Output(dir.resolve("out"));
                String[] arguments = concat(
                        Cli.exportArguments("orders", output.directory(), "--page-size", "20", "--retry-timeout", "3s"),
                        new String[] {"--bootstrap-server", kafka.bootstrapServers()});

                CompletableFuture<Result> run = CompletableFuture.supplyAsync(() -> Cli.run(arguments));
                Eventually.isTrue("under way", () -> output.checkpoints("orders") > 3 || run.isDone());
                kafka.stop(1);
                Result failed = run.get(60, TimeUnit.SECONDS);

                assertThat(failed.exits(1).error()).contains("run again").contains("orders");
                kafka.start(1);
                Cli.run(arguments).exits(0);
                assertThat(output.rows()).isEqualTo(records.rows());
                output.assertComplete("orders");
            }
        }
    }

    @Test
    void anUnknownTopicIs2() {
        assertThat(Cli.export("nosuchtopic", dir.resolve("out")).exits(2).error())
                .contains("nosuchtopic")
                .contains("no such topic")
                .contains(Broker.servers());
    }

    @Test
    void aServerWithoutAPortIs2() {
        assertThat(Cli.run("plan", "--bootstrap-server", "localhost", "--topic", "orders")
                        .exits(2)
                        .error())
                .contains("'localhost' has no port", "localhost:9092");
    }

    @Test
    void anUnknownPartitionIs2() {
        String topic = Broker.topic("code2", 2);

        assertThat(Cli.export(topic, dir.resolve("out"), "--partitions", "1-7")
                        .exits(2)
                        .error())
                .contains("no partition 2", topic);
    }

    @Test
    void anUnknownOptionIs2() {
        assertThat(Cli.export("orders", dir.resolve("out"), "--theads", "2")
                        .exits(2)
                        .error())
                .contains("--theads", "--threads", "--help");
    }

    @Test
    void anOptionsBadValueIs2() {
        assertThat(Cli.export("orders", dir.resolve("out"), "--page-size", "many")
                        .exits(2)
                        .error())
                .contains("--page-size", "many", "50000");
        assertThat(Cli.export("orders", dir.resolve("out"), "--compression", "brotli")
                        .exits(2)
                        .error())
                .contains("brotli", "zstd");
        for (String rate : List.of("0", "0MB", "-5MB", "1000", "fast")) {
            assertThat(Cli.export("orders", dir.resolve("out"), "--max-rate=" + rate)
                            .exits(2)
                            .error())
                    .contains("--max-rate", rate, "20MB");
        }
    }

    @Test
    void anUnknownSchemeIs2BeforeAnythingIsRead() throws IOException {
        assertThat(Cli.run("export", "--bootstrap-server", NO_BROKER, "--topic", "orders", "--output", "ftp://bucket/x")
                        .exits(2)
                        .error())
                .contains("--output", "'ftp'", "not supported");
        assertThat(Files.exists(Path.of("ftp:"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config", "--command-config"})
    void aMissingConfigurationFileIs2(String option) {
        Path missing = dir.resolve("missing.properties");

        assertThat(Cli.export("orders", dir.resolve("out"), option, missing.toString())
                        .exits(2)
                        .error())
                .contains(option, missing.toString());
    }

    @Test
    void aWrongPasswordIs2AndIsNotRepeated() throws IOException {
        Map<String, String> sasl = Map.of(
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENT:SASL_PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
                                + " password=\"right\" user_admin=\"right\";");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"), 1, sasl)) {
            Result refused = saslExport(kafka, "wr0ng-and-secret");

            assertThat(refused.exits(2).error()).contains("credentials");
            assertThat(refused.err()).doesNotContain("wr0ng-and-secret");
            // The right one gets as far as the topic, which is not there.
            assertThat(saslExport(kafka, "right").exits(2).error()).contains("no such topic");
        }
    }

    private Result saslExport(EmbeddedKafka kafka, String password) throws IOException {
        Path client = Files.writeString(
                dir.resolve("client.properties"),
                "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n"
                        + "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required"
                        + " username=\"admin\" password=\"${env:KAFKA_PASSWORD}\";\n");
        return Cli.export(
                "orders",
                dir.resolve("out"),
                "--bootstrap-server",
                kafka.bootstrapServers(),
                "--command-config",
                client.toString(),
                "--command-property",
                "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\""
                        + " password=\"" + password + "\";",
                "--retry-timeout",
                "20s");
    }

    @Test
    void aLimitIs3AndTheNextRunGoesOn() {
        try (Records records = Records.filled("code3", 100)) {
            Output output = new Output(dir.resolve("out"));

            Result stopped = Cli.export(records.topic(), output.directory(), "--page-size", "30", "--max-pages", "2");

            assertThat(stopped.exits(3).err())
                    .contains("stopped at its limit: 2 pages, 2 files, 60 records")
                    .contains("run the same command again");
            assertThat(output.dataFiles()).hasSize(2);
            Cli.export(records.topic(), output.directory(), "--page-size", "30", "--max-duration", "1ms")
                    .exits(3);
            Cli.export(records.topic(), output.directory(), "--page-size", "30").exits(0);
            assertThat(output.rows()).isEqualTo(records.rows());
        }
    }

    @Test
    void recordsGoneBeforeTheirPageAre4() {
        try (Records records = Records.filled("code4", 100, 10)) {
            String topic = records.topic();
            Output output = new Output(dir.resolve("out"));
            Cli.export(topic, output.directory(), "--page-size", "40", "--file-size", "20", "--max-pages", "1")
                    .exits(3);
            Broker.deleteRecords(topic, 0, 55);

            // With more threads, any of the lost slices may be the first to be missed.
            String error = Cli.export(
                            topic, output.directory(), "--page-size", "40", "--file-size", "20", "--threads", "1")
                    .exits(4)
                    .error();

            assertThat(error).contains(topic + "-0", "[20, 40)", "are gone", "55");
            Cli.run("status", "--output", output.directory().toString()).exits(3);
        }
    }

    @Test
    void recordsGoneBehindTheCommittedPagesDoNotMatter() {
        try (Records records = Records.filled("notcode4", 100)) {
            Output output = new Output(dir.resolve("out"));
            Cli.export(records.topic(), output.directory(), "--page-size", "40", "--max-pages", "1")
                    .exits(3);
            Broker.deleteRecords(records.topic(), 0, 40);

            Cli.export(records.topic(), output.directory(), "--page-size", "40").exits(0);

            assertThat(output.rows()).isEqualTo(records.rows());
            output.assertComplete(records.topic());
        }
    }

    @Test
    void aRecordThatContradictsItsFormatIs6() {
        try (Records records = Records.into(Broker.topic("code6", 2))) {
            IntStream.range(0, 5).forEach(i -> records.send(1, null, "{\"a\":1}".getBytes(UTF_8)));
            records.send(1, null, "no JSON, and a secret".getBytes(UTF_8)).flush();

            for (String format : List.of("parquet", "jsonl")) {
                Path output = dir.resolve(format);
                String error = Cli.export(records.topic(), output, "--value-format", "json", "--format", format)
                        .exits(6)
                        .error();

                assertThat(error)
                        .contains(records.topic() + "-1", "offset 5", "value", "json", "--value-format")
                        .doesNotContain("secret");
                assertThat(new Output(output).dataFiles().keySet()).allMatch(name -> name.contains("-0-"));
            }
        }
    }

    @Test
    void aRecordUnlikeTheSampleIs6() {
        try (Records records = Records.into(Broker.topic("code6auto", 1))) {
            IntStream.range(0, 100)
                    .forEach(i -> records.send(0, null, (i == 50 ? "odd one" : "{\"a\":1}").getBytes(UTF_8)));
            records.flush();

            String error = Cli.export(
                            records.topic(), dir.resolve("out"), "--value-format", "auto", "--on-bad-record", "fail")
                    .exits(6)
                    .error();

            assertThat(error).contains(records.topic() + "-0", "offset 50", "--value-format");
        }
    }

    @Test
    void aRecreatedTopicIs7() {
        try (Records records = Records.filled("code7", 100)) {
            String topic = records.topic();
            Path output = dir.resolve("out");
            Cli.export(topic, output, "--page-size", "40", "--max-pages", "1").exits(3);
            String token = Output.json(page("--topic", topic, "--records", "5").out())
                    .get("nextPageToken")
                    .asText();
            Broker.recreate(topic, 1);
            try (Records others = Records.into(topic)) {
                others.send(0, 200).flush();
            }

            assertThat(Cli.export(topic, output, "--page-size", "40").exits(7).error())
                    .contains("topic " + topic, "deleted and created again", "another output");
            assertThat(page("--page-token", token).exits(7).error())
                    .contains("topic " + topic, "deleted and created again", "page token");
        }
    }

    @Test
    void aTopicThatIsGoneIs7() {
        try (Records records = Records.filled("gone", 100)) {
            Path output = dir.resolve("out");
            Cli.export(records.topic(), output, "--page-size", "40", "--max-pages", "1")
                    .exits(3);
            Broker.delete(records.topic());

            assertThat(Cli.export(records.topic(), output, "--page-size", "40")
                            .exits(7)
                            .error())
                    .contains("topic " + records.topic(), "gone");
        }
    }

    private static Result page(String... arguments) {
        return Cli.run(concat(new String[] {"page", "--bootstrap-server", Broker.servers()}, arguments));
    }

    private static String[] concat(String[] first, String[] second) {
        return java.util.stream.Stream.of(first, second)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }
}
