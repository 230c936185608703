package io.pagewalk.internal.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.error.Reasons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A JSON object whose members are taken out by name and type, each once; a member that is missing or of another type is an
 * {@link IllegalArgumentException} that names it. {@link #requireNoOthers} finds those that nobody has taken.
 */
public final class JsonFields {
    private static final int MAX_NAME = 40;

    private final JsonNode node;
    private final List<JsonFields> parts = new ArrayList<>();

    /** @param node is emptied as its members are taken */
    public JsonFields(JsonNode node) {
        this.node = node;
    }

    /** Refuses members that were not taken, here or in an object that was taken from here. */
    public void requireNoOthers() {
        if (!node.isEmpty()) {
            String name = Reasons.oneLine(node.fieldNames().next());
            throw new IllegalArgumentException(
                    "its member '" + name.substring(0, Math.min(MAX_NAME, name.length())) + "' is unknown");
        }
        parts.forEach(JsonFields::requireNoOthers);
    }

    /** Takes members that were read before. */
    void takeAll(List<String> names) {
        names.forEach(this::take);
    }

    private JsonNode take(String name) {
        JsonNode value = node instanceof ObjectNode object ? object.remove(name) : null;
        return value == null ? MissingNode.getInstance() : value;
    }

    private JsonFields part(JsonNode value) {
        JsonFields part = new JsonFields(value);
        parts.add(part);
        return part;
    }

    /** An object, whose members are taken in turn. */
    public JsonFields object(String name) {
        JsonNode value = take(name);
        if (!value.isObject()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no object");
        }
        return part(value);
    }

    /** The members of an object that has strings only. */
    public Map<String, String> map(String name) {
        return members(name, JsonFields::text);
    }

    /** The members of an object that has integers only. */
    public Map<String, Long> numbersByName(String name) {
        return members(name, JsonFields::number);
    }

    private <T> Map<String, T> members(String name, BiFunction<JsonFields, String, T> member) {
        JsonFields fields = object(name);
        List<String> names = new ArrayList<>();
        fields.node.fieldNames().forEachRemaining(names::add);
        Map<String, T> map = new LinkedHashMap<>();
        names.forEach(each -> map.put(each, member.apply(fields, each)));
        return map;
    }

    /** The elements of an array of objects. */
    List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        array(name).forEach(element -> objects.add(part(element)));
        return objects;
    }

    private JsonNode array(String name) {
        JsonNode value = take(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no array");
        }
        return value;
    }

    /** A string. */
    public String text(String name) {
        JsonNode value = take(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no string");
        }
        return value.textValue();
    }

    /** An integer. */
    public long number(String name) {
        JsonNode value = take(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no integer");
        }
        return value.longValue();
    }

    /** Whether it is still there to be taken. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Takes a member if it is null. */
    boolean takeNull(String name) {
        return node.path(name).isNull() && take(name).isNull();
    }

    /** A boolean. */
    public boolean bool(String name) {
        JsonNode value = take(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("its member '" + name + "' is missing or no boolean");
        }
        return value.booleanValue();
    }

    /** An array of integers. */
    public List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        array(name).forEach(element -> numbers.add(whole(element, name)));
        return numbers;
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
