package io.pagewalk.internal.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.EventTree;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.row.RowEvents;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Jackson makes of a payload is in the table. */
class JsonSchemaOracleTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> NAMES =
            List.of("a", "b", "c\u00e4", "d\"q", "e\\u0061", "f", "longer name", "_more");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1.0",
            "2e3",
            "9007199254740993",
            "9223372036854775807",
            "0.5",
            "1e300",
            "-0.0",
            "123456.789",
            "0.30000000000000004");

    private final RowEvents events = new RowEvents();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260103})
    void decodesWhatJacksonReads(long seed) throws Exception {
        Random random = new Random(seed);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 150; i++) {
            String schema = objectSchema(random, 3);
            JsonNode shape = MAPPER.readTree(schema);
            JsonSchema parsed = JsonSchema.parse("s", schema, Map.of());
            TableSchema table = TableSchema.merge(
                    "value",
                    List.of(new SchemaSubject("s", List.of(new SchemaVersion("1", parsed.type())))),
                    TimeUnit.MICROSECONDS);
            JsonSchemaDecoder decoder = parsed.decoder(table.binding(0, 0));
            for (int j = 0; j < 40; j++) {
                String json = value(random, shape, 4);
                byte[] payload = json.getBytes(UTF_8);
                if (random.nextInt(4) == 0) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                String as = "seed " + seed + ", schema " + schema + ", payload " + new String(payload, UTF_8);
                Object expected = expected(shape, payload);
                try {
                    decoder.decode(payload, 0, payload.length, events);
                    assertThat(EventTree.of(table.layout(), events)).as(as).isEqualTo(expected);
                    good++;
                } catch (BadPayloadException e) {
                    assertThat(expected).as(as + ": " + e.getMessage()).isEqualTo(Bad.BAD);
                    bad++;
                }
            }
        }
        assertThat(good).as("seed %d", seed).isGreaterThan(1000);
        assertThat(bad).as("seed %d", seed).isGreaterThan(300);
    }

    private enum Bad {
        BAD
    }

    private static final class BadValue extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Object expected(JsonNode schema, byte[] payload) throws Exception {
        if (!JsonScanner.isValid(payload)) {
            return Bad.BAD;
        }
        try {
            JsonNode tree = MAPPER.readTree(payload);
            return tree.isNull() ? Bad.BAD : expected(schema, tree);
        } catch (BadValue e) {
            return Bad.BAD;
        }
    }

    private static Object expected(JsonNode schema, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        switch (schema.path("type").asText()) {
            case "integer" -> {
                require(value.isNumber() && !Double.isInfinite(value.doubleValue()));
                try {
                    return new BigDecimal(value.asText()).longValueExact();
                } catch (ArithmeticException e) {
                    throw new BadValue();
                }
            }
            case "number" -> {
                require(value.isNumber() && !Double.isInfinite(value.doubleValue()));
                return value.doubleValue();
            }
            case "string" -> {
                require(value.isTextual());
                return value.textValue();
            }
            case "boolean" -> {
                require(value.isBoolean());
                return value.booleanValue();
            }
            case "array" -> {
                require(value.isArray());
                List<Object> elements = new ArrayList<>();
                value.forEach(element -> elements.add(expected(schema.get("items"), element)));
                return elements;
            }
            case "object" -> {
                require(value.isObject());
                return expectedObject(schema, value);
            }
            default -> {
                return EventTree.json(value.toString());
            }
        }
    }

    private static Object expectedObject(JsonNode schema, JsonNode value) {
        Map<Object, Object> members = new LinkedHashMap<>();
        if (!schema.has("properties")) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                members.put(member.getKey(), expected(schema.get("additionalProperties"), member.getValue()));
            }
            return members;
        }
        for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
            members.put(property.getKey(), expected(property.getValue(), value.get(property.getKey())));
        }
        if (!schema.has("additionalProperties")) {
            ObjectNode more = MAPPER.createObjectNode();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (!members.containsKey(member.getKey())) {
                    more.set(member.getKey(), member.getValue());
                }
            }
            String name = members.containsKey("_more") ? "_more_" : "_more";
            members.put(name, more.isEmpty() ? null : EventTree.json(more.toString()));
        }
        return members;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new BadValue();
        }
    }

    private static String schema(Random random, int depth) throws Exception {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> "{\"type\":\"integer\"}";
            case 1 -> "{\"type\":\"number\"}";
            case 2 -> "{\"type\":\"string\"}";
            case 3 -> "{\"type\":\"boolean\"}";
            case 4 -> "{}";
            case 5 -> "{\"type\":\"array\",\"items\":" + typed(random, depth - 1) + "}";
            case 6 -> "{\"type\":\"object\",\"additionalProperties\":" + typed(random, depth - 1) + "}";
            default -> objectSchema(random, depth - 1);
        };
    }

    private static String typed(Random random, int depth) throws Exception {
        String schema = schema(random, depth);
        return schema.equals("{}") ? "{\"type\":\"string\"}" : schema;
    }

    private static String objectSchema(Random random, int depth) throws Exception {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            properties.put(NAMES.get(random.nextInt(NAMES.size())), schema(random, depth));
        }
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            members.add(MAPPER.writeValueAsString(property.getKey()) + ":" + property.getValue());
        }
        return "{\"type\":\"object\",\"properties\":{" + String.join(",", members) + "}"
                + (random.nextBoolean() ? ",\"additionalProperties\":false}" : "}");
    }

    private static String space(Random random) {
        return random.nextInt(3) > 0 ? "" : List.of(" ", "\n", "\t ", "\r\n").get(random.nextInt(4));
    }

    private static String quoted(Random random, String text) throws Exception {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (random.nextInt(5) == 0) {
                quoted.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
            } else {
                String one = MAPPER.writeValueAsString(Character.toString(c));
                quoted.append(
                        Character.isSurrogate(c)
                                ? String.format(Locale.ROOT, "\\u%04X", (int) c)
                                : one.substring(1, one.length() - 1));
            }
        }
        return quoted.append('"').toString();
    }

    private static String value(Random random, JsonNode schema, int depth) throws Exception {
        String value;
        if (random.nextInt(12) == 0 && depth < 4) {
            value = "null";
        } else {
            String type =
                    random.nextInt(150) == 0 ? "string" : schema.path("type").asText();
            value = switch (type) {
                case "integer" ->
                    random.nextInt(10) == 0
                            ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                            : Long.toString(random.nextLong() >> random.nextInt(64));
                case "number" ->
                    random.nextBoolean()
                            ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                            : Double.toString(random.nextInt(100_000) / 100.0);
                case "string" ->
                    quoted(
                            random,
                            List.of("", "plain", "\u00e4\"\\\n", "\ud83d\ude00", "\u20ac uro/")
                                    .get(random.nextInt(5)));
                case "boolean" -> Boolean.toString(random.nextBoolean());
                case "array" -> array(random, schema, depth);
                case "object" -> object(random, schema, depth);
                default -> "[1, {\"x\":" + space(random) + "[]}]";
            };
        }
        return space(random) + value + space(random);
    }

    private static String array(Random random, JsonNode schema, int depth) throws Exception {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(random, schema.get("items"), depth - 1));
        }
        return "[" + String.join(",", elements) + "]";
    }

    private static String object(Random random, JsonNode schema, int depth) throws Exception {
        List<String> members = new ArrayList<>();
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        if (random.nextInt(4) == 0) {
            Collections.shuffle(names, random);
        }
        if (!schema.has("properties") || random.nextInt(3) == 0) {
            for (int i = random.nextInt(12); i > 0; i--) {
                names.add(NAMES.get(random.nextInt(NAMES.size())));
            }
        }
        for (String name : names) {
            if (random.nextInt(6) == 0) {
                continue;
            }
            JsonNode of = schema.path("properties").has(name)
                    ? schema.get("properties").get(name)
                    : schema.path("additionalProperties");
            members.add(space(random) + quoted(random, name) + space(random) + ":" + value(random, of, depth - 1));
        }
        return "{" + String.join(",", members) + space(random) + "}";
    }
}
