package io.pagewalk.internal.sink.parquet;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.internal.sink.Row.HeaderRow;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DuckDB, which shares no code with parquet-java, makes of the files. */
class ParquetDuckDbTest {
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

    static Stream<Arguments> compressionsAndPayloads() {
        return Arrays.stream(ParquetCompression.values())
                .flatMap(compression -> Stream.of(Records.BYTES, Records.STRING, Records.JSON)
                        .map(payloads -> Arguments.of(compression, payloads)));
    }

    @ParameterizedTest
    @MethodSource("compressionsAndPayloads")
    void readsEveryRow(ParquetCompression compression, PayloadFormats payloads) throws Exception {
        List<RecordView> records = Records.random(11, 5000, payloads);
        ParquetFormat format = new ParquetFormat(
                payloads, new ParquetSettings(compression, TimestampUnit.MICROS, 1, 64 * 1024, 8 * 1024));

        String file = file("a", encode(format, records));

        assertThat(rows(file)).isEqualTo(records.stream().map(Row::of).toList());
    }

    private List<Row> rows(String file) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("""
                        select topic, "partition", "offset", epoch_ms("timestamp"), "timestampType",
                            key::blob, value::blob,
                            [h.key::varchar for h in headers],
                            [h.value::blob for h in headers]
                        from read_parquet('%s')""".formatted(file))) {
            while (result.next()) {
                rows.add(new Row(
                        result.getString(1),
                        result.getInt(2),
                        result.getLong(3),
                        result.getLong(4),
                        result.getString(5),
                        Row.text(result.getBytes(6)),
                        Row.text(result.getBytes(7)),
                        headers((Object[]) result.getArray(8).getArray(), (Object[])
                                result.getArray(9).getArray())));
            }
        }
        return rows;
    }

    private static List<HeaderRow> headers(Object[] keys, Object[] values) throws SQLException {
        List<HeaderRow> headers = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            Blob value = (Blob) values[i];
            headers.add(new HeaderRow(
                    (String) keys[i],
                    value == null ? null : new String(value.getBytes(1, (int) value.length()), ISO_8859_1)));
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "string", "json"})
    void seesTheColumnsWithTheirTypes(String name) throws Exception {
        PayloadFormat payload = PayloadFormats.named(name).orElseThrow();
        String type = switch (payload.form()) {
            case BYTES -> "BLOB";
            case TEXT -> "VARCHAR";
            case TYPED -> throw new IllegalArgumentException("needs a schema");
            case JSON -> "JSON";
        };
        ParquetFormat format = format(new PayloadFormats(payload, payload, payload));

        String file = file("a", encode(format, List.of()));

        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery("describe select * from read_parquet('" + file + "')")) {
            while (result.next()) {
                columns.put(result.getString(1), result.getString(2));
            }
        }
        assertThat(columns)
                .containsExactly(
                        Map.entry("topic", "VARCHAR"),
                        Map.entry("partition", "INTEGER"),
                        Map.entry("offset", "BIGINT"),
                        Map.entry("timestamp", "TIMESTAMP WITH TIME ZONE"),
                        Map.entry("timestampType", "VARCHAR"),
                        Map.entry("key", type),
                        Map.entry("value", type),
                        Map.entry("headers", "STRUCT(\"key\" VARCHAR, \"value\" " + type + ")[]"));
    }

    @Test
    void queriesJsonByPathAndTellsATombstoneFromAJsonNull() throws Exception {
        String file = file(
                "a",
                encode(
                        format(Records.JSON),
                        List.of(
                                record(1, "1", "{\"a\":{\"b\":[7]}}", header("h", "[1]")),
                                record(2, "1", "null"),
                                record(3, "1", null))));

        assertThat(query("select value->>'$.a.b[0]' from read_parquet('" + file + "') where \"offset\" = 1"))
                .isEqualTo("7");
        assertThat(query("select headers[1].value->>'$[0]' from read_parquet('" + file + "') where \"offset\" = 1"))
                .isEqualTo("1");
        assertThat(query("select string_agg(\"offset\", ',') from read_parquet('" + file + "') where value is null"))
                .isEqualTo("3");
    }

    @Test
    void findsRowsThroughTheStatisticsOfManyRowGroups() throws Exception {
        Random random = new Random(1);
        List<RecordView> records = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String value = i + "-" + random.nextLong();
            records.add(record(i * 3L, 1_700_000_000_000L + i * 1000L, null, value.getBytes(UTF_8)));
        }
        ParquetFormat format = new ParquetFormat(
                Records.STRING,
                new ParquetSettings(ParquetCompression.ZSTD, TimestampUnit.MICROS, 1, 32 * 1024, 4 * 1024));

        String file = file("a", encode(format, records));

        assertThat(query("select count(distinct row_group_id) > 5 from parquet_metadata('" + file + "')"))
                .isEqualTo("true");
        assertThat(query("select value from read_parquet('" + file + "') where \"offset\" = 44997"))
                .startsWith("14999-");
        assertThat(query("select count(*) from read_parquet('" + file
                        + "') where \"timestamp\" >= make_timestamptz(1700000500000000)"))
                .isEqualTo("19500");
    }

    @Test
    void readsFilesWithAndWithoutRecordsAsOneTable() throws Exception {
        file("orders-0-00000000000000000000", encode(format(Records.JSON), Records.random(1, 100, Records.JSON)));
        file("orders-0-00000000000000001000", encode(format(Records.JSON), List.of()));
        file("orders-1-00000000000000000000", encode(format(Records.JSON), Records.random(2, 50, Records.JSON)));

        assertThat(query("select count(*) from read_parquet('" + directory + "/*.parquet')"))
                .isEqualTo("150");
    }

    private static ParquetFormat format(PayloadFormats payloads) {
        return new ParquetFormat(payloads, ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS));
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name + ".parquet"), content).toString();
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
