package io.pagewalk.internal.schema.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema, of drafts 4 to 2020-12, as far as it says of which types values are. Every value may be missing, or null: that
 * schemas say otherwise is no promise, as nothing here validates. Immutable, and safe for use by any number of threads.
 */
public final class JsonSchema {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String title;
    private final JsonShape shape;
    private final SourceType type;

    private JsonSchema(String title, JsonShape shape) {
        this.title = title;
        this.shape = shape;
        this.type = type(shape);
    }

    /**
     * Reads a schema.
     *
     * @param name what it is called, in messages
     * @param references what it refers to, by the names that it has for it, and what these refer to
     */
    public static JsonSchema parse(String name, String text, Map<String, String> references)
            throws SchemaRefusedException {
        Map<String, JsonNode> others = new LinkedHashMap<>();
        for (Map.Entry<String, String> reference : references.entrySet()) {
            others.put(reference.getKey(), tree(reference.getKey(), reference.getValue()));
        }
        JsonNode schema = tree(name, text);
        return new JsonSchema(
                schema.path("title").asText(), new ShapeReader(new SchemaDocuments(schema, others)).read());
    }

    private static JsonNode tree(String name, String text) throws SchemaRefusedException {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SchemaRefusedException("JSON Schema " + name + " is not JSON: " + e.getOriginalMessage());
        }
    }

    private static SourceType type(JsonShape shape) {
        if (shape instanceof JsonShape.ObjectOf object) {
            List<SourceField> fields = new ArrayList<>();
            for (JsonShape.Property property : object.properties()) {
                fields.add(field(property.name(), type(property.shape())));
            }
            if (object.more()) {
                fields.add(field(object.nameOfMore(), SourceType.Value.of(ScalarKind.JSON)));
            }
            return new SourceType.Group(fields);
        }
        if (shape instanceof JsonShape.MapOf map) {
            return new SourceType.Entries(Scalar.of(ScalarKind.STRING), type(map.value()), true);
        }
        if (shape instanceof JsonShape.ListOf list) {
            return new SourceType.Many(type(list.element()), true);
        }
        return switch ((JsonShape.Simple) shape) {
            case INTEGER -> SourceType.Value.of(ScalarKind.INT64);
            case NUMBER -> SourceType.Value.of(ScalarKind.DOUBLE);
            case STRING -> SourceType.Value.of(ScalarKind.STRING);
            case BOOLEAN -> SourceType.Value.of(ScalarKind.BOOLEAN);
            case NULL -> new SourceType.Nothing();
            case ANY -> SourceType.Value.of(ScalarKind.JSON);
        };
    }

    private static SourceField field(String name, SourceType type) {
        return new SourceField(name, List.of(), 0, type, true, null);
    }

    /** Its title; empty if it has none. */
    public String title() {
        return title;
    }

    /** What values of it are. */
    public SourceType type() {
        return type;
    }

    /**
     * A reader of payloads.
     *
     * @param binding how values of {@link #type()} become the table's
     */
    public JsonSchemaDecoder decoder(Binding binding) {
        return new JsonSchemaDecoder(new ShapeCompiler().node(shape, binding));
    }
}
