package io.pagewalk.it.iceberg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.registry.StandInRegistry;
import io.pagewalk.it.fixture.AvroPayloads;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Records;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.avro.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A filter on a column of any type returns the records that the topic has, no fewer for what manifests and row groups say of values: by
 * Iceberg's own reader, of many small files. What is expected is computed from what was produced.
 */
class FilteredColumnsIT {
    private static final String TABLE = "sales.everything";
    private static final String[] PAGES = {"--page-size", "20", "--file-size", "10"};
    private static final int COUNT = 120;
    private static final long START = 1_789_948_800_000L;
    private static final long STEP = 86_400_000L * 4 / COUNT;
    private static final int PROBES = LongTests.count(1, 6);

    private final StandInRegistry registry = StandInRegistry.start();

    @TempDir
    Path dir;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(dir);
    }

    @AfterEach
    void close() {
        lake.close();
        registry.close();
    }

    /** What a column has in each record, as filters compare with it. */
    private record Column(String path, Function<Integer, @Nullable Object> values) {}

    private static int partition(int number) {
        return number % 2;
    }

    private static long offset(int number) {
        return number / 2;
    }

    private static long timestamp(int number) {
        return START + number * STEP;
    }

    private static byte @Nullable [] key(int number) {
        return number % 5 == 0 ? null : new byte[] {(byte) (number * 37), (byte) number};
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("partition", FilteredColumnsIT::partition),
                new Column("offset", FilteredColumnsIT::offset),
                new Column("timestamp", n -> timestamp(n) * 1000),
                new Column("timestampType", n -> "CreateTime"),
                new Column("key", n -> key(n) == null ? null : ByteBuffer.wrap(Objects.requireNonNull(key(n)))),
                new Column("valueSchemaId", n -> new TypedRow(n).isTombstone() ? null : "1"),
                new Column("dt", n -> (int) (timestamp(n) / 86_400_000L))));
        for (TypedRow.Field field : TypedRow.FIELDS) {
            columns.add(new Column(
                    field.path(), n -> new TypedRow(n).isTombstone() ? null : new TypedRow(n).expected(field)));
        }
        return columns;
    }

    private Records everything(String purpose) {
        String topic = Broker.topic(purpose, 2, Map.of());
        registry.register(topic + "-value", "AVRO", TypedRow.SCHEMA.toString());
        Records records = Records.into(topic);
        for (int number = 0; number < COUNT; number++) {
            records.send(
                    partition(number),
                    timestamp(number),
                    key(number),
                    new TypedRow(number).payload(1),
                    Records.header("number", Integer.toString(number).getBytes(UTF_8)));
        }
        return records.flush();
    }

    @Test
    void findWhatTheTopicHasOfEveryType() {
        try (Records records = everything("icebergfilters")) {
            export(records, "out", "--window", "day", "--from", "2026-09-21", "--to", "2026-09-25");
            assertThat(lake.partitions(TABLE)).hasSizeGreaterThan(12);

            assertAll(lake.rows(TABLE));
            assertFound("topic = orders", Expressions.equal("topic", records.topic()), number -> true);
            assertFound("another topic", Expressions.equal("topic", "another"), number -> false);
            columns().forEach(this::assertFilters);
            for (TypedRow.Field field : TypedRow.CONTAINERS) {
                IntPredicate isNull = n -> new TypedRow(n).isTombstone() || new TypedRow(n).expected(field) == null;
                assertFound(field.path() + " is null", Expressions.isNull(field.path()), isNull);
                assertFound(field.path() + " is not null", Expressions.notNull(field.path()), isNull.negate());
            }
            assertFound("value is null", Expressions.isNull("value"), n -> new TypedRow(n).isTombstone());
            assertFound("value is not null", Expressions.notNull("value"), n -> !new TypedRow(n).isTombstone());
            assertFound("no headers", Expressions.isNull("headers"), n -> false);
            assertFound(
                    "text starts with",
                    Expressions.startsWith("value.text", "Straße"),
                    n -> value("value.text", n) instanceof String text && text.startsWith("Straße"));
        }
    }

    private void export(Records records, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(PAGES));
        arguments.addAll(List.of("--value-format", "avro", "--schema-registry", registry.url()));
        arguments.addAll(List.of(more));
        lake.export(records.topic(), dir.resolve(output), TABLE, arguments.toArray(String[]::new))
                .exits(0);
    }

    private static @Nullable Object value(String path, int number) {
        return columns().stream()
                .filter(column -> column.path.equals(path))
                .findFirst()
                .orElseThrow()
                .values
                .apply(number);
    }

    /** Each record once, with all its values. */
    private static void assertAll(List<Record> rows) {
        assertThat(rows).hasSize(COUNT);
        for (Record row : rows) {
            int number = number(row);
            for (Column column : columns()) {
                assertThat(plain(at(row, column.path)))
                        .as("%s of record %d", column.path, number)
                        .isEqualTo(column.values.apply(number));
            }
            for (TypedRow.Field field : TypedRow.CONTAINERS) {
                assertThat(at(row, field.path()))
                        .as("%s of record %d", field.path(), number)
                        .isEqualTo(new TypedRow(number).isTombstone() ? null : new TypedRow(number).expected(field));
            }
            assertThat(row.getField("headers").toString()).contains("number");
        }
    }

    private static @Nullable Object at(Record row, String path) {
        Object value = row;
        for (String name : path.split("\\.", -1)) {
            value = value == null ? null : ((Record) value).getField(name);
        }
        return value;
    }

    private static int number(Record row) {
        return (int) (2 * (Long) row.getField("offset")) + (Integer) row.getField("partition");
    }

    /** A value as filters compare with it. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return ChronoUnit.MICROS.between(
                    LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).atOffset(ZoneOffset.UTC), time);
        } else if (value instanceof LocalDateTime time) {
            return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
        } else if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        } else if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value;
    }

    private void assertFilters(Column column) {
        TreeSet<Object> present = new TreeSet<>(FilteredColumnsIT::compare);
        for (int number = 0; number < COUNT; number++) {
            Object value = column.values.apply(number);
            if (value != null) {
                present.add(value);
            }
        }
        String path = column.path;
        assertFound(path + " is null", Expressions.isNull(path), n -> column.values.apply(n) == null);
        assertFound(path + " is not null", Expressions.notNull(path), n -> column.values.apply(n) != null);
        List<Object> probes = new ArrayList<>(present);
        for (int probe = 0; probe < PROBES; probe++) {
            Object with = probes.get(probes.size() * (probe + 1) / (PROBES + 1));
            assertFilters(column, with);
        }
        assertFound(path + " > the greatest", Expressions.greaterThan(path, present.last()), n -> false);
        if (!LongTests.areAskedFor()) {
            return;
        }
        assertFound(path + " = the least", Expressions.equal(path, present.first()), is(column, present.first(), 0, 0));
        assertFound(
                path + " = the greatest", Expressions.equal(path, present.last()), is(column, present.last(), 0, 0));
    }

    private void assertFilters(Column column, Object with) {
        String path = column.path;
        assertFound(path + " = " + with, Expressions.equal(path, with), is(column, with, 0, 0));
        // To the reader itself null is less than all; engines ask for values besides.
        Expression less = Expressions.and(Expressions.notNull(path), Expressions.lessThan(path, with));
        assertFound(path + " < " + with, less, is(column, with, -1, -1));
        assertFound(path + " >= " + with, Expressions.greaterThanOrEqual(path, with), is(column, with, 0, 1));
        if (!LongTests.areAskedFor()) {
            return;
        }
        assertFound(path + " > " + with, Expressions.greaterThan(path, with), is(column, with, 1, 1));
        assertFound(path + " in " + with, Expressions.in(path, with), is(column, with, 0, 0));
    }

    private static IntPredicate is(Column column, Object with, int least, int most) {
        return number -> {
            Object value = column.values.apply(number);
            int order = value == null ? 0 : Integer.signum(compare(value, with));
            return value != null && least <= order && order <= most;
        };
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        if (one instanceof ByteBuffer bytes) {
            return Arrays.compareUnsigned(copy(bytes), copy((ByteBuffer) other));
        } else if (one instanceof String text) {
            return Arrays.compareUnsigned(text.getBytes(UTF_8), ((String) other).getBytes(UTF_8));
        }
        return ((Comparator<Object>) (Comparator<?>) Comparator.naturalOrder()).compare(one, other);
    }

    private void assertFound(String what, Expression filter, IntPredicate expected) {
        Set<Integer> numbers = new TreeSet<>();
        for (int number = 0; number < COUNT; number++) {
            if (expected.test(number)) {
                numbers.add(number);
            }
        }
        assertThat(lake.rows(TABLE, filter))
                .as(what)
                .extracting(FilteredColumnsIT::number)
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    // ---- columns that have become wider

    private static String widening(String whole, String fraction, int precision) {
        return "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"whole\",\"type\":\"" + whole
                + "\"},{\"name\":\"fraction\",\"type\":\"" + fraction
                + "\"},{\"name\":\"price\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":"
                + precision + ",\"scale\":2}}]}";
    }

    private Records widened(String purpose, String text, int from, Function<Integer, Object[]> values) {
        String topic = Broker.topic(purpose, 1, Map.of());
        int id = registry.register(topic + "-value", "AVRO", text);
        Schema schema = AvroPayloads.schema(text);
        Records records = Records.into(topic);
        for (int number = from; number < from + 40; number++) {
            records.send(
                    0,
                    timestamp(number),
                    null,
                    AvroPayloads.framed(id, schema, AvroPayloads.record(schema, values.apply(number))));
        }
        return records.flush();
    }

    private static ByteBuffer price(long cents) {
        return ByteBuffer.wrap(BigDecimal.valueOf(cents, 2).unscaledValue().toByteArray());
    }

    /** Files of before have narrower values, also those of an export that is narrower than the table by then. */
    @Test
    void findWhatWasWrittenBeforeAColumnBecameWiderAndAfterwards() {
        Function<Integer, Object[]> narrow = n -> new Object[] {n * 1000, n / 4f, price(n * 99)};
        Function<Integer, Object[]> wide =
                n -> new Object[] {n * 10_000_000_000L, n / 3d + 0.1, price(n * 12_345_678_901L)};
        try (Records first = widened("icebergnarrow", widening("int", "float", 9), 0, narrow);
                Records second = widened("icebergwide", widening("long", "double", 20), 40, wide);
                Records third = widened("icebergnarrowagain", widening("int", "float", 9), 80, narrow)) {
            export(first, "first");
            export(second, "second");
            export(third, "third");

            assertThat(lake.table(TABLE).schema().findType("value").toString())
                    .contains("whole: optional long")
                    .contains("fraction: optional double")
                    .contains("price: optional decimal(20, 2)");
            for (int number : new int[] {0, 1, 39, 40, 79, 80, 119}) {
                boolean isWide = number >= 40 && number < 80;
                Object whole = isWide ? number * 10_000_000_000L : number * 1000L;
                Object fraction = isWide ? number / 3d + 0.1 : (double) (number / 4f);
                Object price = BigDecimal.valueOf(isWide ? number * 12_345_678_901L : number * 99L, 2);
                assertTimes(1, Expressions.equal("value.whole", whole));
                assertTimes(1, Expressions.equal("value.fraction", fraction));
                assertTimes(1, Expressions.equal("value.price", price));
            }
            assertTimes(40, Expressions.greaterThan("value.whole", (long) Integer.MAX_VALUE));
            assertTimes(80, Expressions.lessThanOrEqual("value.whole", (long) Integer.MAX_VALUE));
            assertTimes(80, Expressions.lessThan("value.price", new BigDecimal("10000000.00")));
            assertTimes(40, Expressions.greaterThanOrEqual("value.price", new BigDecimal("10000000.00")));
            assertTimes(120, Expressions.notNull("value.whole"));
            assertTimes(0, Expressions.isNull("value.fraction"));
        }
    }

    private void assertTimes(int times, Expression filter) {
        assertThat(lake.find(TABLE, filter, "offset")).as(filter.toString()).hasSize(times);
    }
}
