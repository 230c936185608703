package io.pagewalk.internal.schema.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A schema made at random, as a text and as a descriptor of Protobuf's own, neither of which was made from the other. */
public final class RandomProto {
    private static final List<String> WELL_KNOWN = List.of(
            "google.protobuf.Timestamp",
            "google.protobuf.Int64Value",
            "google.protobuf.UInt64Value",
            "google.protobuf.StringValue",
            "google.protobuf.BoolValue",
            "google.protobuf.Struct",
            "google.protobuf.Value",
            "google.protobuf.ListValue");
    private static final int MESSAGES = 4;
    private static final FieldDescriptorProto.Type[] SCALARS = {
        FieldDescriptorProto.Type.TYPE_DOUBLE,
        FieldDescriptorProto.Type.TYPE_FLOAT,
        FieldDescriptorProto.Type.TYPE_INT32,
        FieldDescriptorProto.Type.TYPE_INT64,
        FieldDescriptorProto.Type.TYPE_UINT32,
        FieldDescriptorProto.Type.TYPE_UINT64,
        FieldDescriptorProto.Type.TYPE_SINT32,
        FieldDescriptorProto.Type.TYPE_SINT64,
        FieldDescriptorProto.Type.TYPE_FIXED32,
        FieldDescriptorProto.Type.TYPE_FIXED64,
        FieldDescriptorProto.Type.TYPE_SFIXED32,
        FieldDescriptorProto.Type.TYPE_SFIXED64,
        FieldDescriptorProto.Type.TYPE_BOOL,
        FieldDescriptorProto.Type.TYPE_STRING,
        FieldDescriptorProto.Type.TYPE_BYTES
    };

    private final Random random;
    private final boolean proto3;
    private final StringBuilder text = new StringBuilder();
    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();

    public RandomProto(Random random) {
        this.random = random;
        proto3 = random.nextInt(3) > 0;
        file.setName("random.proto").setPackage("pagewalk.test").setSyntax(proto3 ? "proto3" : "proto2");
        text.append("syntax = \"").append(file.getSyntax()).append("\";\npackage pagewalk.test;\n");
        for (String imported : List.of("timestamp", "wrappers", "struct")) {
            text.append("import \"google/protobuf/").append(imported).append(".proto\";\n");
            file.addDependency("google/protobuf/" + imported + ".proto");
        }
        text.append("enum E { ZERO = 0; ONE = 1; TWO = 2; TEN = 10; MINUS = -1; }\n");
        file.addEnumType(EnumDescriptorProto.newBuilder()
                .setName("E")
                .addValue(constant("ZERO", 0))
                .addValue(constant("ONE", 1))
                .addValue(constant("TWO", 2))
                .addValue(constant("TEN", 10))
                .addValue(constant("MINUS", -1)));
        for (int i = 0; i < MESSAGES; i++) {
            message(i);
        }
    }

    private static EnumValueDescriptorProto constant(String name, int number) {
        return EnumValueDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .build();
    }

    public boolean isProto3() {
        return proto3;
    }

    public String text() {
        return text.toString();
    }

    /** The first message; fields that may be packed are so, or not, at random each time. */
    public Descriptor descriptor() {
        FileDescriptorProto.Builder packed = file.build().toBuilder();
        packed.getMessageTypeBuilderList()
                .forEach(message -> message.getFieldBuilderList().stream()
                        .filter(field -> field.getLabel() == Label.LABEL_REPEATED && packable(field.getType()))
                        .forEach(field -> field.getOptionsBuilder().setPacked(random.nextBoolean())));
        try {
            FileDescriptor[] dependencies = {
                TimestampProto.getDescriptor(), WrappersProto.getDescriptor(), StructProto.getDescriptor()
            };
            return FileDescriptor.buildFrom(packed.build(), dependencies)
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new AssertionError(text(), e);
        }
    }

    private static boolean packable(FieldDescriptorProto.Type type) {
        return type != FieldDescriptorProto.Type.TYPE_STRING
                && type != FieldDescriptorProto.Type.TYPE_BYTES
                && type != FieldDescriptorProto.Type.TYPE_MESSAGE;
    }

