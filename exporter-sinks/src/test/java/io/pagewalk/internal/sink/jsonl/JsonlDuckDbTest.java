package io.pagewalk.internal.sink.jsonl;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What DuckDB makes of the files when it is told no more than their names. */
class JsonlDuckDbTest {
    @TempDir
    Path directory;

    private Connection duckDb;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        duckDb.close();
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsEveryRowOfText(JsonlCompression compression) throws Exception {
        List<RecordView> records = Records.random(11, 5000, Records.STRING);

        file("a", compression, Records.STRING, records);

        assertThat(rows("""
                        select topic, "partition", "offset", "timestamp", "timestampType", key, value,
                            len(headers), headers[1].key, headers[1].value, headers[2].key, headers[2].value
                        from '%s' order by 3""", compression))
                .isEqualTo(records.stream().map(this::columns).toList());
    }

    private List<String> columns(RecordView record) {
        List<String> columns = new ArrayList<>(Stream.of(
                        record.topic(), record.partition(), record.offset(), record.timestamp(), record.timestampType())
                .map(String::valueOf)
                .toList());
        columns.add(text(record.key()));
        columns.add(text(record.value()));
        List<Row.HeaderRow> headers = Row.of(record).headers();
        columns.add(Integer.toString(headers.size()));
        for (int i = 0; i < 2; i++) {
            columns.add(i < headers.size() ? headers.get(i).key() : null);
            columns.add(i < headers.size() ? text(record.header(i).value()) : null);
        }
        return columns;
    }

    private static String text(ByteView bytes) {
        return bytes == null ? null : bytes.toText();
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsEveryRowOfBytes(JsonlCompression compression) throws Exception {
        List<RecordView> records = Records.random(12, 1000, Records.BYTES);

        file("a", compression, Records.BYTES, records);

        assertThat(rows(
                        "select \"offset\", key, value, hex(from_base64(value)) from '%s' order by \"offset\"",
                        compression))
                .isEqualTo(records.stream()
                        .map(record -> {
                            List<String> row = new ArrayList<>(List.of(Long.toString(record.offset())));
                            row.add(base64(record.key()));
                            row.add(base64(record.value()));
                            row.add(hex(record.value()));
                            return row;
                        })
                        .toList());
    }

    private static String base64(ByteView bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.toBytes());
    }

    private static String hex(ByteView bytes) {
        return bytes == null ? null : HexFormat.of().withUpperCase().formatHex(bytes.toBytes());
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsJsonAsStructures(JsonlCompression compression) throws Exception {
        List<RecordView> records = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            String value = i % 10 == 0 ? null : "{\n  \"id\": " + i + ",\n  \"name\": \"n\u2028😀" + i + "\"\n}\n";
            records.add(record(2L * i, "{\"k\":" + i % 7 + "}", value));
        }

        file("a", compression, Records.JSON, records);

        assertThat(rows("""
                        select count(*), count(value), sum(value.id), count(distinct key.k), max("offset"),
                            count(*) filter (value.name = 'n\u2028😀' || value.id)
                        from '%s'""", compression))
                .containsExactly(List.of("30000", "27000", "405000000", "7", "59998", "27000"));
    }

    @Test
    void readsJsonOfManyShapesAsJson() throws Exception {
        List<String> values = List.of(
                "{\"a\":1,\"a\":2}",
                "[1,{\"b\":[]}]",
                "123456789012345678901234567890",
                "-1500.5",
                "\"text é\u2028 \\n\"",
                "true",
                "[".repeat(100) + "]".repeat(100));
        List<RecordView> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(records.size(), "1", value, header("h", value)));
        }

        file("a", JsonlCompression.ZSTD, Records.JSON, records);

        assertThat(rows("""
                        select value, headers[1]->>'key', headers[1]->'value'
                        from read_json('%s', maximum_depth = 2) order by \"offset\"""", JsonlCompression.ZSTD))
                .isEqualTo(
                        values.stream().map(value -> List.of(value, "h", value)).toList());
    }

    @Test
    void tellsATombstoneFromAJsonNull() throws Exception {
        file(
                "a",
                JsonlCompression.ZSTD,
                Records.JSON,
                List.of(record(1, "1", "{}"), record(2, "1", "null"), record(3, "1", null)));

        assertThat(rows("select \"offset\" from '%s' where value is null and valueIsJsonNull", JsonlCompression.ZSTD))
                .containsExactly(List.of("2"));
        assertThat(rows(
                        "select \"offset\" from '%s' where value is null and valueIsJsonNull is null",
                        JsonlCompression.ZSTD))
                .containsExactly(List.of("3"));
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsFilesWithAndWithoutRecordsAsOneTable(JsonlCompression compression) throws Exception {
        file("orders-0-00000000000000000000", compression, Records.JSON, List.of());
        assertThat(rows("select count(*) from '%s'", compression)).containsExactly(List.of("0"));

        file("orders-0-00000000000000001000", compression, Records.JSON, Records.random(1, 100, Records.JSON));
        file("orders-0-00000000000000002000", compression, Records.JSON, List.of());
        file("orders-1-00000000000000000000", compression, Records.JSON, Records.random(2, 50, Records.JSON));

        assertThat(rows("select count(*), count(\"offset\"), any_value(topic) from '%s'", compression))
                .containsExactly(List.of("150", "150", "orders"));
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsLargeRecords(JsonlCompression compression) throws Exception {
        String large = "x\n".repeat(2_500_000);

        file(
                "a",
                compression,
                Records.STRING,
                List.of(record(1, "a", large), record(2, "b", "small"), record(3, "c", large)));

        assertThat(rows("select \"offset\", key, length(value) from '%s' order by \"offset\"", compression))
                .containsExactly(List.of("1", "a", "5000000"), List.of("2", "b", "5"), List.of("3", "c", "5000000"));
    }

    private void file(String name, JsonlCompression compression, PayloadFormats payloads, List<RecordView> records)
            throws IOException {
        JsonlFormat format = new JsonlFormat(payloads, JsonlSettings.defaults(compression));
        Files.write(directory.resolve(name + format.extension()), encode(format, records));
    }

    private List<List<String>> rows(String query, JsonlCompression compression) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        String files = directory + "/*" + compression.extension();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(query.replace("%s", files))) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
