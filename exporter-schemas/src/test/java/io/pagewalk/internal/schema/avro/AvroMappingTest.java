package io.pagewalk.internal.schema.avro;

import static io.pagewalk.internal.schema.avro.AvroTable.bytes;
import static io.pagewalk.internal.schema.avro.AvroTable.field;
import static io.pagewalk.internal.schema.avro.AvroTable.record;
import static io.pagewalk.internal.schema.avro.AvroTable.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.TableNotice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type of Avro, what column it has, and what its values become. */
public class AvroMappingTest {
    private static String logical(String type, String name) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + name + "\"}";
    }

    private static String decimal(int precision, int scale) {
        return ",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":" + scale;
    }

    private static String fixed(int size, String more) {
        return "{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + size + more + "}";
    }

    private static ByteBuffer unscaled(String digits) {
        return ByteBuffer.wrap(new BigInteger(digits).toByteArray());
    }

    private static GenericData.Fixed fixedOf(String type, byte... bytes) {
        return new GenericData.Fixed(schema(type), bytes);
    }

    private static Arguments row(String type, String shape, @Nullable Object written, @Nullable Object read) {
        return Arguments.of(type, shape, written, read);
    }

    /** A type, its column, a value as Avro has it, and as the table has it. */
    public static Stream<Arguments> rows() {
        String fixed16 = fixed(16, ",\"logicalType\":\"uuid\"");
        String duration = fixed(12, ",\"logicalType\":\"duration\"");
        String fixedDecimal = fixed(5, decimal(10, 2));
        String colors = "{\"type\":\"enum\",\"name\":\"Color\",\"symbols\":[\"RED\",\"BLUE\"]}";
        BigDecimal large = new BigDecimal("123456789012345678901234567890.12");
        return Stream.of(
                row("boolean", "f BOOLEAN", true, true),
                row("int", "f INT32", Integer.MIN_VALUE, (long) Integer.MIN_VALUE),
                row("long", "f INT64", Long.MIN_VALUE, Long.MIN_VALUE),
                row("float", "f FLOAT", Float.NaN, Float.NaN),
                row("double", "f DOUBLE", -0.0, -0.0),
                row("string", "f STRING", "Grüße \uD83D\uDE00", "Grüße \uD83D\uDE00"),
                row("bytes", "f BYTES", ByteBuffer.wrap(new byte[] {1, -1}), "0x01ff"),
                row(fixed(2, ""), "f FIXED(2)", fixedOf(fixed(2, ""), (byte) 7, (byte) 8), "0x0708"),
                row(colors, "f STRING", new GenericData.EnumSymbol(schema(colors), "BLUE"), "BLUE"),
                row(
                        "{\"type\":\"bytes\"" + decimal(10, 2) + "}",
                        "f DECIMAL(10,2)",
                        unscaled("-1230"),
                        new BigDecimal("-12.30")),
                row(
                        "{\"type\":\"bytes\"" + decimal(32, 2) + "}",
                        "f DECIMAL(32,2)",
                        ByteBuffer.wrap(large.unscaledValue().toByteArray()),
                        large),
                row(
                        fixedDecimal,
                        "f DECIMAL(10,2)",
                        fixedOf(fixedDecimal, (byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) -5),
                        new BigDecimal("-0.05")),
                row(
                        "{\"type\":\"bytes\"" + decimal(64, 10) + "}",
                        "f DECIMAL(38,10)",
                        unscaled("1"),
                        new BigDecimal("0.0000000001")),
                row(
                        "{\"type\":\"bytes\"" + decimal(64, 50) + "}",
                        "f STRING",
                        unscaled("-5"),
                        "-0." + "0".repeat(49) + "5"),
                row(
                        logical("bytes", "big-decimal"),
                        "f STRING",
                        new Conversions.BigDecimalConversion()
                                .toBytes(new BigDecimal("12.30"), schema("\"bytes\""), null),
                        "12.30"),
                row(
                        logical("string", "uuid"),
                        "f STRING",
                        "00112233-4455-6677-8899-aabbccddeeff",
                        "00112233-4455-6677-8899-aabbccddeeff"),
                row(fixed16, "f STRING", fixedOf(fixed16, concat()), "00112233-4455-6677-8899-aabbccddeeff"),
                row(
                        duration,
                        "f {months INT64, days INT64, millis INT64}",
                        fixedOf(
                                duration, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 0, (byte) 0,
                                (byte) 0, (byte) -1, (byte) -1, (byte) -1, (byte) -1),
                        Map.of("months", 1L, "days", 2L, "millis", 0xFFFFFFFFL)),
                row(logical("int", "date"), "f DATE", -1, -1L),
                row(logical("int", "time-millis"), "f STRING", 45_296_789, "12:34:56.789"),
                row(logical("long", "time-micros"), "f STRING", 45_296_789_012L, "12:34:56.789012"),
                row(logical("long", "timestamp-millis"), "f TIMESTAMP_MICROS", -1L, -1_000L),
                row(logical("long", "timestamp-micros"), "f TIMESTAMP_MICROS", -1L, -1L),
                row(logical("long", "timestamp-nanos"), "f TIMESTAMP_MICROS", -1L, -1L),
                row(logical("long", "local-timestamp-millis"), "f LOCAL_TIMESTAMP_MICROS", 5L, 5_000L),
                row(logical("long", "local-timestamp-micros"), "f LOCAL_TIMESTAMP_MICROS", 5L, 5L),
                row(logical("long", "local-timestamp-nanos"), "f LOCAL_TIMESTAMP_MICROS", 5_999L, 5L),
                row("[\"null\",\"int\"]", "f INT32", null, null),
                row("[\"int\",\"null\"]", "f INT32", 3, 3L),
                row("[\"int\"]", "f INT32", 3, 3L),
                row(
                        "[\"null\",\"int\",\"string\"]",
                        "f {int INT32, string STRING}",
                        "x",
                        nullable("int", null, "string", "x")),
                row("[\"int\",\"string\"]", "f {int INT32, string STRING}", 4, nullable("int", 4L, "string", null)),
                row("{\"type\":\"array\",\"items\":\"int\"}", "f [INT32]", List.of(1, 2), List.of(1L, 2L)),
                row("{\"type\":\"array\",\"items\":\"int\"}", "f [INT32]", List.of(), List.of()),
                row(
                        "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}",
                        "f [?INT32]",
                        Arrays.asList(1, null),
                        Arrays.asList(1L, null)),
                row(
                        "{\"type\":\"array\",\"items\":\"null\"}",
                        "f [?BOOLEAN]",
                        Arrays.asList(null, null),
                        Arrays.asList(null, null)),
                row("{\"type\":\"map\",\"values\":\"int\"}", "f <STRING, INT32>", Map.of("a", 1), Map.of("a", 1L)),
                row(
                        "{\"type\":\"map\",\"values\":[\"null\",{\"type\":\"array\",\"items\":\"long\"}]}",
                        "f <STRING, ?[INT64]>",
                        Map.of("a", List.of(1L, 2L)),
                        Map.of("a", List.of(1L, 2L))));
    }

    private static byte[] concat() {
        byte[] bytes = new byte[16];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (index * 0x11);
        }
        return bytes;
    }

    private static Map<String, @Nullable Object> nullable(
            String one, @Nullable Object first, String other, @Nullable Object second) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("rows")
    void eachTypeHasItsColumn(String type, String shape, @Nullable Object written, @Nullable Object read)
            throws Exception {
        String text = record(field("f", type));
        AvroTable table = AvroTable.of(text);
        assertThat(table.shape()).isEqualTo("{" + shape + "}");
        Schema schema = schema(text);
        byte[] payload =
                bytes(schema, new GenericRecordBuilder(schema).set("f", written).build());
        Map<String, @Nullable Object> expected = new HashMap<>();
        expected.put("f", read);
        assertThat(table.read(1, payload)).isEqualTo(expected);
    }

    @Test
    void aRecordWithoutFieldsIsPresent() throws Exception {
        String text = record(field("e", "{\"type\":\"record\",\"name\":\"E\",\"fields\":[]}"), field("n", "null"));
        AvroTable table = AvroTable.of(text);
        assertThat(table.shape()).isEqualTo("{e {present BOOLEAN}}");
        assertThat(table.read(1, new byte[0])).isEqualTo(Map.of("e", Map.of("present", true)));
        assertThat(table.noticed(TableNotice.Kind.NULL_ONLY)).containsExactly("value.n");
    }

    @Test
    void aTypeWithinItselfIsJson() throws Exception {
        String text = record(
                field("v", logical("long", "timestamp-micros")),
                field("d", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":5,\"scale\":2}"),
                field("u", "[\"null\",\"double\",\"bytes\"]"),
                field("m", "{\"type\":\"map\",\"values\":\"int\"}"),
                field("next", "[\"null\",\"R\"]"));
        AvroTable table = AvroTable.of(text);
        assertThat(table.shape()).endsWith("next JSON}");
        Schema schema = schema(text);
        GenericRecordBuilder builder = new GenericRecordBuilder(schema)
                .set("v", 1_700_000_000_000_001L)
                .set("d", unscaled("1230"))
                .set("m", Map.of("k", 1));
        Object inner = builder.set("u", Double.NaN).set("next", null).build();
        Object middle = builder.set("u", ByteBuffer.wrap(new byte[] {1}))
                .set("next", inner)
                .build();
        Object outer = builder.set("u", null).set("next", middle).build();
        assertThat(table.read(1, bytes(schema, outer)))
                .extracting("next")
                .isEqualTo(
                        "{\"v\":\"2023-11-14T22:13:20.000001Z\",\"d\":\"12.30\",\"u\":{\"bytes\":\"AQ==\"},\"m\":{\"k\":1},"
                                + "\"next\":{\"v\":\"2023-11-14T22:13:20.000001Z\",\"d\":\"12.30\",\"u\":{\"double\":\"NaN\"},"
                                + "\"m\":{\"k\":1},\"next\":null}}");
    }

    @Test
    void aRootNeedNotBeARecord() throws Exception {
        assertThat(AvroTable.of("\"string\"").read(1, new byte[] {2, 'a'})).isEqualTo("a");
        assertThat(AvroTable.of("[\"null\",\"int\"]").read(1, new byte[] {0})).isNull();
        assertThatThrownBy(() -> AvroTable.of("\"null\""))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("only null");
    }

    @Test
    void typesOfTheSameNameGetTheirFullNames() throws Exception {
        String union = "[{\"type\":\"record\",\"name\":\"a.X\",\"fields\":[" + field("p", "int") + "]},"
                + "{\"type\":\"record\",\"name\":\"b.X\",\"fields\":[" + field("q", "int") + "]}]";
        assertThat(AvroTable.of(union).shape()).isEqualTo("{X {p INT32}, b_X {q INT32}}");
    }

    @Test
    void timesThatDoNotFitAreBad() throws Exception {
        String text = record(field("t", logical("long", "timestamp-millis")));
        Schema schema = schema(text);
        byte[] payload = bytes(
                schema,
                new GenericRecordBuilder(schema).set("t", Long.MAX_VALUE).build());
        assertThat(new AvroTable(TimeUnit.MILLISECONDS, List.of(text)).read(1, payload))
                .isEqualTo(Map.of("t", Long.MAX_VALUE));
        assertThatThrownBy(() -> AvroTable.of(text).read(1, payload))
                .isInstanceOf(BadPayloadException.class)
                .hasMessage("value does not fit into the column (at t)");
    }

    @Test
    void decimalsOfTooManyDigitsAreBad() throws Exception {
        String text =
                record(field("d", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":3,\"scale\":1}"));
        Schema schema = schema(text);
        AvroTable table = AvroTable.of(text);
        for (String digits : List.of("999", "-999", "0")) {
            byte[] payload = bytes(
                    schema,
                    new GenericRecordBuilder(schema).set("d", unscaled(digits)).build());
            assertThat(table.read(1, payload)).isEqualTo(Map.of("d", new BigDecimal(new BigInteger(digits), 1)));
        }
        for (String digits : List.of("1000", "-1000", "9".repeat(40))) {
            byte[] payload = bytes(
                    schema,
                    new GenericRecordBuilder(schema).set("d", unscaled(digits)).build());
            assertThatThrownBy(() -> table.read(1, payload)).isInstanceOf(BadPayloadException.class);
        }
    }

    @Test
    void theLastOfAKeyWins() throws Exception {
        String text = "{\"type\":\"map\",\"values\":{\"type\":\"map\",\"values\":\"int\"}}";
        AvroTable table = AvroTable.of(text);
        byte[] payload = {6, 2, 'a', 2, 2, 'x', 2, 0, 2, 'b', 4, 2, 'y', 4, 2, 'y', 6, 0, 2, 'a', 0, 0};
        assertThat(table.read(1, payload)).isEqualTo(Map.of("a", Map.of(), "b", Map.of("y", 3L)));
    }

    @Test
    void referencesAreKnown() throws Exception {
        AvroSchema schema = AvroSchema.parse(
                record(field("c", "other.C")),
                List.of("{\"type\":\"record\",\"name\":\"C\",\"namespace\":\"other\",\"fields\":[" + field("i", "int")
                        + "]}"));
        assertThat(schema.schema().getField("c").schema().getFields()).hasSize(1);
        assertThatThrownBy(() -> AvroSchema.parse("{\"type\":\"what\"}", List.of()))
                .isInstanceOf(SchemaRefusedException.class);
        assertThatThrownBy(() -> AvroSchema.parse("[".repeat(100_000), List.of()))
                .isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void namesAndDefaultsThatAvroItselfRefusesAreTaken() throws Exception {
        AvroTable table = AvroTable.of(record(field("a-b", "int", "\"default\":\"x\"")));
        assertThat(table.shape()).isEqualTo("{a-b INT32}");
        assertThat(table.noticed(TableNotice.Kind.NAME)).containsExactly("value.a-b");
    }
}
