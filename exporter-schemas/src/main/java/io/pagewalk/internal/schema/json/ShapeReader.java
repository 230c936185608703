package io.pagewalk.internal.schema.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.json.JsonShape.ObjectOf;
import io.pagewalk.internal.schema.json.JsonShape.Property;
import io.pagewalk.internal.schema.json.JsonShape.Simple;
import io.pagewalk.internal.schema.json.SchemaDocuments.Located;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads shapes from schemas of drafts 4 to 2020-12: of their keywords those that say of which type a value is. Whatever is of several
 * types, or comes again within itself, is any JSON.
 */
final class ShapeReader {
    /** More than any table may have. Schemas that refer to each other unfold to any number. */
    static final int MAX_LEAVES = 10_000;

    /** How deep values with columns may be nested. Each level may take three levels of definition, of which there are 255. */
    static final int MAX_DEPTH = 60;

    private final SchemaDocuments documents;
    private final Set<JsonNode> within = Collections.newSetFromMap(new IdentityHashMap<>());
    private int leaves;
    private int depth;

    ShapeReader(SchemaDocuments documents) {
        this.documents = documents;
    }

    JsonShape read() throws SchemaRefusedException {
        return shape(documents.root());
    }

    private JsonShape shape(Located schema) throws SchemaRefusedException {
        JsonNode node = schema.node();
        if (!node.isObject() || !within.add(node)) {
            return leaf(Simple.ANY);
        }
        if (++depth > MAX_DEPTH) {
            throw new SchemaRefusedException("values of the JSON Schema are nested more than " + MAX_DEPTH + " deep");
        }
        JsonShape shape = node.path("$ref").isTextual()
                ? shape(documents.follow(schema, node.get("$ref").textValue()))
                : described(schema);
        depth--;
        within.remove(node);
        return shape;
    }

    private JsonShape leaf(Simple shape) throws SchemaRefusedException {
        if (++leaves > MAX_LEAVES) {
            throw new SchemaRefusedException("the JSON Schema has more than " + MAX_LEAVES + " columns");
        }
        return shape;
    }

    private JsonShape described(Located schema) throws SchemaRefusedException {
        JsonNode node = schema.node();
        if (node.has("$dynamicRef") || node.has("$recursiveRef")) {
            return leaf(Simple.ANY);
        }
        Set<String> types = types(node);
        boolean nothing = types.remove("null") && types.isEmpty();
        if (nothing) {
            return leaf(Simple.NULL);
        }
        Simple simple = simple(types);
        if (simple != null) {
            return leaf(simple);
        }
        if (node.path("allOf").isArray()) {
            return allOf(schema, types);
        }
        // An object's own properties say more than what its alternatives add to them, which is kept beside them.
        JsonNode alternatives = node.path("oneOf").isArray() ? node.get("oneOf") : node.path("anyOf");
        if (alternatives.isArray() && !hasProperties(node)) {
            List<JsonNode> others = new ArrayList<>();
            alternatives.forEach(one -> {
                if (!isNull(one)) {
                    others.add(one);
                }
            });
            return others.size() == 1 ? shape(schema.part(others.get(0))) : leaf(Simple.ANY);
        }
        return own(schema, types);
    }

    /** What a schema says without the others that it combines. */
    private JsonShape own(Located schema, Set<String> types) throws SchemaRefusedException {
        JsonNode node = schema.node();
        if (types.isEmpty()) {
            if (isTexts(node)) {
                return leaf(Simple.STRING);
            }
            return hasProperties(node) ? object(schema) : leaf(Simple.ANY);
        }
        if (types.equals(Set.of("object"))) {
            return object(schema);
        }
        JsonNode items = node.path("items");
        if (types.equals(Set.of("array")) && items.isObject() && !items.isEmpty() && !node.has("prefixItems")) {
            return new JsonShape.ListOf(shape(schema.part(items)));
        }
        return leaf(Simple.ANY);
    }

    private static Set<String> types(JsonNode node) {
        Set<String> types = new LinkedHashSet<>();
        JsonNode type = node.path("type");
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        for (JsonNode one : type) {
            types.add(one.isTextual() ? one.textValue() : "any");
        }
        return types;
    }

    private static @Nullable Simple simple(Set<String> types) {
        if (types.equals(Set.of("integer"))) {
            return Simple.INTEGER;
        }
        if (types.equals(Set.of("number")) || types.equals(Set.of("integer", "number"))) {
            return Simple.NUMBER;
        }
        if (types.equals(Set.of("string"))) {
            return Simple.STRING;
        }
        return types.equals(Set.of("boolean")) ? Simple.BOOLEAN : null;
    }

    private static boolean hasProperties(JsonNode node) {
        return node.path("properties").isObject() && !node.get("properties").isEmpty();
    }

    private static boolean isNull(JsonNode schema) {
        return types(schema).equals(Set.of("null"))
                || schema.path("const").isNull()
                || (schema.path("enum").size() == 1 && schema.get("enum").get(0).isNull());
    }

    /** Whether all that a value may be is texts, or null. */
    private static boolean isTexts(JsonNode node) {
        boolean some = node.path("const").isTextual();
        for (JsonNode one : node.path("enum")) {
            if (!one.isTextual() && !one.isNull()) {
                return false;
            }
            some |= one.isTextual();
        }
        return some;
    }

    private JsonShape object(Located schema) throws SchemaRefusedException {
        JsonNode node = schema.node();
        JsonNode additional = node.path("additionalProperties");
        boolean patterns = !node.path("patternProperties").isEmpty();
        if (!hasProperties(node)) {
            return additional.isObject() && !additional.isEmpty() && !patterns
                    ? new JsonShape.MapOf(shape(schema.part(additional)))
                    : leaf(Simple.ANY);
        }
        boolean more = patterns || !(additional.isBoolean() && !additional.booleanValue());
        List<Property> properties = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : node.get("properties").properties()) {
            if (property.getKey().isEmpty()) {
                // No file has a column without a name.
                more = true;
            } else {
                properties.add(new Property(property.getKey(), shape(schema.part(property.getValue()))));
            }
        }
        return properties.isEmpty() ? leaf(Simple.ANY) : new ObjectOf(properties, more);
    }

    private JsonShape allOf(Located schema, Set<String> types) throws SchemaRefusedException {
        List<JsonShape> shapes = new ArrayList<>();
        for (JsonNode part : schema.node().get("allOf")) {
            if (saysType(part)) {
                shapes.add(shape(schema.part(part)));
            }
        }
        if (hasProperties(schema.node()) || (shapes.isEmpty() && !types.isEmpty())) {
            shapes.add(own(schema, types));
        }
        if (shapes.size() == 1) {
            return shapes.get(0);
        }
        Map<String, Property> merged = new LinkedHashMap<>();
        boolean more = false;
        for (JsonShape shape : shapes) {
            if (!(shape instanceof ObjectOf object)) {
                return leaf(Simple.ANY);
            }
            more |= object.more();
            for (Property property : object.properties()) {
                merged.merge(
                        property.name(),
                        property,
                        (one, other) -> one.equals(other) ? one : new Property(one.name(), Simple.ANY));
            }
        }
        return merged.isEmpty() ? leaf(Simple.ANY) : new ObjectOf(List.copyOf(merged.values()), more);
    }

    /** Whether a schema is more than a condition on values whose type another one says. */
    private static boolean saysType(JsonNode schema) {
        for (String keyword : List.of("$ref", "type", "properties", "allOf", "oneOf", "anyOf", "enum", "const")) {
            if (schema.has(keyword)) {
                return true;
            }
        }
        return false;
    }
}
