package io.pagewalk.it.typed;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.internal.schema.EventTree;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value that a reader has found is the one that an oracle knows of. Readers give times, days, bytes and decimals as numbers or as
 * texts of their own kind; the oracle says which they are.
 */
final class OracleMatch {
    private OracleMatch() {}

    /** Where they differ, or null. */
    static @Nullable String difference(@Nullable Object expected, JsonNode found) {
        return difference("", expected, found);
    }

    private static @Nullable String difference(String path, @Nullable Object expected, JsonNode found) {
        if (expected == null) {
            return found.isNull() ? null : at(path, expected, found);
        }
        if (expected instanceof JsonNode json && json.isNull() && found.isNull()) {
            return null;
        }
        if (expected instanceof Map<?, ?> members) {
            return found.isObject() ? members(path, members, found) : at(path, expected, found);
        }
        if (expected instanceof List<?> elements) {
            if (!found.isArray() || found.size() != elements.size()) {
                return at(path, expected, found);
            }
            Iterator<JsonNode> all = found.iterator();
            int index = 0;
            for (Object element : elements) {
                String difference = difference(path + "[" + index++ + "]", element, all.next());
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        return isSame(expected, found) ? null : at(path, expected, found);
    }

    private static @Nullable String members(String path, Map<?, ?> members, JsonNode found) {
        Map<String, @Nullable Object> byName = new TreeMap<>();
        members.forEach((name, value) ->
                byName.put(name instanceof BigDecimal number ? number.toPlainString() : String.valueOf(name), value));
        if (byName.size() != found.size()) {
            return at(path, members, found);
        }
        for (Map.Entry<String, @Nullable Object> member : byName.entrySet()) {
            String place = path + "." + member.getKey();
            JsonNode value = found.get(member.getKey());
            String difference =
                    value == null ? at(place, member.getValue(), found) : difference(place, member.getValue(), value);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static boolean isSame(Object expected, JsonNode found) {
        String text = found.asText();
        if (expected instanceof JsonNode json) {
            // A text may be JSON, as in Parquet, or a JSON text of its own.
            return sameJson(json, found.toString()) || (found.isTextual() && sameJson(json, text));
        }
        if (expected instanceof Boolean || !(expected instanceof Number || expected instanceof String)) {
            return found.isBoolean() && text.equals(expected.toString());
        }
        if (expected instanceof Long number) {
            return found.isIntegralNumber() ? found.asLong() == number : found.isTextual() && time(text, number);
        }
        if (expected instanceof BigDecimal decimal) {
            return (found.isTextual() || found.isNumber()) && new BigDecimal(text).compareTo(decimal) == 0;
        }
        if (expected instanceof Float number) {
            return Float.valueOf(Float.parseFloat(text)).equals(number);
        }
        if (expected instanceof Double number) {
            return Double.valueOf(Double.parseDouble(text)).equals(number);
        }
        return found.isTextual() && (text.equals(expected) || hexadecimal(text).contains((String) expected));
    }

    private static boolean sameJson(JsonNode expected, String found) {
        try {
            return EventTree.json(found).equals(expected);
        } catch (AssertionError e) {
            return false;
        }
    }

    /** A day, or a time. */
    private static boolean time(String text, long number) {
        if (text.matches("[+-]?[0-9]{4,}-[0-9]{2}-[0-9]{2}")) {
            return LocalDate.parse(text).toEpochDay() == number;
        }
        Instant time = Instant.parse(text.endsWith("Z") ? text : text + "Z");
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000 == number;
    }

    /** What the text stands for, if that is bytes: the oracles give their digits, one of them behind 0x. */
    private static List<String> hexadecimal(String text) {
        try {
            String digits = text.startsWith("0x")
                    ? text.substring(2)
                    : HexFormat.of().formatHex(Base64.getDecoder().decode(text));
            return List.of(digits, "0x" + digits);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String at(String path, @Nullable Object expected, JsonNode found) {
        return path + ": expected " + expected + ", but found " + found;
    }
}
