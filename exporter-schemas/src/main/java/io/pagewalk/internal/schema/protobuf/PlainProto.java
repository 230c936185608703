package io.pagewalk.internal.schema.protobuf;

import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A file without what says nothing of payloads: services, extensions, and options, which may be of files that nobody has. Groups are
 * refused.
 */
final class PlainProto {
    private PlainProto() {}

    /** @param known which imports are kept */
    static ProtoFileElement of(ProtoFileElement file, Predicate<String> known) throws SchemaRefusedException {
        return new ProtoFileElement(
                file.getLocation(),
                file.getPackageName(),
                file.getSyntax(),
                file.getImports().stream().filter(known).toList(),
                file.getPublicImports().stream().filter(known).toList(),
                file.getWeakImports().stream().filter(known).toList(),
                types(file.getTypes()),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<TypeElement> types(List<? extends TypeElement> types) throws SchemaRefusedException {
        List<TypeElement> plain = new ArrayList<>();
        for (TypeElement type : types) {
            if (type instanceof MessageElement message) {
                plain.add(message(message));
            } else if (type instanceof EnumElement anEnum) {
                plain.add(anEnum(anEnum));
            }
        }
        return plain;
    }

    private static MessageElement message(MessageElement message) throws SchemaRefusedException {
        if (!message.getGroups().isEmpty()) {
            throw group(message.getGroups().get(0).getName(), message);
        }
        List<OneOfElement> choices = new ArrayList<>();
        for (OneOfElement choice : message.getOneOfs()) {
            if (!choice.getGroups().isEmpty()) {
                throw group(choice.getGroups().get(0).getName(), message);
            }
            choices.add(new OneOfElement(
                    choice.getName(), "", fields(choice.getFields()), List.of(), List.of(), choice.getLocation()));
        }
        return new MessageElement(
                message.getLocation(),
                message.getName(),
                "",
                types(message.getNestedTypes()),
                List.of(),
                List.of(),
                fields(message.getFields()),
                choices,
                List.of(),
                List.of(),
                List.of());
    }

    private static SchemaRefusedException group(String name, MessageElement message) {
        return new SchemaRefusedException("Protobuf schema has the group " + name + " in message " + message.getName()
                + " (" + message.getLocation() + "): groups are not supported");
    }

    private static List<FieldElement> fields(List<FieldElement> fields) {
        return fields.stream()
                .map(field -> new FieldElement(
                        field.getLocation(),
                        field.getLabel(),
                        field.getType(),
                        field.getName(),
                        null,
                        null,
                        field.getTag(),
                        "",
                        List.of()))
                .toList();
    }

    private static EnumElement anEnum(EnumElement anEnum) {
        List<OptionElement> aliases = anEnum.getOptions().stream()
                .filter(option -> option.getName().equals("allow_alias"))
                .toList();
        List<EnumConstantElement> constants = anEnum.getConstants().stream()
                .map(constant -> new EnumConstantElement(
                        constant.getLocation(), constant.getName(), constant.getTag(), "", List.of()))
                .toList();
        return new EnumElement(anEnum.getLocation(), anEnum.getName(), "", aliases, constants, List.of());
    }
}
