package io.pagewalk.internal.schema.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Random;

/** Messages made at random. */
public final class RandomMessage {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "quote\"\\/\b\f\n\r\t\u0001",
            "\u00e4\u00f6\u00fc",
            "\u20ac",
            "\ud83d\ude00",
            "long text of many bytes");
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 127, 128, 300, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53
    };

    private final Random random;
    private final boolean open;

    /** @param open whether enums may have numbers without a name */
    public RandomMessage(Random random, boolean open) {
        this.random = random;
        this.open = open;
    }

    public DynamicMessage of(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        boolean timestamp = type.getFullName().equals("google.protobuf.Timestamp");
        for (FieldDescriptor field : type.getFields()) {
            boolean mayLack = open || !type.getOptions().getMapEntry();
            if (!field.isRequired() && mayLack && random.nextInt(3) == 0) {
                continue;
            }
            if (timestamp) {
                boolean nanos = field.getNumber() == 2;
                if (nanos) {
                    message.setField(field, random.nextInt(3) * 333_333_333);
                } else {
                    message.setField(field, random.nextLong(-62_135_596_800L, 253_402_300_800L));
                }
                continue;
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth <= 0 && mayLack) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(4); i > 0; i--) {
                    message.addRepeatedField(field, value(field, depth));
                }
            } else {
                message.setField(field, value(field, depth));
            }
        }
        if (random.nextInt(6) == 0
                && !type.getFullName().startsWith("google")
                && !type.getOptions().getMapEntry()) {
            UnknownFieldSet.Field unknown = UnknownFieldSet.Field.newBuilder()
                    .addVarint(random.nextLong())
                    .addFixed32(random.nextInt())
                    .addFixed64(random.nextLong())
                    .addLengthDelimited(ByteString.copyFrom(new byte[] {1, 2, 3}))
                    .addGroup(UnknownFieldSet.newBuilder()
                            .addField(
                                    7,
                                    UnknownFieldSet.Field.newBuilder()
                                            .addVarint(1)
                                            .build())
                            .build())
                    .build();
            message.setUnknownFields(
                    UnknownFieldSet.newBuilder().addField(39, unknown).build());
        }
        return message.build();
    }

    private Object value(FieldDescriptor field, int depth) {
        long number = random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextLong();
        return switch (field.getJavaType()) {
            case INT -> (int) number;
            case LONG -> number;
            case FLOAT ->
                random.nextBoolean() ? (float) random.nextInt(1000) / 8 : Float.intBitsToFloat(random.nextInt());
            case DOUBLE ->
                random.nextBoolean()
                        ? (double) random.nextInt(100_000) / 100
                        : Double.longBitsToDouble(random.nextLong());
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BYTE_STRING -> {
                byte[] bytes = new byte[random.nextInt(5)];
                random.nextBytes(bytes);
                yield ByteString.copyFrom(bytes);
            }
            case ENUM -> constant(field);
            case MESSAGE -> of(field.getMessageType(), depth - 1);
        };
    }

    private EnumValueDescriptor constant(FieldDescriptor field) {
        List<EnumValueDescriptor> all = field.getEnumType().getValues();
        return open && random.nextInt(4) == 0 && !field.getEnumType().getName().equals("NullValue")
                ? field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(100) - 50)
                : all.get(random.nextInt(all.size()));
    }
}
