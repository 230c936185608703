package io.pagewalk.internal.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.error.NewerVersionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Schemas as files that are written once and named by their digest. A file has all that the schema refers to, each once, and the same
 * schema gives the same bytes.
 */
public final class SchemaFileCodec {
    /** The most bytes of a file: a character may take six, as an escape. */
    public static final int MOST_BYTES = 6 * RegisteredSchema.MOST_TEXT + (4 << 20);

    private static final int VERSION = 1;
    private static final String WHOLE = "the schema file";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SchemaFileCodec() {}

    /** The file's bytes. */
    public static byte[] encode(RegisteredSchema schema) {
        ObjectNode file = MAPPER.createObjectNode();
        file.put("version", VERSION);
        ArrayNode schemas = file.putArray("schemas");
        Map<String, Integer> places = new HashMap<>();
        for (RegisteredSchema each : schema.all()) {
            ObjectNode node = schemas.addObject();
            node.put("kind", each.kind().toString());
            node.put("text", each.text());
            ArrayNode references = node.putArray("references");
            for (RegisteredSchema.Named reference : each.references()) {
                references
                        .addObject()
                        .put("name", reference.name())
                        .put("schema", places.get(reference.schema().digest()));
            }
            places.put(each.digest(), places.size());
        }
        try {
            return MAPPER.writeValueAsBytes(file);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can be written", e);
        }
    }

    /**
     * The schema of a file.
     *
     * @param digest that of the file's name
     * @throws IllegalArgumentException if it is damaged, or has another digest; the message does not repeat any of it
     * @throws NewerVersionException if a newer version wrote it
     */
    public static RegisteredSchema decode(byte[] file, String digest) {
        if (file.length > MOST_BYTES) {
            throw new IllegalArgumentException(WHOLE + " is too large");
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(WHOLE + " is not JSON");
        }
        JsonNode version = node.path("version");
        if (!version.canConvertToInt() || !version.isIntegralNumber() || version.intValue() < 1) {
            throw new IllegalArgumentException(WHOLE + " has no version");
        }
        if (version.intValue() > VERSION) {
            throw NewerVersionException.of(WHOLE, "it has version " + version.intValue(), Integer.toString(VERSION));
        }
        JsonNode schemas = node.path("schemas");
        if (!schemas.isArray()
                || schemas.isEmpty()
                || schemas.size() > RegisteredSchema.MOST_SCHEMAS
                || node.size() != 2) {
            throw new IllegalArgumentException(WHOLE + " has no schemas");
        }
        try {
            List<RegisteredSchema> read = new ArrayList<>();
            for (JsonNode each : schemas) {
                read.add(schema(each, read));
            }
            RegisteredSchema schema = read.get(read.size() - 1);
            if (!schema.digest().equals(digest)) {
                throw new IllegalArgumentException(WHOLE + " holds another schema than the one it is named by");
            }
            return schema;
        } catch (RegisteredSchema.UnboundedSchemaException e) {
            throw new IllegalArgumentException(WHOLE + ": " + e.reason());
        }
    }

    private static RegisteredSchema schema(JsonNode node, List<RegisteredSchema> before)
            throws RegisteredSchema.UnboundedSchemaException {
        List<RegisteredSchema.Named> references = new ArrayList<>();
        if (!node.path("references").isArray() || node.size() != 3) {
            throw new IllegalArgumentException(WHOLE + " has a schema that is not whole");
        }
        for (JsonNode reference : node.path("references")) {
            JsonNode place = reference.path("schema");
            if (!place.isIntegralNumber()
                    || !place.canConvertToInt()
                    || place.intValue() < 0
                    || place.intValue() >= before.size()
                    || reference.size() != 2) {
                throw new IllegalArgumentException(WHOLE + " has a reference to nothing");
            }
            references.add(new RegisteredSchema.Named(text(reference, "name"), before.get(place.intValue())));
        }
        return RegisteredSchema.of(SchemaKind.of(text(node, "kind")), text(node, "text"), references);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(WHOLE + " has no '" + name + "'");
        }
        return value.textValue();
    }
}
