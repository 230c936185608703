package io.pagewalk.internal.sink.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DuckDB, which shares no code with parquet-java, makes of typed columns. */
class TypedDuckDbTest {
    @TempDir
    Path directory;

    private Connection duckDb;
    private TimeZone zone;

    @BeforeEach
    void connect() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        // The driver adds the offset of one day to the time of another, where a zone has summers.
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterEach
    void disconnect() throws SQLException {
        TimeZone.setDefault(zone);
        duckDb.close();
    }

    @ParameterizedTest(name = "{0}, seed {1}, {2} records")
    @CsvSource({
        "parquet, 31, 5000",
        "small, 32, 2000",
        "small, 33, 2000",
        "small, 34, 2000",
        "small, 35, 2000",
        "ids, 36, 2000"
    })
    void readsEveryValue(String name, long seed, int count) throws Exception {
        PayloadFormats payloads = TypedSample.both(seed);
        List<RecordView> records = TypedFilesTest.records(count, seed);
        Path file = Files.write(
                directory.resolve("a.parquet"), Records.encode(TypedFilesTest.format(name, payloads), records));

        int row = 0;
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(
                        "select key, keySchemaId, value, valueSchemaId from '" + file + "' order by \"offset\"")) {
            while (result.next()) {
                RecordView record = records.get(row++);
                check((TypedSample) payloads.key(), record.key(), result, 1);
                check((TypedSample) payloads.value(), record.value(), result, 3);
            }
        }
        assertThat(row).isEqualTo(count);
    }

    private static void check(TypedSample sample, ByteView payload, ResultSet result, int column) throws SQLException {
        Place root = sample.layout().root();
        String read = RandomValues.text(root, tree(root, result.getObject(column)));
        String expected = payload == null ? "null" : RandomValues.text(root, sample.tree(payload));
        assertThat(read).isEqualTo(expected);
        ByteView id = TypedSample.id(payload);
        assertThat(result.getString(column + 1)).isEqualTo(id == null ? null : id.toText());
    }

    private static Object tree(Place place, Object value) throws SQLException {
        if (value == null) {
            return null;
        }
        ColumnType type = place.member().type();
        if (type instanceof ColumnType.Scalar scalar) {
            return scalar(scalar, value);
        } else if (type instanceof ColumnType.Struct) {
            List<Object> members = new ArrayList<>();
            Object[] found = ((Struct) value).getAttributes();
            for (int i = 0; i < place.children().size(); i++) {
                members.add(tree(place.children().get(i), found[i]));
            }
            return members;
        } else if (type instanceof ColumnType.ListOf) {
            List<Object> list = new ArrayList<>();
            for (Object each : (Object[]) ((Array) value).getArray()) {
                list.add(tree(place.children().get(0), each));
            }
            return list;
        }
        Map<String, RandomValues.Entry> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
            Object key = tree(place.children().get(0), each.getKey());
            map.put(
                    RandomValues.text(place.children().get(0), key),
                    new RandomValues.Entry(key, tree(place.children().get(1), each.getValue())));
        }
        return map;
    }

    private static Object scalar(ColumnType.Scalar type, Object value) throws SQLException {
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value ? 1L : 0L;
            case INT32, INT64 -> ((Number) value).longValue();
            case FLOAT -> (long) Float.floatToIntBits((Float) value);
            case DOUBLE -> Double.doubleToLongBits((Double) value);
            case DECIMAL -> {
                assertThat(((BigDecimal) value).scale()).isEqualTo(type.scale());
                BigInteger unscaled = ((BigDecimal) value).unscaledValue();
                yield type.isNumber() ? (Object) unscaled.longValueExact() : unscaled.toByteArray();
            }
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> timestamp(value, 1_000);
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS -> timestamp(value, 1_000_000);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS -> timestamp(value, 1_000_000_000);
            case STRING, JSON -> value.toString().getBytes(StandardCharsets.UTF_8);
            case BYTES, FIXED -> ((Blob) value).getBytes(1, (int) ((Blob) value).length());
        };
    }

    private static Object timestamp(Object value, long perSecond) {
        Instant instant;
        if (value instanceof OffsetDateTime time) {
            instant = time.toInstant();
        } else if (value instanceof LocalDateTime time) {
            instant = time.toInstant(ZoneOffset.UTC);
        } else if (value instanceof String text) {
            // Nanoseconds within a struct.
            instant = LocalDateTime.parse(text.replace("+00", "").replace(' ', 'T'))
                    .toInstant(ZoneOffset.UTC);
        } else {
            instant = ((Timestamp) value).toLocalDateTime().toInstant(ZoneOffset.UTC);
        }
        return instant.getEpochSecond() * perSecond + instant.getNano() / (1_000_000_000 / perSecond);
    }

    @Test
    void findsNumbersByTheirBoundsAlsoAmongNaN() throws Exception {
        PayloadFormats payloads = TypedSample.both(36);
        List<RecordView> records = TypedFilesTest.records(20_000, 36);
        Path file = Files.write(
                directory.resolve("a.parquet"), Records.encode(TypedFilesTest.format("small", payloads), records));
        Place root = ((TypedSample) payloads.value()).layout().root();
        Random random = new Random(36);
        for (ScalarKind kind : new ScalarKind[] {
            ScalarKind.INT32, ScalarKind.INT64, ScalarKind.FLOAT, ScalarKind.DOUBLE, ScalarKind.DATE
        }) {
            int member = RandomColumn.KINDS.indexOf(kind);
            String name = kind.name();
            long limit = random.nextInt(50);
            String literal = kind == ScalarKind.DATE ? "date '1970-01-01' + " + limit : Long.toString(limit);
            for (String operator : new String[] {"=", "<", ">"}) {
                long expected = records.stream()
                        .filter(record -> record.value() != null)
                        .map(record -> (List<?>) ((TypedSample) payloads.value()).tree(record.value()))
                        .filter(tree -> tree != null && tree.get(member) != null)
                        .filter(tree -> meets(kind, (Long) tree.get(member), operator, limit))
                        .count();
                try (Statement statement = duckDb.createStatement();
                        ResultSet result = statement.executeQuery("select count(*) from '" + file + "' where value."
                                + name + " " + operator + " " + literal)) {
                    result.next();
                    assertThat(result.getLong(1))
                            .as(name + operator + limit + " of " + root.member().name())
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** DuckDB takes NaN for larger than all else. */
    private static boolean meets(ScalarKind kind, long number, String operator, long limit) {
        int order = switch (kind) {
            case FLOAT -> Float.compare(Float.intBitsToFloat((int) number) + 0f, (float) limit);
            case DOUBLE -> Double.compare(Double.longBitsToDouble(number) + 0.0, (double) limit);
            default -> Long.compare(number, limit);
        };
        return switch (operator) {
            case "=" -> order == 0;
            case "<" -> order < 0;
            default -> order > 0;
        };
    }
}
