package io.pagewalk.internal.sink.typed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Draws values of a column as trees: null; a Long for what is a number, else a byte array; a list of the members of a struct, or of the
 * elements of a list; a map from the text of a key to the pair of key and value. Makes events of them, and texts to compare.
 */
final class RandomValues {
    private static final long[] NUMBERS = {0, 1, -1, 127, -128, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {"", "a", "NEW", "PAID", "über", "\u4e2d\ud83d\ude00", "tab\t\"q\"\\\n\u0001"
    };
    private static final String[] JSON = {
        "null", "{\"a\": [1, 2.5e3]}", "[]", "\"x\"", "{\n\"b\":\r\n null}", "-0.1", " true "
    };

    record Entry(Object key, Object value) {}

    private RandomValues() {}

    static Object draw(Place place, Random random) {
        if (place.member().optional() && random.nextInt(5) == 0) {
            return null;
        }
        ColumnType type = place.member().type();
        if (type instanceof ColumnType.Scalar scalar) {
            return scalar(scalar, random);
        } else if (type instanceof ColumnType.Struct) {
            return place.children().stream()
                    .map(child -> draw(child, random))
                    .collect(Collectors.toCollection(ArrayList::new));
        } else if (type instanceof ColumnType.ListOf) {
            List<Object> list = new ArrayList<>();
            for (int i = count(random); i > 0; i--) {
                list.add(draw(place.children().get(0), random));
            }
            return list;
        }
        Map<String, Entry> map = new LinkedHashMap<>();
        for (int i = count(random); i > 0; i--) {
            Object key = draw(place.children().get(0), random);
            map.put(
                    text(place.children().get(0), key),
                    new Entry(key, draw(place.children().get(1), random)));
        }
        return map;
    }

    private static int count(Random random) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(4);
    }

    private static Object scalar(ColumnType.Scalar type, Random random) {
        boolean common = random.nextInt(3) > 0;
        return switch (type.kind()) {
            case BOOLEAN -> (long) random.nextInt(2);
            case INT32 -> common ? NUMBERS[random.nextInt(NUMBERS.length)] : (long) random.nextInt();
            case INT64 -> common ? random.nextInt(1000) : random.nextLong();
            case FLOAT -> (long) (common ? Float.floatToIntBits(random.nextInt(100) / 8f) : random.nextInt());
            case DOUBLE -> common ? Double.doubleToLongBits(random.nextInt(100) / 100.0) : random.nextLong();
            case DECIMAL -> decimal(type, random);
            case DATE -> (long) (random.nextInt(60_000) - 20_000);
            case TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MILLIS -> random.nextLong(-5_000_000_000_000L, 5_000_000_000_000L);
            case TIMESTAMP_MICROS, LOCAL_TIMESTAMP_MICROS ->
                random.nextLong(-5_000_000_000_000_000L, 5_000_000_000_000_000L);
            case TIMESTAMP_NANOS, LOCAL_TIMESTAMP_NANOS ->
                random.nextLong(-5_000_000_000_000_000_000L, 5_000_000_000_000_000_000L);
            case STRING -> (common ? TEXTS[random.nextInt(TEXTS.length)] : "text " + random.nextInt()).getBytes(UTF_8);
            case JSON -> JSON[random.nextInt(JSON.length)].getBytes(UTF_8);
            case BYTES -> bytes(random, random.nextInt(30));
            case FIXED -> bytes(random, type.precision());
        };
    }

    private static Object decimal(ColumnType.Scalar type, Random random) {
        BigInteger most =
                BigInteger.TEN.pow(1 + random.nextInt(type.precision())).subtract(BigInteger.ONE);
        BigInteger value = new BigInteger(130, random).mod(most.add(BigInteger.ONE));
        value = random.nextBoolean() ? value : value.negate();
        if (type.isNumber()) {
            return value.longValueExact();
        }
        return value.toByteArray();
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Makes events, those of the members of a struct in any order. */
    static void emit(Place place, Object value, int repetition, RowEvents events, Random random) {
        ColumnType type = place.member().type();
        if (value == null) {
            absent(place, repetition, place.absent(), events);
        } else if (type instanceof ColumnType.Scalar) {
            if (value instanceof Long number) {
                events.number(place.firstLeaf(), repetition, place.definition(), number);
            } else {
                byte[] bytes = (byte[]) value;
                events.made(place.firstLeaf(), repetition, place.definition(), bytes, 0, bytes.length);
            }
        } else if (type instanceof ColumnType.Struct) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < place.children().size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            for (int i : order) {
                emit(place.children().get(i), ((List<?>) value).get(i), repetition, events, random);
            }
        } else if (type instanceof ColumnType.ListOf) {
            List<?> list = (List<?>) value;
            if (list.isEmpty()) {
                absent(place, repetition, place.definition(), events);
            }
            for (int i = 0; i < list.size(); i++) {
                emit(
                        place.children().get(0),
                        list.get(i),
                        i == 0 ? repetition : place.repetition() + 1,
                        events,
                        random);
            }
        } else {
            Map<?, ?> map = (Map<?, ?>) value;
            if (map.isEmpty()) {
                absent(place, repetition, place.definition(), events);
            }
            int next = repetition;
            for (Object each : map.values()) {
                Entry entry = (Entry) each;
                emit(place.children().get(0), entry.key(), next, events, random);
                emit(place.children().get(1), entry.value(), next, events, random);
                next = place.repetition() + 1;
            }
        }
    }

    private static void absent(Place place, int repetition, int definition, RowEvents events) {
        for (int leaf = place.firstLeaf(); leaf < place.endLeaf(); leaf++) {
            events.absent(leaf, repetition, definition);
        }
    }

    static String text(Place place, Object value) {
        ColumnType type = place.member().type();
        if (value == null) {
            return "null";
        } else if (type instanceof ColumnType.Scalar scalar) {
            return text(scalar, value);
        } else if (type instanceof ColumnType.Struct) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < place.children().size(); i++) {
                text.append(text(place.children().get(i), ((List<?>) value).get(i)))
                        .append(';');
            }
            return text.append('}').toString();
        } else if (type instanceof ColumnType.ListOf) {
            return ((List<?>) value)
                    .stream()
                            .map(each -> text(place.children().get(0), each))
                            .toList()
                            .toString();
        }
        return ((Map<?, ?>) value)
                .values().stream()
                        .map(each -> (Entry) each)
                        .map(each -> text(place.children().get(0), each.key()) + "="
                                + text(place.children().get(1), each.value()))
                        .sorted()
                        .toList()
                        .toString();
    }

    private static String text(ColumnType.Scalar type, Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        long number = (Long) value;
        return Long.toString(
                switch (type.kind()) {
                    case FLOAT -> Float.floatToIntBits(Float.intBitsToFloat((int) number));
                    case DOUBLE -> Double.doubleToLongBits(Double.longBitsToDouble(number));
                    default -> number;
                });
    }
}
