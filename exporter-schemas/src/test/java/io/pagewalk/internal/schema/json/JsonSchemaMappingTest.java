package io.pagewalk.internal.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.EventTree;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.row.RowEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of JSON Schema, what column it has, and what its values become. */
class JsonSchemaMappingTest {
    /** A version, read into the table of several. */
    private static final class Reader {
        private final TableSchema table;
        private final JsonSchemaDecoder decoder;
        private final RowEvents events = new RowEvents();

        Reader(int version, String... texts) throws SchemaRefusedException {
            List<SchemaVersion> versions = new ArrayList<>();
            List<JsonSchema> schemas = new ArrayList<>();
            for (String text : texts) {
                schemas.add(JsonSchema.parse("s", text, Map.of()));
                versions.add(new SchemaVersion(
                        "v" + texts.length, schemas.get(schemas.size() - 1).type()));
            }
            table = TableSchema.merge("value", List.of(new SchemaSubject("s", versions)), TimeUnit.MICROSECONDS);
            decoder = schemas.get(version).decoder(table.binding(0, version));
        }

        Object read(String json) throws BadPayloadException {
            byte[] payload = ("\"[" + json + "]}").getBytes(UTF_8);
            decoder.decode(payload, 2, payload.length - 4, events);
            return EventTree.of(table.layout(), events);
        }
    }

    /** A value of a schema, within an object. */
    private static Object value(String schema, String json) throws Exception {
        Object row = new Reader(0, "{\"type\": \"object\", \"properties\": {\"v\": " + schema + "}}")
                .read("{\"v\": " + json + "}");
        return ((Map<?, ?>) row).get("v");
    }

    private static String type(String schema) throws Exception {
        SourceType type = JsonSchema.parse("s", schema, Map.of()).type();
        return describe(type);
    }

