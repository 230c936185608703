package io.pagewalk.internal.schema.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Versions of a record at random, of which is known which fields are the same one, whatever they are called: fields are added, deleted,
 * added again, renamed, moved, widened, may become null, and no longer.
 */
final class Evolution {
    /** How types of a field grow. Each converts to any that comes later in its row, and what comes later may go back. */
    private static final List<List<String>> LADDERS = List.of(
            List.of("\"int\"", "\"long\""),
            List.of("\"int\"", "\"double\""),
            List.of("\"float\"", "\"double\""),
            List.of(decimal(5, 2), decimal(9, 2), decimal(12, 4), decimal(30, 6)),
            List.of(symbols("\"A\",\"B\""), symbols("\"Z\",\"B\",\"A\""), "\"string\""),
            List.of(logical("timestamp-millis"), logical("timestamp-micros")),
            List.of("{\"type\":\"fixed\",\"name\":\"FX\",\"size\":3}", "\"bytes\""),
            List.of("\"boolean\""));

    /** A field through all versions. */
    static final class Line {
        final int id;
        final List<String> ladder;
        String name;
        /** What it is called in the newest version that has it. */
        String published;

        int step;
        boolean nullable;

        @Nullable
        String alias;

        boolean isThere = true;
        boolean hasDefault;

        Line(int id, List<String> ladder) {
            this.id = id;
            this.ladder = ladder;
            name = "f" + id;
            published = name;
        }
    }

    private final Random random;
    private final List<Line> lines = new ArrayList<>();
    private final List<Line> order = new ArrayList<>();
    /** Of each version, the fields' ids in its order. */
    final List<List<Integer>> ids = new ArrayList<>();

    final List<String> texts = new ArrayList<>();

    Evolution(Random random, int versions) {
        this.random = random;
        for (int count = 0; count < 4; count++) {
            add();
        }
        for (int version = 0; version < versions; version++) {
            if (version > 0) {
                for (Line line : lines) {
                    line.alias = null;
                }
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    change();
                }
            }
            order.forEach(line -> line.published = line.name);
            ids.add(order.stream().map(line -> line.id).toList());
            texts.add(record(order.stream().map(this::field).collect(Collectors.joining(","))));
        }
    }

    private static String decimal(int precision, int scale) {
        return "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":" + precision + ",\"scale\":" + scale
                + "}";
    }

    private static String symbols(String symbols) {
        return "{\"type\":\"enum\",\"name\":\"%\",\"symbols\":[" + symbols + "]}";
    }

    private static String logical(String name) {
        return "{\"type\":\"long\",\"logicalType\":\"" + name + "\"}";
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"Outer\",\"fields\":[{\"name\":\"items\",\"type\":{\"type\":\"array\",\"items\":"
                + "{\"type\":\"record\",\"name\":\"Evo\",\"fields\":[" + fields + "]}}}]}";
    }

    private String field(Line line) {
        String type = line.ladder.get(line.step).replace("%", "E" + line.id).replace("FX", "X" + line.id);
        String whole = line.nullable ? "[\"null\"," + type + "]" : type;
        String alias = line.alias == null ? "" : ",\"aliases\":[\"" + line.alias + "\"]";
        String preset = line.nullable ? ",\"default\":null" : line.hasDefault ? ",\"default\":" + presetOf(line) : "";
        return "{\"name\":\"" + line.name + "\",\"type\":" + whole + alias + preset + "}";
    }

    private static String presetOf(Line line) {
        String type = line.ladder.get(line.step);
        if (type.contains("decimal")) {
            return "\"\\u0007\"";
        }
        if (type.contains("enum") || type.contains("string")) {
            return "\"B\"";
        }
        if (type.contains("fixed") || type.contains("bytes")) {
            return "\"abc\"";
        }
        return type.contains("boolean") ? "true" : "7";
    }

    private void add() {
        Line line = new Line(lines.size(), LADDERS.get(random.nextInt(LADDERS.size())));
        line.nullable = random.nextBoolean();
        line.hasDefault = random.nextBoolean();
        lines.add(line);
        order.add(random.nextInt(order.size() + 1), line);
    }

    private void change() {
        Line line = lines.get(random.nextInt(lines.size()));
        switch (random.nextInt(6)) {
            case 0 -> add();
            case 1 -> {
                if (line.isThere && order.size() > 1) {
                    line.isThere = false;
                    line.name = line.published;
                    line.alias = null;
                    order.remove(line);
                } else if (!line.isThere) {
                    line.isThere = true;
                    order.add(line);
                }
            }
            case 2 -> {
                if (line.isThere && line.alias == null) {
                    line.alias = line.name;
                    line.name = line.name + "r";
                }
            }
            case 3 -> line.step = random.nextInt(line.ladder.size());
            case 4 -> line.nullable = !line.nullable;
            default -> {
                if (order.remove(line)) {
                    order.add(random.nextInt(order.size() + 1), line);
                }
            }
        }
    }

    /** A list of some items of a version, and what the table has of them. */
    Object value(Schema schema, RandomAvro avro) {
        Schema item = schema.getField("items").schema().getElementType();
        List<Object> items = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            GenericData.Record record = new GenericData.Record(item);
            item.getFields().forEach(field -> record.put(field.pos(), avro.value(field.schema())));
            items.add(record);
        }
        GenericData.Record outer = new GenericData.Record(schema);
        outer.put(0, items);
        return outer;
    }

    /**
     * What the table has of a value.
     *
     * @param version counted from 0
     * @param widened what becomes of a field's value, by the name of the field in the table
     */
    Object expected(int version, GenericRecord value, Function<String, Function<Object, Object>> widened) {
        List<Object> rows = new ArrayList<>();
        for (Object item : (List<?>) value.get(0)) {
            GenericRecord record = (GenericRecord) item;
            Map<Object, @Nullable Object> row = new LinkedHashMap<>();
            for (Line line : lines) {
                int index = ids.get(version).indexOf(line.id);
                boolean ever = ids.stream().anyMatch(some -> some.contains(line.id));
                if (index >= 0) {
                    Object found = RandomAvro.expected(
                            record.getSchema().getFields().get(index).schema(), record.get(index));
                    row.put(
                            line.published,
                            found == null ? null : widened.apply(line.published).apply(found));
                } else if (ever) {
                    boolean preset = line.isThere && line.hasDefault && !line.nullable;
                    row.put(
                            line.published,
                            preset ? widened.apply(line.published).apply(presetValue(line)) : null);
                }
            }
            rows.add(row);
        }
        return Map.of("items", rows);
    }

    private static Object presetValue(Line line) {
        Schema type = new Schema.Parser()
                .parse(line.ladder.get(line.step).replace("%", "E").replace("FX", "X"));
        return switch (type.getType()) {
            case BOOLEAN -> true;
            case FLOAT -> 7f;
            case DOUBLE -> 7d;
            case STRING, ENUM -> "B";
            case FIXED -> "0x616263";
            case BYTES ->
                type.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? new BigDecimal(BigInteger.valueOf(7), decimal.getScale())
                        : "0x616263";
            case LONG ->
                "timestamp-millis"
                                .equals(
                                        type.getLogicalType() == null
                                                ? ""
                                                : type.getLogicalType().getName())
                        ? 7_000L
                        : 7L;
            default -> 7L;
        };
    }
}
