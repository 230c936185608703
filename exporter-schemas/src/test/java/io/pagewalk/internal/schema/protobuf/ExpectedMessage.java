package io.pagewalk.internal.schema.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.pagewalk.internal.schema.EventTree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a table holds for a message, worked out of Protobuf's own reading of it. Times are in microseconds. */
public final class ExpectedMessage {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> JSON_TYPES =
            Set.of("google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue");
    private static final String TIMESTAMP = "google.protobuf.Timestamp";

    private ExpectedMessage() {}

    public static Object of(Message message) {
        return message(message, Set.of());
    }

    private static Object message(Message message, Set<Descriptor> above) {
        Descriptor type = message.getDescriptorForType();
        if (JSON_TYPES.contains(type.getFullName()) || above.contains(type)) {
            return EventTree.json(json(message).toString());
        }
        if (type.getFullName().equals(TIMESTAMP)) {
            return seconds(message) * 1_000_000 + nanos(message) / 1_000;
        }
        if (type.getFullName().endsWith("Value") && type.getFullName().startsWith("google")) {
            return scalar(
                    type.getFields().get(0), message.getField(type.getFields().get(0)));
        }
        Set<Descriptor> within = new HashSet<>(above);
        within.add(type);
        Map<Object, Object> fields = new LinkedHashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            fields.put(field.getName(), field(message, field, within));
        }
        return fields;
    }

    private static Object field(Message message, FieldDescriptor field, Set<Descriptor> above) {
        if (field.isMapField()) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (Object entry : (List<?>) message.getField(field)) {
                Message pair = (Message) entry;
                List<FieldDescriptor> parts = field.getMessageType().getFields();
                entries.put(
                        value(parts.get(0), pair.getField(parts.get(0)), above),
                        value(parts.get(1), pair.getField(parts.get(1)), above));
            }
            return entries;
        }
        if (field.isRepeated()) {
            List<Object> values = new ArrayList<>();
            for (Object one : (List<?>) message.getField(field)) {
                values.add(value(field, one, above));
            }
            return values;
        }
        return field.hasPresence() && !message.hasField(field) ? null : value(field, message.getField(field), above);
    }

    private static Object value(FieldDescriptor field, Object value, Set<Descriptor> above) {
        return value instanceof Message message ? message(message, above) : scalar(field, value);
    }

    private static Object scalar(FieldDescriptor field, Object value) {
        return switch (field.getType()) {
            case UINT64, FIXED64 -> new BigDecimal(Long.toUnsignedString((long) value));
            case UINT32, FIXED32 -> Integer.toUnsignedLong((int) value);
            case INT32, SINT32, SFIXED32 -> (long) (int) value;
            case BYTES -> HexFormat.of().formatHex(((ByteString) value).toByteArray());
            case ENUM -> name((EnumValueDescriptor) value);
            default -> value;
        };
    }

    private static String name(EnumValueDescriptor value) {
        EnumValueDescriptor known = value.getType().findValueByNumber(value.getNumber());
        return known == null ? Integer.toString(value.getNumber()) : known.getName();
    }

    private static long seconds(Message message) {
        return (long) message.getField(message.getDescriptorForType().findFieldByNumber(1));
    }

    private static int nanos(Message message) {
        return (int) message.getField(message.getDescriptorForType().findFieldByNumber(2));
    }

    private static JsonNode json(Message message) {
        Descriptor type = message.getDescriptorForType();
        String name = type.getFullName();
        if (name.equals(TIMESTAMP)) {
            return JSON.textNode(
                    Instant.ofEpochSecond(seconds(message), nanos(message)).toString());
        }
        if (name.equals("google.protobuf.Value")) {
            for (FieldDescriptor field : type.getFields()) {
                if (message.hasField(field) && field.getNumber() != 1) {
                    return json(message, field);
                }
            }
            return JSON.nullNode();
        }
        if (JSON_TYPES.contains(name) || (name.startsWith("google.protobuf.") && name.endsWith("Value"))) {
            return json(message, type.getFields().get(0));
        }
        ObjectNode object = JSON.objectNode();
        for (FieldDescriptor field : type.getFields()) {
            if (!field.hasPresence() || message.hasField(field)) {
                object.set(field.getName(), json(message, field));
            }
        }
        return object;
    }

    private static JsonNode json(Message message, FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode object = JSON.objectNode();
            for (Object entry : (List<?>) message.getField(field)) {
                Message pair = (Message) entry;
                List<FieldDescriptor> parts = field.getMessageType().getFields();
                JsonNode key = jsonValue(parts.get(0), pair.getField(parts.get(0)));
                object.set(key.asText(), jsonValue(parts.get(1), pair.getField(parts.get(1))));
            }
            return object;
        }
        if (field.isRepeated()) {
            ArrayNode array = JSON.arrayNode();
            for (Object one : (List<?>) message.getField(field)) {
                array.add(jsonValue(field, one));
            }
            return array;
        }
        return jsonValue(field, message.getField(field));
    }

    private static JsonNode jsonValue(FieldDescriptor field, Object value) {
        if (value instanceof Message message) {
            return json(message);
        }
        if (value instanceof ByteString bytes) {
            return JSON.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number)
                    ? JSON.textNode(value.toString())
                    : JSON.numberNode(Double.parseDouble(value.toString()));
        }
        Object scalar = scalar(field, value);
        if (scalar instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal.toBigInteger());
        }
        return scalar instanceof Boolean truth
                ? JSON.booleanNode(truth)
                : scalar instanceof Long number ? JSON.numberNode(number) : JSON.textNode((String) scalar);
    }
}
