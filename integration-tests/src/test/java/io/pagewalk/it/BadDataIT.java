package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.EmbeddedKafka;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.RawBatches;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that nobody expects are exported as they are, or end the run with a line that says where they are. */
class BadDataIT {
    private static final long[] TIMESTAMPS = {
        0, -1, -2, -62_135_596_800_001L, Long.MIN_VALUE, Long.MAX_VALUE, 9_214_614_355_200_000_000L, 1_700_000_000_000L
    };

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void keepsTimestampsFarOutOfTheCalendar(String format) throws Exception {
        String topic =
                Broker.topic("timestamps", 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        for (int i = 0; i < TIMESTAMPS.length; i++) {
            RawBatches.send(topic, TIMESTAMPS[i], "value " + i);
        }
        Output output = new Output(dir.resolve("out"));

        String[] shape = {"--format", format, "--page-size", "20", "--file-size", "1", "--timestamp-unit", "millis"};

        Cli.export(topic, output.directory(), shape).exits(0);

        output.assertComplete(topic);
        if (format.equals("jsonl")) {
            assertThat(output.rows()).extracting(Row::timestamp).containsExactly(boxed());
        } else {
            for (int i = 0; i < TIMESTAMPS.length; i++) {
                assertThat(parquet(output, topic, i, "decode(value)")).isEqualTo("value " + i);
                // DuckDB counts in microseconds, and refuses what does not fit.
                if (Math.abs(TIMESTAMPS[i] / 1000) < Long.MAX_VALUE / 1_000_000) {
                    assertThat(parquet(output, topic, i, "epoch_ms(timestamp)"))
                            .isEqualTo(Long.toString(TIMESTAMPS[i]));
                }
            }
        }
        Cli.run("page", "--bootstrap-server", Broker.servers(), "--topic", topic)
                .exits(0);
    }

    @Test
    void namesARecordWhoseTimestampDoesNotFitIntoMicroseconds() throws Exception {
        String topic =
                Broker.topic("timestamps", 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        RawBatches.send(topic, 1, "fits");
        RawBatches.send(topic, Long.MAX_VALUE, "does not");
        Path out = dir.resolve("out");

        assertThat(Cli.export(topic, out).exits(6).error())
                .contains(
                        topic + "-0 offset 1",
                        "9223372036854775807 ms",
                        "(any one fits into millis)",
                        "another --timestamp-unit");
        assertThat(Cli.export(topic, out, "--timestamp-unit", "millis").exits(2).error())
                .contains("timestamp-unit");
    }

    private static String parquet(Output output, String topic, int offset, String column) {
        String file = String.format(Locale.ROOT, "%s/%s-0-%020d-*.parquet", output.directory(), topic, offset);
        return DuckDb.query("SELECT " + column + " FROM read_parquet('" + file + "')")
                .get(0)
                .get(0);
    }

    private static Long[] boxed() {
        return Arrays.stream(TIMESTAMPS).boxed().toArray(Long[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void replacesWhatIsNoTextInHeaderKeys(String format) throws Exception {
        String topic = Broker.topic("headerkeys", 1);
        byte[] key = "some\u00e9 bytes ".getBytes(UTF_8);
        key[0] = (byte) 0xff;
        key[4] = (byte) 0xc0;
        RawBatches.send(topic, 1, "value", key);
        Output output = new Output(dir.resolve("out"));

        Cli.export(topic, output.directory(), "--format", format).exits(0);

        assertThat(output.rows()).hasSize(1);
        assertThat(output.rows().get(0).headers())
                .singleElement()
                .asString()
                .startsWith("\ufffdome\ufffd")
                .endsWith(" bytes =aGVhZGVy");
    }

    @Test
    void takesTopicsWithTheLongestNamesThereMayBe() throws Exception {
        String beginning = "t".repeat(248);
        Output output = new Output(dir.resolve("out"));
        for (String topic : List.of(beginning + "a", beginning + "b")) {
            Topics.create(Broker.servers(), topic, 2, Map.of());
            try (Records records = Records.into(topic)) {
                records.send(0, 50).send(1, 20).flush();
                String[] shape = {"--page-size", "20", "--file-size", "10", "--format", "jsonl"};
                Cli.export(
                                topic,
                                output.directory(),
                                Stream.of(shape, new String[] {"--max-pages", "1"})
                                        .flatMap(Stream::of)
                                        .toArray(String[]::new))
                        .exits(3);
                Cli.export(topic, output.directory(), shape).exits(0);
                Cli.export(topic, dir.resolve(topic.substring(247)), shape).exits(0);
                assertThat(new Output(dir.resolve(topic.substring(247))).rows()).isEqualTo(records.rows());
                new Output(dir.resolve(topic.substring(247))).assertComplete(topic);
                Cli.run("status", "--output", output.directory().toString(), "--export-id", topic)
                        .exits(0);
            }
        }
        assertThat(output.rows()).as("both topics").hasSize(140);
    }

    @Test
    void namesTheOffsetOfADamagedBatchAndWhatHelps() throws Exception {
        Output output = new Output(dir.resolve("out"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve("kafka"))) {
            Topics.create(kafka.bootstrapServers(), "orders", 1, Map.of());
            try (Records records = Records.into(
                    "orders", Map.of("bootstrap.servers", kafka.bootstrapServers(), "compression.type", "none"))) {
                for (int i = 0; i < 30; i++) {
                    records.send(0, 10).flush();
                }
                kafka.stop(1);
                flipInTheMiddle(dir.resolve("kafka"), "number\":150");
                kafka.start(1);
                String[] arguments = Cli.exportArguments(
                        "orders",
                        output.directory(),
                        "--bootstrap-server",
                        kafka.bootstrapServers(),
                        "--page-size",
                        "40",
                        "--retry-timeout",
                        "20s");

                for (int run = 0; run < 2; run++) {
                    assertThat(Cli.run(arguments).exits(1).error())
                            .contains("orders-0 at offset 150", "damaged", "another replica", "before and after them");
                    assertThat(output.checkpoint("orders", output.checkpoints("orders") - 1)
                                    .at("/totals/records")
                                    .asLong())
                            .as("what was whole is committed")
                            .isEqualTo(120);
                }
                Cli.run("page", "--bootstrap-server", kafka.bootstrapServers(), "--topic", "orders", "--records", "200")
                        .exits(1);
                Output before = new Output(dir.resolve("before"));
                Cli.run(Cli.exportArguments(
                                "orders",
                                before.directory(),
                                "--bootstrap-server",
                                kafka.bootstrapServers(),
                                "--to",
                                "offset:150"))
                        .exits(0);
                assertThat(before.rows()).isEqualTo(records.rows().subList(0, 150));
            }
        }
    }

    private static void flipInTheMiddle(Path directory, String text) throws IOException {
        Path segment;
        try (Stream<Path> paths = Files.walk(directory)) {
            segment = paths.filter(path -> path.endsWith("orders-0/00000000000000000000.log"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] log = Files.readAllBytes(segment);
        int at = new String(log, ISO_8859_1).indexOf(text);
        assertThat(at).as("where %s is in the log", text).isPositive();
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            file.write(log[at] ^ 1);
        }
    }

    /** About the largest record that a broker of this configuration takes; a Parquet page holds it as a whole. */
    @ParameterizedTest
    @CsvSource({"parquet, 512m", "jsonl, 256m"})
    @LongTest
    void takesRecordsOfSixtyMegabytes(String format, String heap) throws Exception {
        String topic = Broker.topic("sixty", 1, Map.of("max.message.bytes", "67108864"));
        byte[] value = new byte[60_000_000];
        new Random(6).nextBytes(value);
        Output output = new Output(dir.resolve("out"));
        try (Records records = Records.into(
                topic,
                Map.of(
                        "max.request.size",
                        67_108_864,
                        "buffer.memory",
                        140_000_000L,
                        "compression.type",
                        "none",
                        "batch.size",
                        1))) {
            records.forget(0, null, value);
            records.forget(0, null, value);
        }

        try (CliProcess process = CliProcess.start(
                List.of("-Xmx" + heap),
                Map.of(),
                Cli.exportArguments(topic, output.directory(), "--format", format, "--threads", "1"))) {
            process.await().exits(0);
        }

        output.assertComplete(topic);
        assertThat(output.checkpoint(topic, 1).at("/files/0/records").asInt()).isEqualTo(2);
        if (format.equals("parquet")) {
            assertThat(DuckDb.query("SELECT count(*), min(octet_length(value)), count(DISTINCT md5(base64(value)))"
                            + " FROM read_parquet('" + output.directory() + "/*.parquet')"))
                    .containsExactly(List.of("2", "60000000", "1"));
        }
    }
}
