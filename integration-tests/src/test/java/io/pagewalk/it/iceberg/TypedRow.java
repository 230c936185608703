package io.pagewalk.it.iceberg;

import io.pagewalk.it.fixture.AvroPayloads;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic whose values have every type that Avro can say: what is written, and what each column is to be filtered by. Values rise with
 * the record's number, or are anywhere; many are null, in stretches too.
 */
record TypedRow(int number) {
    /**
     * A field.
     *
     * @param path of the column, in the table
     * @param schema in Avro
     * @param expected what a filter compares with, of a record
     * @param written what Avro's writer takes, of that
     */
    record Field(String path, String schema, LongFunction<Object> expected, LongFunction<Object> written) {
        String name() {
            int dot = path.indexOf('.', "value.".length());
            return path.substring("value.".length(), dot < 0 ? path.length() : dot);
        }
    }

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long AT = 1_790_000_000_000_000L;

    static final List<Field> FIELDS = List.of(
            same("flag", "\"boolean\"", n -> n % 3 == 0),
            same(
                    "small",
                    "\"int\"",
                    n -> n == 5 ? Integer.MIN_VALUE : n == 6 ? Integer.MAX_VALUE : (int) anywhere(n) * 1_000_003),
            same(
                    "big",
                    "\"long\"",
                    n -> n == 7 ? Long.MIN_VALUE : n == 8 ? Long.MAX_VALUE : rising(n) * 1_000_000_000_000L - 7),
            same("ratio", "\"float\"", n -> anywhere(n) / 8f),
            same("score", "\"double\"", n -> rising(n) / 16d - 2),
            decimal("price", "\"bytes\"", 9, 2, n -> BigDecimal.valueOf(anywhere(n) * 12_345, 2)),
            decimal("amount", "\"bytes\"", 18, 4, n -> BigDecimal.valueOf(rising(n) * 1_000_000_000_007L, 4)),
            decimal(
                    "huge",
                    "\"bytes\"",
                    38,
                    10,
                    n -> new BigDecimal(BigInteger.TEN.pow(35).multiply(BigInteger.valueOf(anywhere(n))), 10)),
            fixedDecimal("exact", 12, 3, n -> BigDecimal.valueOf(anywhere(n) * 1_000_001, 3)),
            logical("born", "int", "date", n -> (int) anywhere(n) * 700, n -> (int) anywhere(n) * 700),
            logical("clock", "int", "time-millis", n -> MILLIS.format(clock(n)), n ->
                    (int) (clock(n).toNanoOfDay() / 1_000_000)),
            logical(
                    "clockMicros",
                    "long",
                    "time-micros",
                    n -> MICROS.format(clock(n)),
                    n -> clock(n).toNanoOfDay() / 1000),
            logical("at", "long", "timestamp-micros", n -> at(n), n -> at(n)),
            logical("atMillis", "long", "timestamp-millis", n -> at(n) / 1000 * 1000, n -> at(n) / 1000),
            logical("atNanos", "long", "timestamp-nanos", n -> at(n), n -> at(n) * 1000 + 999),
            logical("wall", "long", "local-timestamp-micros", n -> at(n) - AT, n -> at(n) - AT),
            logical("wallMillis", "long", "local-timestamp-millis", n -> at(n) / 1000 * 1000, n -> at(n) / 1000),
            logical("uid", "string", "uuid", n -> uuid(n).toString(), n -> uuid(n).toString()),
            same("text", "\"string\"", n -> text(n)),
            new Field(
                    "value.kind",
                    "{\"type\":\"enum\",\"name\":\"Kind\",\"symbols\":[\"RED\",\"GREEN\",\"BLUE\"]}",
                    n -> kind(n),
                    n -> symbol(n)),
            new Field("value.raw", "\"bytes\"", n -> bytes(n, 3), n -> bytes(n, 3)),
            new Field(
                    "value.digest",
                    "{\"type\":\"fixed\",\"name\":\"Digest\",\"size\":4}",
                    n -> bytes(n, 4),
                    n -> fixed("Digest", bytes(n, 4).array())),
            new Field(
                    "value.nested.deep.word",
                    "{\"type\":\"record\",\"name\":\"Nested\",\"fields\":[{\"name\":\"deep\",\"type\":{\"type\":\"record\",\"name\":\"Deep\",\"fields\":[{\"name\":\"word\",\"type\":\"string\"}]}}]}",
                    n -> text(n),
                    n -> nested(text(n))));

    /** Columns that no filter compares with a value. */
    static final List<Field> CONTAINERS = List.of(
            new Field("value.tags", "{\"type\":\"array\",\"items\":\"string\"}", n -> tags(n), n -> tags(n)),
            new Field("value.counts", "{\"type\":\"map\",\"values\":\"long\"}", n -> counts(n), n -> counts(n)));