    private void message(int index) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("M" + index);
        text.append("message M").append(index).append(" {\n");
        int count = 1 + random.nextInt(8);
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < count + 3) {
            int number = random.nextInt(8) == 0 ? 30_000 + random.nextInt(500_000_000) : 1 + random.nextInt(40);
            if (!numbers.contains(number) && number != 39) {
                numbers.add(number);
            }
        }
        List<FieldDescriptorProto.Builder> optionals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "f" + i;
            if (random.nextInt(6) == 0) {
                map(message, index, name, numbers.get(i));
                continue;
            }
            FieldDescriptorProto.Builder field = field(name, numbers.get(i), index);
            int label = random.nextInt(3);
            if (label == 0) {
                field.setLabel(Label.LABEL_REPEATED);
                text.append("  repeated ");
            } else if (!proto3 || label == 1) {
                boolean required =
                        !proto3 && random.nextInt(8) == 0 && field.getType() != FieldDescriptorProto.Type.TYPE_MESSAGE;
                field.setLabel(required ? Label.LABEL_REQUIRED : Label.LABEL_OPTIONAL);
                text.append(required ? "  required " : "  optional ");
                if (proto3) {
                    optionals.add(field.setProto3Optional(true));
                }
            } else {
                field.setLabel(Label.LABEL_OPTIONAL);
                text.append("  ");
            }
            text.append(typeName(field))
                    .append(' ')
                    .append(name)
                    .append(" = ")
                    .append(field.getNumber())
                    .append(";\n");
            message.addField(field);
        }
        if (random.nextInt(2) == 0) {
            text.append("  oneof choice {\n");
            for (int i = count; i < count + 3; i++) {
                FieldDescriptorProto.Builder field = field("f" + i, numbers.get(i), index);
                message.addField(field.setLabel(Label.LABEL_OPTIONAL).setOneofIndex(0));
                text.append("    ")
                        .append(typeName(field))
                        .append(" f")
                        .append(i)
                        .append(" = ");
                text.append(field.getNumber()).append(";\n");
            }
            text.append("  }\n");
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("choice"));
        }
        for (FieldDescriptorProto.Builder optional : optionals) {
            message.getFieldBuilderList().stream()
                    .filter(field -> field.getName().equals(optional.getName()))
                    .forEach(field -> field.setOneofIndex(message.getOneofDeclCount()));
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + optional.getName()));
        }
        text.append("}\n");
        file.addMessageType(message);
    }

    private FieldDescriptorProto.Builder field(String name, int number, int index) {
        FieldDescriptorProto.Builder field =
                FieldDescriptorProto.newBuilder().setName(name).setNumber(number);
        return switch (random.nextInt(8)) {
            case 0 -> field.setType(FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(".pagewalk.test.E");
            case 1 ->
                field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName("." + WELL_KNOWN.get(random.nextInt(WELL_KNOWN.size())));
            // Mostly to later ones, or schemas would be recursive throughout.
            case 2 ->
                field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName(".pagewalk.test.M"
                                + (random.nextInt(4) == 0
                                        ? random.nextInt(MESSAGES)
                                        : Math.min(MESSAGES - 1, index + 1 + random.nextInt(2))));
            default -> field.setType(SCALARS[random.nextInt(SCALARS.length)]);
        };
    }

    private static String typeName(FieldDescriptorProto.Builder field) {
        return field.hasTypeName()
                ? field.getTypeName().substring(1)
                : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    }

    private void map(DescriptorProto.Builder message, int index, String name, int number) {
        FieldDescriptorProto.Type[] keys = {
            FieldDescriptorProto.Type.TYPE_STRING,
            FieldDescriptorProto.Type.TYPE_BOOL,
            FieldDescriptorProto.Type.TYPE_INT32,
            FieldDescriptorProto.Type.TYPE_UINT64,
            FieldDescriptorProto.Type.TYPE_SINT64,
            FieldDescriptorProto.Type.TYPE_FIXED32
        };
        FieldDescriptorProto.Builder key = FieldDescriptorProto.newBuilder()
                .setName("key")
                .setNumber(1)
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(keys[random.nextInt(keys.length)]);
        FieldDescriptorProto.Builder value = field("value", 2, index).setLabel(Label.LABEL_OPTIONAL);
        String entry = "F" + name.substring(1) + "Entry";
        DescriptorProto.Builder type =
                DescriptorProto.newBuilder().setName(entry).addField(key).addField(value);
        type.getOptionsBuilder().setMapEntry(true);
        message.addNestedType(type);
        message.addField(FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(".pagewalk.test.M" + index + "." + entry));
        text.append("  map<")
                .append(typeName(key))
                .append(", ")
                .append(typeName(value))
                .append("> ");
        text.append(name).append(" = ").append(number).append(";\n");
    }
}
