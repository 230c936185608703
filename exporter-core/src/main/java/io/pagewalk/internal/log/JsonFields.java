package io.pagewalk.internal.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON object whose members are asked for by name and type; a member that is missing or of another type is an {@link
 * IllegalArgumentException} that names it.
 */
record JsonFields(JsonNode node) {
    /** All members, which are strings. */
    Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> map.put(name, text(name)));
        return map;
    }

    JsonFields object(String name) {
        JsonNode value = node.path(name);
        if (!value.isObject()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no object");
        }
        return new JsonFields(value);
    }

    /** The elements of an array of objects. */
    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        array(name).forEach(element -> objects.add(new JsonFields(element)));
        return objects;
    }

    private JsonNode array(String name) {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no array");
        }
        return value;
    }

    String text(String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no string");
        }
        return value.textValue();
    }

    long number(String name) {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no integer");
        }
        return value.longValue();
    }

    boolean has(String name) {
        return node.has(name);
    }

    boolean isNull(String name) {
        return node.path(name).isNull();
    }

    boolean bool(String name) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no boolean");
        }
        return value.booleanValue();
    }

    /** An array of arrays of {@code count} integers each. */
    List<long[]> numbers(String name, int count) {
        List<long[]> rows = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isArray() || element.size() != count) {
                throw new IllegalArgumentException(
                        "its member '" + name + "' has an element that is not " + count + " integers");
            }
            long[] row = new long[count];
            for (int i = 0; i < count; i++) {
                row[i] = whole(element.get(i), name);
            }
            rows.add(row);
        }
        return rows;
    }

    private static long whole(JsonNode value, String name) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("its member '" + name + "' holds what is no integer");
        }
        return value.longValue();
    }
}
