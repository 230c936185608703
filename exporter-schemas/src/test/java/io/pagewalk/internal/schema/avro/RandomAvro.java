package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.RowTree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Schemas and values at random, and what a table in microseconds holds of a value, by other means than a decoder's. */
public final class RandomAvro {
    private static final int LEVELS = 4;

    private final Random random;
    private int names;

    public RandomAvro(Random random) {
        this.random = random;
    }

    private String name(String prefix) {
        return prefix + names++;
    }

    /** A record. */
    public Schema schema() {
        return record(0);
    }

    private Schema record(int level) {
        List<Schema.Field> fields = new ArrayList<>();
        int count = random.nextInt(level == 0 ? 8 : 4) + (level == 0 ? 1 : 0);
        for (int index = 0; index < count; index++) {
            fields.add(new Schema.Field(name("f"), type(level + 1)));
        }
        return Schema.createRecord(name("R"), null, "space", false, fields);
    }

    private Schema type(int level) {
        int kind = random.nextInt(level < LEVELS ? 10 : 5);
        return switch (kind) {
            case 5 -> record(level);
            case 6 -> Schema.createArray(type(level + 1));
            case 7 -> Schema.createMap(type(level + 1));
            case 8 -> union(level);
            case 9 -> nullable(scalar());
            default -> scalar();
        };
    }

    private Schema nullable(Schema type) {
        Schema nothing = Schema.create(Schema.Type.NULL);
        if (type.equals(nothing)) {
            return type;
        }
        return random.nextBoolean() ? Schema.createUnion(nothing, type) : Schema.createUnion(type, nothing);
    }

    private Schema union(int level) {
        List<Schema> types = new ArrayList<>(
                List.of(Schema.create(Schema.Type.STRING), record(level + 1), Schema.createArray(type(level + 1))));
        if (random.nextBoolean()) {
            types.add(random.nextInt(types.size()), Schema.create(Schema.Type.NULL));
        }
        if (random.nextBoolean()) {
            types.add(record(level + 1));
        }
        return Schema.createUnion(types);
    }

    Schema scalar() {
        return switch (random.nextInt(20)) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.LONG);
            case 2 -> Schema.create(Schema.Type.FLOAT);
            case 3 -> Schema.create(Schema.Type.DOUBLE);
            case 4 -> Schema.create(Schema.Type.BYTES);
            case 5 -> Schema.createFixed(name("X"), null, "space", random.nextInt(20) + 1);
            case 6 -> Schema.createEnum(name("E"), null, "space", List.of("A", "B", "LONGER"));
            case 7 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 8 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 9 -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 10 -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
            case 11 -> LogicalTypes.decimal(random.nextInt(38) + 1, 0).addToSchema(Schema.create(Schema.Type.BYTES));
            case 12 -> LogicalTypes.decimal(20, 7).addToSchema(Schema.createFixed(name("D"), null, "space", 9));
            case 13 -> Schema.create(Schema.Type.NULL);
            case 14 -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 15, 16 -> Schema.create(Schema.Type.INT);
            default -> Schema.create(Schema.Type.STRING);
        };
    }

    /** A value of a schema. */
    public @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> longOf(schema);
            case FLOAT -> random.nextInt(9) == 0 ? Float.NaN : random.nextFloat();
            case DOUBLE -> random.nextInt(9) == 0 ? Double.NEGATIVE_INFINITY : random.nextDouble();
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(bytesOf(schema));
            case FIXED -> new GenericData.Fixed(schema, fixedOf(schema));
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (int count = random.nextInt(4); count > 0; count--) {
                    elements.add(value(schema.getElementType()));
                }
                yield new GenericData.Array<>(schema, (Collection<@Nullable Object>) elements);
            }
            case MAP -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (int count = random.nextInt(14); count > 0; count--) {
                    entries.put(text(), value(schema.getValueType()));
                }
                yield entries;
            }
        };
    }

    private long longOf(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        boolean millis = logical != null && logical.getName().endsWith("millis");
        return random.nextLong() >> (random.nextInt(Long.SIZE - 16) + (millis ? 16 : 0));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            text.appendCodePoint(random.nextInt(3) == 0 ? 0x1F600 + random.nextInt(9) : 'a' + random.nextInt(3));
        }
        return text.toString();
    }

    private BigInteger unscaled(int precision) {
        BigInteger bound = BigInteger.TEN.pow(precision);
        BigInteger value = new BigInteger(random.nextInt(140), random).mod(bound);
        return random.nextBoolean() ? value.negate() : value;
    }

    private byte[] bytesOf(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return unscaled(decimal.getPrecision()).toByteArray();
        }
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] fixedOf(Schema schema) {
        byte[] bytes = new byte[schema.getFixedSize()];
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            byte[] unscaled = unscaled(decimal.getPrecision() - 2).toByteArray();
            for (int index = 0; index < bytes.length; index++) {
                int from = unscaled.length - bytes.length + index;
                bytes[index] = from < 0 ? (byte) (unscaled[0] >> 7) : unscaled[from];
            }
        } else {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    /** What a table holds of a value, as Avro's own reader gave it. */
    public static @Nullable Object expected(Schema schema, @Nullable Object value) {
        return switch (schema.getType()) {
            case NULL -> null;
            case INT -> value instanceof Integer number ? number.longValue() : value;
            case LONG -> expectedLong(schema, (Long) value);
            case STRING, ENUM -> String.valueOf(value);
            case BYTES -> value instanceof ByteBuffer buffer ? expectedBytes(schema, bytesOf(buffer)) : null;
            case FIXED -> value instanceof GenericFixed fixed ? expectedBytes(schema, fixed.bytes()) : null;
            case UNION -> expectedUnion(schema, value);
            case RECORD -> value instanceof GenericRecord record ? expectedRecord(schema, record) : null;
            case ARRAY -> {
                List<@Nullable Object> elements = new ArrayList<>();
                ((Collection<?>) value).forEach(element -> elements.add(expected(schema.getElementType(), element)));
                yield elements;
            }
            case MAP -> {
                Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, entry) ->
                                entries.put(String.valueOf(key), expected(schema.getValueType(), entry)));
                yield entries;
            }
            default -> value;
        };
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Object expectedRecord(Schema schema, GenericRecord record) {
        Map<Object, @Nullable Object> members = new LinkedHashMap<>();
        for (Schema.Field field : schema.getFields()) {
            if (field.schema().getType() != Schema.Type.NULL) {
                members.put(field.name(), expected(field.schema(), record.get(field.pos())));
            }
        }
        if (members.isEmpty()) {
            members.put("present", true);
        }
        return members;
    }

    private static @Nullable Object expectedUnion(Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Schema actual = schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
        List<Schema> some = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (some.size() == 1) {
            return expected(actual, value);
        }
        Map<Object, @Nullable Object> members = new LinkedHashMap<>();
        some.forEach(type ->
                members.put(type.getName(), type.getName().equals(actual.getName()) ? expected(type, value) : null));
        return members;
    }

    private static long expectedLong(Schema schema, long value) {
        String name =
                schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
        return name.endsWith("millis") ? value * 1_000 : name.endsWith("nanos") ? Math.floorDiv(value, 1_000L) : value;
    }

    private static Object expectedBytes(Schema schema, byte[] bytes) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? new BigDecimal(new BigInteger(bytes), decimal.getScale())
                : RowTree.hex(bytes);
    }
}
