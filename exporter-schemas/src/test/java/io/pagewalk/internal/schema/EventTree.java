package io.pagewalk.internal.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.row.ColumnType.ListOf;
import io.pagewalk.row.ColumnType.MapOf;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.RowLayout.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts events together to what they mean, as a reader of Parquet does: structs and maps as maps, lists as lists. It fails where the
 * levels of leaves contradict each other.
 */
public final class EventTree {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final RowEvents events;
    private final List<Deque<Integer>> leaves = new ArrayList<>();

    private EventTree(RowLayout layout, RowEvents events) {
        this.events = events;
        layout.leaves().forEach(leaf -> leaves.add(new ArrayDeque<>()));
        for (int event = 0; event < events.count(); event++) {
            leaves.get(events.leaf(event)).add(event);
        }
    }

    public static Object of(RowLayout layout, RowEvents events) {
        EventTree tree = new EventTree(layout, events);
        Object value = tree.value(layout.root(), 0);
        if (tree.leaves.stream().anyMatch(leaf -> !leaf.isEmpty())) {
            throw new AssertionError("events are left over after " + value);
        }
        return value;
    }

    private int first(Place place) {
        Integer event = leaves.get(place.firstLeaf()).peek();
        if (event == null) {
            throw new AssertionError("no event for " + place.member());
        }
        return event;
    }

    private void consume(Place place, int repetition, int definition) {
        for (int leaf = place.firstLeaf(); leaf < place.endLeaf(); leaf++) {
            Integer event = leaves.get(leaf).poll();
            if (event == null || events.repetition(event) != repetition || events.definition(event) != definition) {
                throw new AssertionError("levels of leaf " + leaf + " at " + place.member());
            }
        }
    }

    private Object value(Place place, int repetition) {
        int definition = events.definition(first(place));
        if (definition < place.definition()) {
            if (!place.member().optional()) {
                throw new AssertionError("null: " + place.member());
            }
            consume(place, repetition, place.absent());
            return null;
        }
        if (place.member().type() instanceof Scalar scalar) {
            int event = first(place);
            Object value = scalar(scalar, event);
            consume(place, repetition, place.definition());
            return value;
        }
        if (place.member().type() instanceof ListOf) {
            List<Object> values = new ArrayList<>();
            if (definition == place.definition()) {
                consume(place, repetition, definition);
                return values;
            }
            int level = repetition;
            do {
                values.add(value(place.children().get(0), level));
                level = place.repetition() + 1;
            } while (goesOn(place));
            return values;
        }
        Map<Object, Object> values = new LinkedHashMap<>();
        if (place.member().type() instanceof MapOf) {
            if (definition == place.definition()) {
                consume(place, repetition, definition);
                return values;
            }
            int level = repetition;
            do {
                Object key = value(place.children().get(0), level);
                if (values.containsKey(key)) {
                    throw new AssertionError("key twice: " + key);
                }
                values.put(key, value(place.children().get(1), level));
                level = place.repetition() + 1;
            } while (goesOn(place));
            return values;
        }
        for (Place child : place.children()) {
            values.put(child.member().name(), value(child, repetition));
        }
        return values;
    }

    private boolean goesOn(Place place) {
        Integer next = leaves.get(place.firstLeaf()).peek();
        return next != null && events.repetition(next) == place.repetition() + 1;
    }

    private Object scalar(Scalar scalar, int event) {
        if (scalar.isNumber()) {
            long number = events.number(event);
            return switch (scalar.kind()) {
                case BOOLEAN -> number == 1;
                case FLOAT -> Float.intBitsToFloat((int) number);
                case DOUBLE -> Double.longBitsToDouble(number);
                default -> number;
            };
        }
        int offset = events.offset(event);
        byte[] bytes = Arrays.copyOfRange(events.array(event), offset, offset + events.length(event));
        return switch (scalar.kind()) {
            case STRING -> new String(bytes, UTF_8);
            case DECIMAL -> new BigDecimal(new BigInteger(bytes), scalar.scale());
            case JSON -> json(new String(bytes, UTF_8));
            default -> HexFormat.of().formatHex(bytes);
        };
    }

    /** Numbers with a fraction as 32 bits, as they may have been that before they were text. */
    private static JsonNode comparable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, comparable(object.get(name))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, comparable(array.get(i)));
            }
        } else if (node.isDouble() && !Float.isInfinite((float) node.doubleValue())) {
            return FloatNode.valueOf((float) node.doubleValue());
        }
        return node;
    }

    /** A text of JSON as it is compared. */
    public static Object json(String text) {
        try {
            return comparable(MAPPER.readTree(text));
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }
}
