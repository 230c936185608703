package io.pagewalk.it;

import static io.pagewalk.it.fixture.Records.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a record looks like, it is in the files as it was produced. */
class ExportedRecordsIT {
    @TempDir
    Path output;

    @ParameterizedTest
    @CsvSource({
        "parquet, zstd",
        "parquet, snappy",
        "parquet, gzip",
        "parquet, lz4_raw",
        "parquet, none",
        "jsonl, zstd",
        "jsonl, gzip",
        "jsonl, none"
    })
    void keepsEveryFieldInEveryFormatAndCompression(String format, String compression) {
        try (Records records = oddities()) {
            Cli.export(records.topic(), output, "--format", format, "--compression", compression)
                    .exits(0);

            assertThat(new Output(output).rows()).isEqualTo(records.rows());
            new Output(output).assertComplete(records.topic());
            if (format.equals("parquet")) {
                assertThat(DuckDb.query(
                                "SELECT DISTINCT compression FROM parquet_metadata('" + output + "/*.parquet')"))
                        .isEqualTo(List.of(List.of(
                                compression.equals("none") ? "UNCOMPRESSED" : compression.toUpperCase(Locale.ROOT))));
            }
        }
    }

    /** Null and empty keys, values and header values; repeated, empty and non-ASCII header keys; all 256 bytes. */
    private static Records oddities() {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < everyByte.length; i++) {
            everyByte[i] = (byte) i;
        }
        byte[] empty = {};
        Records records = Records.into(
                Broker.topic("oddities", 2, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE))));
        records.send(0, null, null);
        records.send(0, empty, empty);
        records.send(0, null, everyByte, header("a", everyByte));
        records.send(0, everyByte, null, header("a", null));
        records.send(
                1,
                "key".getBytes(UTF_8),
                "value".getBytes(UTF_8),
                header("same", new byte[] {1}),
                header("same", new byte[] {1}),
                header("other", empty),
                header("same", null),
                header("", new byte[] {2}),
                header("größe \"quoted\" \\ \u2028 🚀", new byte[] {3}));
        records.send(1, 0, null, new byte[] {0});
        records.send(1, 4_102_444_799_999L, null, new byte[] {0});
        return records.send(1, 50).flush();
    }

    @ParameterizedTest
    @ValueSource(strings = "parquet")
    @LongCases("jsonl")
    void takesRecordsOfFiveMegabytes(String format) {
        Random random = new Random(5);
        String topic = Broker.topic("large", 2, Map.of("max.message.bytes", "8000000"));
        try (Records records = Records.into(topic, Map.of("max.request.size", 8_000_000))) {
            for (int i = 0; i < 6; i++) {
                byte[] large = new byte[5_000_000];
                random.nextBytes(large);
                records.send(i % 2, large.length > 0 ? ("k" + i).getBytes(UTF_8) : null, large);
                records.send(i % 2, 3);
            }
            records.flush();

            Cli.export(topic, output, "--format", format, "--threads", "2", "--file-size", "5")
                    .exits(0);

            assertThat(new Output(output).rows()).isEqualTo(records.rows());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void keepsTheBrokersTimestamps(String format) {
        String topic = Broker.topic("stamped", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        try (Records records =
                Records.into(topic).stampedByTheBroker().send(0, 20).flush()) {
            Cli.export(topic, output, "--format", format).exits(0);

            List<Row> rows = new Output(output).rows();
            assertThat(rows).isEqualTo(records.rows());
            assertThat(rows).extracting(Row::timestampType).containsOnly("LogAppendTime");
        }
    }

    @Test
    void writesTextAndJsonAsSuchIntoParquet() {
        try (Records records = textAndJson()) {
            Cli.Result result = Cli.export(records.topic(), output, auto());

            assertThat(result.exits(0).err())
                    .contains("--key-format string --value-format json --header-format string");
            assertThat(DuckDb.query("SELECT key, value, headers[1].value, value->>'$.city' FROM read_parquet('" + output
                            + "/*.parquet') ORDER BY \"offset\""))
                    .isEqualTo(List.of(
                            List.of("schlüssel", "{\"city\":\n \"Köln\"}", "grün", "Köln"),
                            java.util.Arrays.asList("tombstone", null, null, null),
                            java.util.Arrays.asList("array", "[1, 2.50]", null, null)));
        }
    }

    @Test
    void embedsTextAndJsonInJsonl() {
        try (Records records = textAndJson()) {
            Cli.export(records.topic(), output, auto("--format", "jsonl", "--compression", "none"))
                    .exits(0);

            String lines = new String(
                    new Output(output).dataFiles().values().iterator().next(), UTF_8);
            assertThat(lines.lines().map(line -> line.substring(line.indexOf("\"key\""))))
                    .containsExactly(
                            "\"key\":\"schlüssel\",\"value\":{\"city\": \"Köln\"},"
                                    + "\"headers\":[{\"key\":\"farbe\",\"value\":\"grün\"}]}",
                            "\"key\":\"tombstone\",\"value\":null,\"headers\":[]}",
                            "\"key\":\"array\",\"value\":[1, 2.50],\"headers\":[]}");
            assertThat(DuckDb.query("SELECT key::VARCHAR, value::VARCHAR FROM " + DuckDb.jsonlTable(output, "JSON")
                            + " ORDER BY \"offset\""))
                    .hasSize(3);
        }
    }

    @Test
    void tellsAJsonNullFromATombstone() {
        String topic = Broker.topic("jsonnull", 1);
        try (Records records = Records.into(topic)) {
            records.send(0, "a".getBytes(UTF_8), "null".getBytes(UTF_8));
            records.send(0, "b".getBytes(UTF_8), null).flush();

            Cli.export(topic, output, auto("--format", "jsonl", "--value-format", "json", "--compression", "none"))
                    .exits(0);

            String lines = new String(
                    new Output(output).dataFiles().values().iterator().next(), UTF_8);
            assertThat(lines.lines().filter(line -> line.contains("\"valueIsJsonNull\":true")))
                    .singleElement()
                    .asString()
                    .contains("\"key\":\"a\",\"value\":null,");
        }
    }

    private static String[] auto(String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("--key-format", "auto", "--value-format", "auto", "--header-format", "auto"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static Records textAndJson() {
        Records records = Records.into(Broker.topic("text", 1));
        records.send(
                0,
                "schlüssel".getBytes(UTF_8),
                "{\"city\":\n \"Köln\"}".getBytes(UTF_8),
                header("farbe", "grün".getBytes(UTF_8)));
        records.send(0, "tombstone".getBytes(UTF_8), null);
        return records.send(0, "array".getBytes(UTF_8), "[1, 2.50]".getBytes(UTF_8))
                .flush();
    }
}
