package io.pagewalk.internal.sink.typed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.RowLayout.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Iceberg's generic reader, which finds columns and their parts by ids alone, makes of files that carry ids. */
class IcebergReaderTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {61, 62, 63, 64, 65, 66})
    void findsEveryValueByItsId(long seed) throws IOException {
        PayloadFormats payloads = TypedSample.both(seed);
        List<RecordView> records = TypedFilesTest.records(1000, seed);
        List<Integer> ids = ColumnIds.shuffled(payloads, seed);
        Path file = java.nio.file.Files.write(
                directory.resolve("a.parquet"), Records.encode(ColumnIds.format(payloads, ids), records));
        List<NestedField> fields = fields(ColumnIds.columns(payloads), ids.iterator());
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            names.put(ColumnIds.columns(payloads).get(i).name(), fields.get(i).name());
        }
        Collections.shuffle(fields, new Random(seed));

        int row = 0;
        try (CloseableIterable<Record> rows = Parquet.read(Files.localInput(file.toFile()))
                .project(new Schema(fields))
                .createReaderFunc(schema -> GenericParquetReaders.buildReader(new Schema(fields), schema))
                .build()) {
            for (Record read : rows) {
                RecordView record = records.get(row++);
                assertThat(read.getField(names.get("topic"))).isEqualTo(record.topic());
                assertThat(read.getField(names.get("partition"))).isEqualTo(record.partition());
                assertThat(read.getField(names.get("offset"))).isEqualTo(record.offset());
                assertThat(read.getField(names.get("timestamp")))
                        .isEqualTo(Instant.ofEpochMilli(record.timestamp()).atOffset(ZoneOffset.UTC));
                check((TypedSample) payloads.key().typed(), record.key(), read, names.get("key"));
                check((TypedSample) payloads.value().typed(), record.value(), read, names.get("value"));
                checkId(record.key(), read, names.get("keySchemaId"));
                checkId(record.value(), read, names.get("valueSchemaId"));
            }
        }
        assertThat(row).isEqualTo(records.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72})
    void findsHeadersByTheirIds(long seed) throws IOException {
        List<RecordView> records = Records.random(seed, 500, Records.STRING);
        List<Integer> ids = ColumnIds.shuffled(Records.STRING, seed);
        Path file = java.nio.file.Files.write(
                directory.resolve("a.parquet"), Records.encode(ColumnIds.format(Records.STRING, ids), records));
        List<NestedField> fields = fields(ColumnIds.columns(Records.STRING), ids.iterator());

        int row = 0;
        try (CloseableIterable<Record> rows = Parquet.read(Files.localInput(file.toFile()))
                .project(new Schema(fields))
                .createReaderFunc(schema -> GenericParquetReaders.buildReader(new Schema(fields), schema))
                .build()) {
            for (Record read : rows) {
                RecordView record = records.get(row++);
                assertThat(read.get(5)).isEqualTo(text(record.key()));
                assertThat(read.get(6)).isEqualTo(text(record.value()));
                List<?> headers = (List<?>) read.get(7);
                assertThat(headers).hasSize(record.headerCount());
                for (int i = 0; i < headers.size(); i++) {
                    Record header = (Record) headers.get(i);
                    assertThat(header.get(0)).isEqualTo(record.header(i).key().toText());
                    assertThat(header.get(1)).isEqualTo(text(record.header(i).value()));
                }
            }
        }
        assertThat(row).isEqualTo(records.size());
    }

    private static String text(ByteView payload) {
        return payload == null ? null : payload.toText();
    }

    private static void check(TypedSample sample, ByteView payload, Record read, String name) {
        Place root = sample.layout().root();
        assertThat(RandomValues.text(root, tree(root, read.getField(name)))).isEqualTo(sample.text(payload));
    }

    private static void checkId(ByteView payload, Record read, String name) {
        assertThat(read.getField(name)).isEqualTo(text(TypedSample.id(payload)));
    }

    /** Under names that the file does not have. */
    private static List<NestedField> fields(List<Member> members, Iterator<Integer> ids) {
        List<NestedField> fields = new ArrayList<>();
        for (Member member : members) {
            fields.add(field(member, ids));
        }
        return fields;
    }

    private static NestedField field(Member member, Iterator<Integer> ids) {
        int id = ids.next();
        Type type = type(member.type(), ids);
        return member.optional() ? NestedField.optional(id, "c" + id, type) : NestedField.required(id, "c" + id, type);
    }

    private static Type type(ColumnType type, Iterator<Integer> ids) {
        if (type instanceof ColumnType.Scalar scalar) {
            return scalar(scalar);
        } else if (type instanceof ColumnType.Struct struct) {
            return Types.StructType.of(fields(struct.members(), ids));
        } else if (type instanceof ColumnType.ListOf list) {
            NestedField element = field(list.element(), ids);
            return element.isOptional()
                    ? Types.ListType.ofOptional(element.fieldId(), element.type())
                    : Types.ListType.ofRequired(element.fieldId(), element.type());
        }
        ColumnType.MapOf map = (ColumnType.MapOf) type;
        NestedField key = field(Member.required("key", map.key()), ids);
        NestedField value = field(map.value(), ids);
        return value.isOptional()
                ? Types.MapType.ofOptional(key.fieldId(), value.fieldId(), key.type(), value.type())
                : Types.MapType.ofRequired(key.fieldId(), value.fieldId(), key.type(), value.type());
    }

    private static Type scalar(ColumnType.Scalar type) {
        return switch (type.kind()) {
            case BOOLEAN -> Types.BooleanType.get();
            case INT32 -> Types.IntegerType.get();
            case INT64 -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DECIMAL -> Types.DecimalType.of(type.precision(), type.scale());
            case DATE -> Types.DateType.get();
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> Types.TimestampType.withZone();
            case TIMESTAMP_NANOS -> Types.TimestampNanoType.withZone();
            case LOCAL_TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MICROS -> Types.TimestampType.withoutZone();
            case LOCAL_TIMESTAMP_NANOS -> Types.TimestampNanoType.withoutZone();
            case STRING, JSON -> Types.StringType.get();
            case BYTES -> Types.BinaryType.get();
            case FIXED -> Types.FixedType.ofLength(type.precision());
        };
    }

    /** A value as {@link RandomValues} has it. */
    private static Object tree(Place place, Object value) {
        if (value == null) {
            return null;
        }
        ColumnType type = place.member().type();
        if (type instanceof ColumnType.Scalar scalar) {
            return scalar(scalar, value);
        } else if (type instanceof ColumnType.Struct) {
            List<Object> members = new ArrayList<>();
            for (int i = 0; i < place.children().size(); i++) {
                members.add(tree(place.children().get(i), ((Record) value).get(i)));
            }
            return members;
        } else if (type instanceof ColumnType.ListOf) {
            List<Object> list = new ArrayList<>();
            for (Object each : (List<?>) value) {
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

    private static Object scalar(ColumnType.Scalar type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN -> (Boolean) value ? 1L : 0L;
            case INT32, INT64 -> ((Number) value).longValue();
            case FLOAT -> (long) Float.floatToRawIntBits((Float) value);
            case DOUBLE -> Double.doubleToRawLongBits((Double) value);
            case DECIMAL -> decimal(type, (BigDecimal) value);
            case DATE -> ((LocalDate) value).toEpochDay();
            case TIMESTAMP_MILLIS -> ((OffsetDateTime) value).toInstant().toEpochMilli();
            case TIMESTAMP_MICROS -> count(((OffsetDateTime) value).toInstant(), 1_000_000);
            case TIMESTAMP_NANOS -> count(((OffsetDateTime) value).toInstant(), 1_000_000_000);
            case LOCAL_TIMESTAMP_MILLIS -> count(utc(value), 1000);
            case LOCAL_TIMESTAMP_MICROS -> count(utc(value), 1_000_000);
            case LOCAL_TIMESTAMP_NANOS -> count(utc(value), 1_000_000_000);
            case STRING, JSON -> ((String) value).getBytes(UTF_8);
            case BYTES -> bytes((ByteBuffer) value);
            case FIXED -> value;
        };
    }

    private static Object decimal(ColumnType.Scalar type, BigDecimal value) {
        assertThat(value.scale()).isEqualTo(type.scale());
        return type.isNumber()
                ? (Object) value.unscaledValue().longValueExact()
                : value.unscaledValue().toByteArray();
    }

    private static Instant utc(Object value) {
        return ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
    }

    private static long count(Instant instant, long inASecond) {
        return instant.getEpochSecond() * inASecond + instant.getNano() / (1_000_000_000 / inASecond);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
