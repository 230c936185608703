package io.pagewalk.internal.schema.avro;

import static io.pagewalk.internal.schema.avro.AvroTable.bytes;
import static io.pagewalk.internal.schema.avro.AvroTable.field;
import static io.pagewalk.internal.schema.avro.AvroTable.record;
import static io.pagewalk.internal.schema.avro.AvroTable.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.RowTree;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableNotice.Kind;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.merge.Unmatched;
import io.pagewalk.row.RowEvents;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroMergeTest {
    private static final String NULL = "\"default\":null";
    private static final String MILLIS = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";
    private static final String MICROS = "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}";
    private static final String DATE = "{\"type\":\"int\",\"logicalType\":\"date\"}";

    private static byte[] of(String text, @Nullable Object... values) {
        Schema schema = schema(text);
        GenericData.Record record = new GenericData.Record(schema);
        for (int index = 0; index < values.length; index++) {
            record.put(index, values[index]);
        }
        return bytes(schema, record);
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            row.put(String.valueOf(namesAndValues[index]), namesAndValues[index + 1]);
        }
        return row;
    }

    private static String alias(String... names) {
        return "\"aliases\":[\"" + String.join("\",\"", names) + "\"]";
    }

    private static String decimal(int precision, int scale) {
        return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":" + scale
                + "}";
    }

    @ParameterizedTest(name = "{0} and {1} are {2}")
    @CsvSource({
        "int, long, INT64",
        "int, double, DOUBLE",
        "float, double, DOUBLE",
        "string, string, STRING",
    })
    void typesJoinInBothOrders(String one, String other, String joined) throws Exception {
        String first = record(field("f", one));
        String second = record(field("f", other));
        assertThat(AvroTable.of(first, second).shape()).isEqualTo("{f " + joined + "}");
        assertThat(AvroTable.of(second, first).shape()).isEqualTo("{f " + joined + "}");
    }

    @ParameterizedTest(name = "{0} and {1} stay apart")
    @CsvSource({
        "long, double, DOUBLE",
        "long, float, FLOAT",
        "int, float, FLOAT",
        "string, bytes, BYTES",
        "int, string, STRING"
    })
    void typesThatLoseDigitsStayApart(String older, String newer, String newest) throws Exception {
        AvroTable table = AvroTable.of(record(field("f", older)), record(field("f", newer)));
        assertThat(table.shape()).isEqualTo("{f " + newest + "}");
        assertThat(table.noticed(Kind.CONFLICT)).containsExactly("value.f");
    }

    @Test
    void decimalsGetTheDigitsOfBoth() throws Exception {
        assertThat(AvroTable.of(record(field("f", decimal(10, 2))), record(field("f", decimal(9, 5))))
                        .shape())
                .isEqualTo("{f DECIMAL(13,5)}");
        AvroTable capped = AvroTable.of(record(field("f", decimal(38, 2))), record(field("f", decimal(38, 20))));
        assertThat(capped.shape()).isEqualTo("{f DECIMAL(38,20)}");
        assertThat(capped.noticed(Kind.CAPPED)).containsExactly("value.f");
    }

    @Test
    void onlyARecordWithAValueOfAnotherTypeIsBad() throws Exception {
        String v1 = record(field("a", "int"), field("f", "[\"null\",\"string\"]", NULL));
        String v2 = record(field("a", "int"), field("f", "[\"null\",\"boolean\"]", NULL));
        AvroTable table = AvroTable.of(v1, v2);
        assertThat(table.read(1, of(v1, 1, null))).isEqualTo(row("a", 1L, "f", null));
        assertThat(table.read(2, of(v2, 1, true))).isEqualTo(row("a", 1L, "f", true));
        assertThatThrownBy(() -> table.read(1, of(v1, 1, "x")))
                .isInstanceOf(BadPayloadException.class)
                .hasMessage("value does not fit the column's type (at f)");
    }

    @Test
    void aTypeIsTakenForWhatOtherVersionsSayItMeans() throws Exception {
        String plain = record(field("d", "int"), field("t", "long"), field("n", "bytes"), field("c", "int"));
        String said = record(
                field("d", DATE),
                field("t", MILLIS),
                field("n", decimal(10, 2)),
                field("c", "{\"type\":\"int\",\"logicalType\":\"time-millis\"}"));
        for (AvroTable table : List.of(AvroTable.of(plain, said), AvroTable.of(said, plain))) {
            assertThat(table.shape()).isEqualTo("{d DATE, t TIMESTAMP_MICROS, n DECIMAL(10,2), c STRING}");
            byte[] payload = of(plain, 5, 7L, ByteBuffer.wrap(new byte[] {1}), 1);
            Map<String, Object> expected =
                    Map.of("d", 5L, "t", 7_000L, "n", new BigDecimal("0.01"), "c", "00:00:00.001");
            assertThat(table.read(1, payload)).isEqualTo(expected);
            assertThat(table.read(2, payload)).isEqualTo(expected);
        }
    }

    @Test
    void unitsOfTimeMayChange() throws Exception {
        String v1 = record(field("t", MILLIS));
        String v2 = record(field("t", MICROS));
        AvroTable table = AvroTable.of(v1, v2);
        assertThat(table.read(1, of(v1, 1L))).isEqualTo(row("t", 1_000L));
        assertThat(table.read(2, of(v2, 1L))).isEqualTo(row("t", 1L));
        AvroTable coarse = new AvroTable(TimeUnit.MILLISECONDS, List.of(v1, v2));
        assertThat(coarse.read(2, of(v2, -1L))).isEqualTo(row("t", -1L));
        assertThat(coarse.noticed(Kind.CUT)).containsExactly("value.t");
    }

    @Test
    void aliasesAreFollowedThroughVersions() throws Exception {
        String v1 = record(field("x", "int"), field("a", "int"));
        String v2 = record(field("b", "int", alias("a")), field("x", "int"));
        String v3 = record(field("c", "long", alias("b")), field("x", "int"), field("y", "int", "\"default\":9"));
        AvroTable table = AvroTable.of(v1, v2, v3);
        assertThat(table.shape()).isEqualTo("{x INT32, c INT64, y INT32}");
        assertThat(table.read(1, of(v1, 1, 2))).isEqualTo(row("x", 1L, "c", 2L, "y", 9L));
        assertThat(table.read(2, of(v2, 1, 2))).isEqualTo(row("x", 2L, "c", 1L, "y", 9L));
        assertThat(table.read(3, of(v3, 1L, 2, 3))).isEqualTo(row("x", 2L, "c", 1L, "y", 3L));
        assertThat(table.origins()).isEqualTo(Map.of("value.x", "v1", "value.c", "v1", "value.y", "v3"));
    }

    @Test
    void aNameComesBeforeAnAlias() throws Exception {
        String v1 = record(field("a", "int"));
        String v2 = record(field("b", "int", alias("a"), "\"default\":1"), field("a", "int"));
        assertThat(AvroTable.of(v1, v2).read(1, of(v1, 5))).isEqualTo(row("a", 5L, "b", 1L));
    }

    @Test
    void whatIsDeletedAndAddedAgainIsOneColumn() throws Exception {
        String with = record(field("a", "int"), field("z", "int", "\"default\":3"));
        String without = record(field("a", "int"));
        AvroTable table = AvroTable.of(with, without, with);
        assertThat(table.shape()).isEqualTo("{a INT32, z INT32}");
        assertThat(table.read(2, of(without, 1))).isEqualTo(row("a", 1L, "z", 3L));
        assertThat(AvroTable.of(with, without).read(2, of(without, 1))).isEqualTo(row("a", 1L, "z", null));
    }

    @Test
    void defaultsMayHaveParts() throws Exception {
        String inner = "{\"type\":\"record\",\"name\":\"I\",\"fields\":[" + field("p", "long") + ","
                + field("q", "{\"type\":\"array\",\"items\":\"string\"}") + "]}";
        String v1 = record(field("a", "int"));
        String v2 = record(
                field("a", "int"),
                field("r", inner, "\"default\":{\"p\":5,\"q\":[\"x\",\"y\"]}"),
                field("m", "{\"type\":\"map\",\"values\":\"double\"}", "\"default\":{\"k\":1.5}"),
                field("u", "[\"string\",\"int\"]", "\"default\":\"s\""),
                field("n", decimal(4, 1), "\"default\":\"\\u0001\""),
                field("e", "{\"type\":\"array\",\"items\":\"int\"}", "\"default\":[]"));
        assertThat(AvroTable.of(v1, v2).read(1, of(v1, 1)))
                .isEqualTo(row(
                        "a", 1L,
                        "r", Map.of("p", 5L, "q", List.of("x", "y")),
                        "m", Map.of("k", 1.5),
                        "u", row("string", "s", "int", null),
                        "n", new BigDecimal("0.1"),
                        "e", List.of()));
    }

    @Test
    void aTypeThatWasAloneJoinsAUnion() throws Exception {
        String alone = record(field("f", "string"));
        String union = record(field("f", "[\"null\",\"int\",\"string\"]"));
        AvroTable table = AvroTable.of(alone, union);
        assertThat(table.shape()).isEqualTo("{f {string STRING, int INT32}}");
        assertThat(table.read(1, of(alone, "x"))).isEqualTo(row("f", row("string", "x", "int", null)));
        assertThat(table.read(2, of(union, 5))).isEqualTo(row("f", row("string", null, "int", 5L)));
        assertThat(AvroTable.of(union, alone).shape()).isEqualTo("{f {int INT32, string STRING}}");
        AvroTable narrowed = AvroTable.of(union, record(field("f", "boolean")));
        assertThat(narrowed.shape()).isEqualTo("{f BOOLEAN}");
    }

    @Test
    void theMergeIsRepeatedUntilNothingChanges() throws Exception {
        String first = record(field("f", "[\"string\",\"int\"]"));
        String second = record(field("f", "int"));
        String third = record(field("f", "string"));
        AvroTable table = AvroTable.of(first, second, third);
        assertThat(table.shape()).isEqualTo("{f {string STRING, int INT32}}");
        assertThat(table.noticed(Kind.CONFLICT)).isEmpty();
        assertThat(table.read(2, of(second, 4))).isEqualTo(row("f", row("string", null, "int", 4L)));
    }

    @Test
    void theFirstOfEqualNamesKeepsTheShortOne() throws Exception {
        String one = "{\"type\":\"record\",\"name\":\"a.X\",\"fields\":[" + field("p", "int") + "]}";
        String two = "{\"type\":\"record\",\"name\":\"b.X\",\"fields\":[" + field("q", "int") + "]}";
        String v1 = record(field("f", "[\"null\"," + one + ",\"int\"]"));
        String v2 = record(field("f", "[\"null\"," + two + "," + one + "]"));
        assertThat(AvroTable.of(v1, v2).shape()).isEqualTo("{f {X {p INT32}, int INT32, b_X {q INT32}}}");
    }

    @Test
    void anEmptyRecordThatGrowsStaysPresent() throws Exception {
        String v1 = record();
        String v2 = record(field("a", "int"));
        AvroTable table = AvroTable.of(v1, v2);
        assertThat(table.shape()).isEqualTo("{present BOOLEAN, a INT32}");
        assertThat(table.read(1, of(v1))).isEqualTo(row("present", true, "a", null));
        assertThat(table.read(2, of(v2, 4))).isEqualTo(row("present", true, "a", 4L));
    }

    @Test
    void enumsMayGrowAndBecomeText() throws Exception {
        String v1 = record(field("e", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}"));
        String v2 = record(field("e", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"C\",\"A\",\"B\"]}"));
        String v3 = record(field("e", "string"));
        AvroTable table = AvroTable.of(v1, v2, v3);
        assertThat(table.read(1, new byte[] {0})).isEqualTo(row("e", "A"));
        assertThat(table.read(2, new byte[] {0})).isEqualTo(row("e", "C"));
        assertThatThrownBy(() -> table.read(1, new byte[] {4})).isInstanceOf(BadPayloadException.class);
    }

    @Test
    void theTextIsTheTable() throws Exception {
        String v1 = record(field("a", "int"), field("b", "{\"type\":\"map\",\"values\":" + decimal(5, 1) + "}"));
        String v2 = record(
                field("a", "int"), field("s", "{\"type\":\"array\",\"items\":\"string\"}", "\"default\":[\"x\"]"));
        TableSchema table = AvroTable.of(v1, v2).table();
        assertThat(TableSchema.parse(table.text())).isEqualTo(table.column());
        assertThat(table.text()).contains("\"default\":[\"eA==\"]");
        assertThat(AvroTable.of(v1, v2).table().digest())
                .isEqualTo(table.digest())
                .hasSize(64);
        assertThat(AvroTable.of(v1, v2.replace("\"x\"", "\"y\"")).table().digest())
                .isNotEqualTo(table.digest());
        assertThatThrownBy(() -> TableSchema.parse("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void laterVersionsGoIntoTheTableThatThereIs() throws Exception {
        String v1 = record(field("a", "int"), field("b", "[\"null\",\"int\"]"));
        AvroTable table = AvroTable.of(v1);
        String more = record(field("a", "int"), field("new", "[\"null\",\"string\"]"));
        assertThat(table.readLater(more, of(more, 1, null), Unmatched.BAD)).isEqualTo(row("a", 1L, "b", null));
        assertThatThrownBy(() -> table.readLater(more, of(more, 1, "x"), Unmatched.BAD))
                .hasMessage("table has no such column (at new)");
        assertThat(table.readLater(more, of(more, 1, "x"), Unmatched.DROPPED)).isEqualTo(row("a", 1L, "b", null));
        String less = record(field("b", "[\"null\",\"int\"]"));
        assertThat(table.readLater(less, of(less, 1), Unmatched.BAD)).isEqualTo(row("a", null, "b", 1L));
        String renamed = record(field("c", "int", alias("a")));
        assertThat(table.readLater(renamed, of(renamed, 6), Unmatched.BAD)).isEqualTo(row("a", 6L, "b", null));
        String nullable = record(field("a", "[\"null\",\"int\"]"));
        assertThat(table.readLater(nullable, of(nullable, 6), Unmatched.BAD)).isEqualTo(row("a", 6L, "b", null));
        assertThat(table.readLater(nullable, of(nullable, (Object) null), Unmatched.BAD))
                .isEqualTo(row("a", null, "b", null));
    }

    @Test
    void severalSubjectsAreMembersOfOneStruct() throws Exception {
        String one = "{\"type\":\"record\",\"name\":\"a.Made\",\"fields\":[" + field("p", "int") + "]}";
        String two = "{\"type\":\"record\",\"name\":\"b.Made\",\"fields\":[" + field("q", "int") + "]}";
        List<SchemaSubject> subjects = new ArrayList<>();
        for (String text : List.of(one, two)) {
            SchemaVersion version =
                    new SchemaVersion("v1", AvroSchema.parse(text, List.of()).type());
            subjects.add(new SchemaSubject("topic-" + subjects.size(), List.of(version)));
        }
        TableSchema table = TableSchema.merge("value", subjects, TimeUnit.MICROSECONDS);
        assertThat(table.text()).contains("\"Made\"").contains("\"b_Made\"");
        RowEvents events = new RowEvents();
        AvroDecoder.of(AvroSchema.parse(two, List.of()), table.binding(1, 0)).decode(new byte[] {4}, 0, 1, events);
        assertThat(RowTree.of(events, table.layout())).isEqualTo(row("Made", null, "b_Made", Map.of("q", 2L)));
    }

    @Test
    void farTooMuchIsRefused() {
        String[] fields = new String[10_001];
        Arrays.setAll(fields, index -> field("f" + index, "int"));
        assertThatThrownBy(() -> AvroTable.of(record(fields)))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("10000");
        String deep = "{\"type\":\"array\",\"items\":".repeat(101) + "\"int\"" + "}".repeat(101);
        assertThatThrownBy(() -> AvroTable.of(deep))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("levels");
        StringBuilder doubling = new StringBuilder("\"int\"");
        for (int level = 0; level < 40; level++) {
            String name = "L" + level;
            String used = level == 0 ? "\"int\"" : "\"n.L" + (level - 1) + "\"";
            doubling =
                    new StringBuilder("{\"type\":\"record\",\"name\":\"" + name + "\",\"namespace\":\"n\",\"fields\":["
                            + "{\"name\":\"x\",\"type\":" + doubling + "},{\"name\":\"y\",\"type\":" + used + "}]}");
        }
        String text = doubling.toString();
        assertThatThrownBy(() -> AvroTable.of(text)).isInstanceOf(SchemaRefusedException.class);
    }

    @Test
    void namesThatDifferInCaseAloneAreNoticed() throws Exception {
        AvroTable table = AvroTable.of(record(field("Id", "int"), field("id", "int")));
        assertThat(table.shape()).isEqualTo("{Id INT32, id INT32}");
        assertThat(table.noticed(Kind.NAME)).containsExactly("value.id");
    }
}