    private static String describe(SourceType type) {
        if (type instanceof SourceType.Value value) {
            return value.type().kind().toString();
        }
        if (type instanceof SourceType.Many many) {
            return "[" + describe(many.element()) + "]";
        }
        if (type instanceof SourceType.Entries entries) {
            return "<" + describe(entries.value()) + ">";
        }
        if (type instanceof SourceType.Group group) {
            return group.fields().stream()
                    .map(field -> field.name() + " " + describe(field.type()))
                    .toList()
                    .toString()
                    .replace('[', '{')
                    .replace(']', '}');
        }
        return "null";
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"integer\"} | INT64",
                "{\"type\": \"number\"} | DOUBLE",
                "{\"type\": [\"integer\", \"number\", \"null\"]} | DOUBLE",
                "{\"type\": \"string\"} | STRING",
                "{\"type\": \"string\", \"format\": \"date-time\"} | STRING",
                "{\"type\": \"string\", \"oneOf\": [{\"pattern\": \"a\"}, {\"pattern\": \"b\"}]} | STRING",
                "{\"type\": \"boolean\"} | BOOLEAN",
                "{\"type\": \"null\"} | null",
                "{\"type\": [\"null\", \"string\"]} | STRING",
                "{\"type\": [\"integer\", \"string\"]} | JSON",
                "{\"enum\": [\"a\", \"b\"]} | STRING",
                "{\"enum\": [\"a\", null]} | STRING",
                "{\"enum\": [\"a\", 1]} | JSON",
                "{\"const\": \"a\"} | STRING",
                "{\"const\": 1} | JSON",
                "{\"oneOf\": [{\"type\": \"null\"}, {\"type\": \"integer\"}]} | INT64",
                "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]} | STRING",
                "{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]} | JSON",
                "{\"type\": \"array\", \"items\": {\"type\": \"string\"}} | [STRING]",
                "{\"type\": \"array\", \"items\": [{\"type\": \"string\"}]} | JSON",
                "{\"type\": \"array\", \"prefixItems\": [{}], \"items\": {\"type\": \"string\"}} | JSON",
                "{\"type\": \"array\"} | JSON",
                "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}} | <INT64>",
                "{\"type\": \"object\", \"additionalProperties\": true} | JSON",
                "{\"type\": \"object\"} | JSON",
                "{\"properties\": {\"a\": {\"type\": \"string\"}}} | {a STRING, _more JSON}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"additionalProperties\": false} |"
                        + " {a STRING}",
                "{\"properties\": {\"_more\": {\"type\": \"string\"}}} | {_more STRING, _more_ JSON}",
                "{\"properties\": {\"a\": {}}, \"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}],"
                        + " \"additionalProperties\": false} | {a JSON}",
                "{\"allOf\": [{\"properties\": {\"a\": {\"type\": \"string\"}}}, {\"properties\": {\"b\": {\"type\":"
                        + " \"integer\"}}, \"additionalProperties\": false}], \"properties\": {\"c\": true}} |"
                        + " {a STRING, b INT64, c JSON, _more JSON}",
                "{\"allOf\": [{\"$ref\": \"#/definitions/x\"}, {\"minLength\": 1}], \"definitions\": {\"x\": {\"type\":"
                        + " \"string\"}}} | STRING",
                "{\"allOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]} | JSON",
                "{\"$ref\": \"#/$defs/a~1b%20c\", \"$defs\": {\"a/b c\": {\"type\": \"integer\"}}} | INT64",
                "{\"$ref\": \"#here\", \"$defs\": {\"x\": {\"$anchor\": \"here\", \"type\": \"integer\"}}} | INT64",
                "{\"properties\": {\"n\": {\"$ref\": \"#\"}, \"v\": {\"type\": \"integer\"}}} |"
                        + " {n JSON, v INT64, _more JSON}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}}"
                        + " | JSON",
                "true | JSON",
                "{} | JSON"
            })
    void columnsOf(String schema, String expected) throws Exception {
        assertThat(type(schema)).isEqualTo(expected);
    }

    @Test
    void otherSchemasAreFoundByTheNameAndTheIdTheyHave() throws Exception {
        String text =
                "{\"$id\": \"http://h/dir/root.json\", \"properties\": {\"a\": {\"$ref\": \"other\"}, \"b\": {\"$ref\":"
                        + " \"third.json#/$defs/t\"}, \"c\": {\"$ref\": \"http://h/dir/third.json\"}}}";
        Map<String, String> references = Map.of(
                "other", "{\"type\": \"integer\"}",
                "x",
                        "{\"$id\": \"http://h/dir/third.json\", \"type\": \"string\", \"$defs\": {\"t\": {\"type\": \"boolean\"}}}");
        assertThat(describe(JsonSchema.parse("s", text, references).type()))
                .isEqualTo("{a INT64, b BOOLEAN, c STRING, _more JSON}");
        assertThatThrownBy(() -> JsonSchema.parse("s", text, Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessage("JSON Schema refers to other, which is not there");
        assertThatThrownBy(() -> JsonSchema.parse("s", "{\"type\": ", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("is not JSON");
    }

    @Test
    void schemasThatUnfoldWithoutEndAreRefused() {
        StringBuilder text = new StringBuilder("{\"$ref\": \"#/$defs/0\", \"$defs\": {");
        for (int i = 0; i < 12; i++) {
            text.append(i == 0 ? "" : ",").append("\"").append(i).append("\": {\"properties\": {");
            for (int j = 0; j < 12; j++) {
                text.append(j == 0 ? "" : ",")
                        .append("\"p")
                        .append(j)
                        .append("\": {\"$ref\": \"#/$defs/")
                        .append(j)
                        .append("\"}");
            }
            text.append("}}");
        }
        assertThatThrownBy(() -> JsonSchema.parse("s", text + "}}", Map.of()))
                .isInstanceOf(SchemaRefusedException.class)
                .hasMessageContaining("more than 10000 columns");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "9007199254740993, 9007199254740993",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775807.000, 9223372036854775807",
        "922337203685477580.7e1, 9223372036854775807",
        "1.0, 1",
        "-0, 0",
        "-0.0e5, 0",
        "1e3, 1000",
        "1200e-2, 12",
        "0.00000000000000000000000000000000001e35, 1",
        "0e999999999999, 0",
        "100000000000000000000000000000e-27, 100"
    })
    void integersAreExactWhateverWayTheyAreWritten(String json, long expected) throws Exception {
        assertThat(value("{\"type\": \"integer\"}", json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "1e19",
                "1.5",
                "1e-1",
                "1e999999999",
                "1.00000000000000000000001",
                "18446744073709551616",
                "123456789012345678901234567890",
                "\"1\"",
                "true",
                "[]"
            })
    void whatIsNoIntegerOf64BitsIsBad(String json) {
        assertThatThrownBy(() -> value("{\"type\": \"integer\"}", json))
                .isInstanceOf(BadPayloadException.class)
                .hasMessageEndingWith("(at v)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "-0.0",
                "1e22",
                "1e23",
                "123456789012345678",
                "0.30000000000000004",
                "2.2250738585072011e-308",
                "4.9e-324",
                "1.7976931348623157e308",
                "9007199254740993",
                "1e-400",
                "0.000001",
                "12345.678e-3"
            })
    void numbersAreTheNearestDouble(String json) throws Exception {
        assertThat(value("{\"type\": \"number\"}", json)).isEqualTo(Double.parseDouble(json));
    }

    @Test
    void aNumberBeyondDoublesIsBad() {
        assertThatThrownBy(() -> value("{\"type\": \"number\"}", "1e309"))
                .hasMessage("number does not fit into 64 bits (at v)");
    }

    @Test
    void stringsAreWithoutTheirEscapes() throws Exception {
        String string = "{\"type\": \"string\"}";
        assertThat(value(string, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e4\\u20AC\\ud83d\\ude00x\""))
                .isEqualTo("\"\\/\b\f\n\r\tA\u00e4\u20ac\ud83d\ude00x");
        assertThat(value(string, "\"\"")).isEqualTo("");
        assertThat(value(string, "\"\u00e4\ud83d\ude00\"")).isEqualTo("\u00e4\ud83d\ude00");
        assertThatThrownBy(() -> value(string, "\"\\ud83d\"")).hasMessage("payload is not one JSON text");
        assertThatThrownBy(() -> value(string, "5")).hasMessage("value is not a string (at v)");
    }

    @Test
    void membersAreFoundByEscapedNamesAndTheLastOfOneNameCounts() throws Exception {
        Reader reader = new Reader(
                0,
                "{\"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"properties\": {\"c\": {\"type\": \"string\"}}},"
                        + " \"x\\\\u0061\": {\"type\": \"integer\"}}}");
        Map<?, ?> row = (Map<?, ?>) reader.read("{\"a\": 1, \"b\": {\"c\": \"1\", \"c\": \"2\"}, \"\\u0061\": 2,"
                + " \"b\": {\"z\": [1 , 2], \"c\": \"3\", \"z\": 1}, \"x\\\\u0061\": 7, \"xa\": 8, \"\\u0078a\": 9}");
        assertThat(row.get("a")).isEqualTo(2L);
        assertThat(row.get("x\\u0061")).isEqualTo(7L);
        assertThat(row.get("_more")).isEqualTo(EventTree.json("{\"xa\": 9}"));
        Map<?, ?> inner = (Map<?, ?>) row.get("b");
        assertThat(inner.get("c")).isEqualTo("3");
        assertThat(inner.get("_more")).isEqualTo(EventTree.json("{\"z\": 1}"));
    }

    @Test
    void membersThatAreNotAllowedAreLeftOutAndCounted() throws Exception {
        Reader reader =
                new Reader(0, "{\"properties\": {\"a\": {\"type\": \"integer\"}}, \"additionalProperties\": false}");
        assertThat(reader.read("{\"b\": 1, \"a\": 1, \"a\": 2, \"c\": {}}")).isEqualTo(Map.of("a", 2L));
        assertThat(reader.decoder.unknownMembers()).isEqualTo(2);
    }

    @Test
    void nullAndMissingAreNull() throws Exception {
        Reader reader = new Reader(
                0,
                "{\"properties\": {\"a\": {\"type\": \"integer\"}, \"l\": {\"type\": \"array\", \"items\": {\"type\":"
                        + " \"integer\"}}, \"m\": {\"additionalProperties\": {\"type\": \"string\"}, \"type\": \"object\"},"
                        + " \"j\": {}}, \"required\": [\"a\"]}");
        Map<String, Object> expected = new HashMap<>();
        List.of("a", "l", "m", "j", "_more").forEach(name -> expected.put(name, null));
        assertThat(reader.read("{}")).isEqualTo(expected);
        assertThat(reader.read("{\"a\": null, \"l\": null, \"m\" :null,\"j\": null}"))
                .isEqualTo(expected);
        expected.put("l", Arrays.asList(1L, null, 2L));
        expected.put("m", Collections.singletonMap("k", null));
        assertThat(reader.read(" {\"l\": [ 1,null , 2 ],\n\"m\": {\"k\":null} } "))
                .isEqualTo(expected);
        expected.put("l", List.of());
        expected.put("m", Map.of());
        assertThat(reader.read("{\"l\": [ ], \"m\": { }}")).isEqualTo(expected);
        assertThatThrownBy(() -> reader.read("null")).hasMessage("payload is the JSON null");
        assertThatThrownBy(() -> reader.read("[]")).hasMessage("value is not an object");
    }

    @Test
    void mapsHaveTheLastValueOfEachKey() throws Exception {
        String map = "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}}";
        assertThat(value(map, "{\"a\": 1, \"\\u0062\": 2, \"b\": 3, \"\\u0061\": 4, \"\": 5}"))
                .isEqualTo(Map.of("a", 4L, "b", 3L, "", 5L));
    }

    @Test
    void anyJsonIsItsOwnText() throws Exception {
        Reader reader = new Reader(0, "{\"properties\": {\"v\": {}}}");
        reader.read("{\"v\": {\"a\" :  1.50, \"b\": [\"\\u0041\"]} }");
        int event = reader.events.leaf(0) == 0 ? 0 : 1;
        assertThat(new String(
                        reader.events.array(event), reader.events.offset(event), reader.events.length(event), UTF_8))
                .isEqualTo("{\"a\" :  1.50, \"b\": [\"\\u0041\"]}");
    }

    @Test
    void fieldsOfOtherVersionsAreNull() throws Exception {
        String old = "{\"properties\": {\"a\": {\"type\": \"integer\"}, \"gone\": {\"type\": \"string\"}}}";
        String newer = "{\"properties\": {\"a\": {\"type\": \"integer\"}, \"added\": {\"type\": \"string\"}}}";
        Map<String, Object> expected = new HashMap<>();
        expected.put("a", 1L);
        expected.put("gone", "x");
        expected.put("added", null);
        expected.put("_more", null);
        assertThat(new Reader(0, old, newer).read("{\"a\": 1, \"gone\": \"x\"}"))
                .isEqualTo(expected);
    }
}
