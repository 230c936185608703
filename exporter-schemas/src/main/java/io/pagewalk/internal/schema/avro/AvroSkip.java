package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Reads over values. */
final class AvroSkip {
    private AvroSkip() {}

    static void skip(Schema schema, AvroInput in) throws BadPayloadException {
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> in.readBoolean();
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.take(Float.BYTES);
            case DOUBLE -> in.take(Double.BYTES);
            case STRING, BYTES -> in.take(in.length());
            case FIXED -> in.take(schema.getFixedSize());
            case ENUM -> in.index(schema.getEnumSymbols().size());
            case UNION -> skip(schema.getTypes().get(in.index(schema.getTypes().size())), in);
            case RECORD -> {
                in.enter();
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), in);
                }
                in.leave();
            }
            case ARRAY, MAP -> {
                in.enter();
                skipItems(schema, in);
                in.leave();
            }
            default -> throw new IllegalStateException(schema.getType().toString());
        }
    }

    private static void skipItems(Schema schema, AvroInput in) throws BadPayloadException {
        boolean isMap = schema.getType() == Schema.Type.MAP;
        Schema item = isMap ? schema.getValueType() : schema.getElementType();
        int least = isMap ? 1 : leastBytes(item);
        for (long items = in.block(least); items != 0; items = in.block(least)) {
            for (; items > 0; items--) {
                if (isMap) {
                    in.take(in.length());
                }
                skip(item, in);
            }
        }
    }

    /** How many bytes a value takes at least. */
    static int leastBytes(Schema schema) {
        return leastBytes(schema, new IdentityHashMap<>());
    }

    private static int leastBytes(Schema schema, Map<Schema, Integer> known) {
        Integer before = known.get(schema);
        if (before != null) {
            return before;
        }
        return switch (schema.getType()) {
            case NULL -> 0;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> schema.getFixedSize();
            case RECORD -> {
                known.put(schema, 0);
                long sum = 0;
                for (Schema.Field field : schema.getFields()) {
                    sum += leastBytes(field.schema(), known);
                }
                int least = (int) Math.min(Integer.MAX_VALUE, sum);
                known.put(schema, least);
                yield least;
            }
            default -> 1;
        };
    }
}