    static final Schema SCHEMA = AvroPayloads.schema(schemaText());

    private static String schemaText() {
        StringBuilder text = new StringBuilder("{\"type\":\"record\",\"name\":\"Everything\",\"fields\":[");
        String separator = "";
        for (Field field : all()) {
            text.append(separator)
                    .append("{\"name\":\"")
                    .append(field.name())
                    .append("\",\"type\":[\"null\",")
                    .append(field.schema)
                    .append("]}");
            separator = ",";
        }
        return text.append("]}").toString();
    }

    static List<Field> all() {
        List<Field> all = new ArrayList<>(FIELDS);
        all.addAll(CONTAINERS);
        return all;
    }

    /** What a filter on that field compares with; null if it is null in this record. */
    @Nullable
    Object expected(Field field) {
        return isNull(field) ? null : field.expected.apply(number);
    }

    private boolean isNull(Field field) {
        return number / 10 % 4 == 3 || (number + field.path.length()) % 7 == 0;
    }

    /** The value as it is in the topic; null for a tombstone. */
    byte @Nullable [] payload(int schemaId) {
        if (isTombstone()) {
            return null;
        }
        Object[] values = all().stream()
                .map(field -> isNull(field) ? null : field.written.apply(number))
                .toArray();
        return AvroPayloads.framed(schemaId, SCHEMA, AvroPayloads.record(SCHEMA, values));
    }

    boolean isTombstone() {
        return number % 29 == 11;
    }

    private static Field same(String name, String schema, LongFunction<Object> value) {
        return new Field("value." + name, schema, value, value);
    }

    private static Field logical(
            String name, String type, String logical, LongFunction<Object> expected, LongFunction<Object> written) {
        return new Field(
                "value." + name, "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}", expected, written);
    }

    private static Field decimal(String name, String type, int precision, int scale, LongFunction<BigDecimal> value) {
        return new Field(
                "value." + name,
                "{\"type\":" + type + ",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":" + scale
                        + "}",
                value::apply,
                n -> ByteBuffer.wrap(value.apply(n).unscaledValue().toByteArray()));
    }

    private static Field fixedDecimal(String name, int precision, int scale, LongFunction<BigDecimal> value) {
        return new Field(
                "value." + name,
                "{\"type\":\"fixed\",\"name\":\"Exact\",\"size\":8,\"logicalType\":\"decimal\",\"precision\":"
                        + precision + ",\"scale\":" + scale + "}",
                value::apply,
                n -> fixed(
                        "Exact",
                        ByteBuffer.allocate(8)
                                .putLong(value.apply(n).unscaledValue().longValueExact())
                                .array()));
    }

    private static Object fixed(String name, byte[] bytes) {
        return new GenericData.Fixed(Schema.createFixed(name, null, null, bytes.length), bytes);
    }

    private static Object nested(String word) {
        Schema nested = SCHEMA.getField("nested").schema().getTypes().get(1);
        Schema deep = nested.getField("deep").schema();
        return AvroPayloads.record(nested, AvroPayloads.record(deep, word));
    }

    private static long rising(long number) {
        return number / 2;
    }

    private static long anywhere(long number) {
        return number * 7919 % 61 - 30;
    }

    private static long at(long number) {
        return AT + rising(number) * DAY_MICROS / 24 + number * 1001;
    }

    private static LocalTime clock(long number) {
        return LocalTime.ofNanoOfDay(((anywhere(number) + 31) * 1_234_567_891L + 1) * 1000);
    }

    private static UUID uuid(long number) {
        return new UUID(anywhere(number) << 56 | number, number);
    }

    private static String text(long number) {
        String[] some = {"", "a", "Straße", "zürich", "€uro", "\uD83D\uDE00", "\uFF5E", "漢字"};
        return some[(int) (number * 5 % some.length)] + number % 4;
    }

    private static String kind(long number) {
        return List.of("RED", "GREEN", "BLUE").get((int) (number / 5 % 3));
    }

    private static Object symbol(long number) {
        return new GenericData.EnumSymbol(
                SCHEMA.getField("kind").schema().getTypes().get(1), kind(number));
    }

    private static ByteBuffer bytes(long number, int length) {
        byte[] bytes = new byte[length];
        bytes[0] = (byte) (anywhere(number) * 4);
        bytes[length - 1] = (byte) number;
        return ByteBuffer.wrap(bytes);
    }

    private static List<String> tags(long number) {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < number % 3; i++) {
            tags.add("t" + (number + i));
        }
        return tags;
    }

    private static Map<String, Long> counts(long number) {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < number % 3; i++) {
            counts.put("c" + i, number * i);
        }
        return counts;
    }
}
