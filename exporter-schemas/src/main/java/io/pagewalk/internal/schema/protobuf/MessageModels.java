package io.pagewalk.internal.schema.protobuf;

import com.squareup.wire.Syntax;
import com.squareup.wire.schema.EnumConstant;
import com.squareup.wire.schema.EnumType;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.OneOf;
import com.squareup.wire.schema.ProtoType;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.Type;
import io.pagewalk.internal.schema.protobuf.FieldModel.Presence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes models of the messages of a linked schema, each once. */
final class MessageModels {
    private static final String MAP_ENTRY = "";
    private static final int NO_CHOICE = -1;

    /** A field of Wire's, and the number of its oneof. */
    private record Declared(Field field, int choice) {}

    private final Schema schema;
    private final Map<ProtoType, MessageModel> models = new HashMap<>();
    private final Map<ProtoType, EnumNames> enums = new HashMap<>();
    /** Those whose fields are not set. */
    private final Deque<MessageType> open = new ArrayDeque<>();

    MessageModels(Schema schema) {
        this.schema = schema;
    }

    /** The model of a message, and with it those of all that it refers to. */
    MessageModel of(ProtoType type) {
        MessageModel model = model((MessageType) existing(type));
        while (!open.isEmpty()) {
            MessageType next = open.remove();
            model(next).setFields(fields(next));
        }
        return model;
    }

    private Type existing(ProtoType type) {
        Type found = schema.getType(type);
        if (found == null) {
            throw new IllegalStateException(type.toString());
        }
        return found;
    }

    private MessageModel model(MessageType type) {
        MessageModel known = models.get(type.getType());
        if (known != null) {
            return known;
        }
        MessageModel made = new MessageModel(type.getType().toString());
        models.put(type.getType(), made);
        open.add(type);
        return made;
    }

    private List<FieldModel> fields(MessageType type) {
        List<Declared> declared = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            declared.add(new Declared(field, NO_CHOICE));
        }
        for (int i = 0; i < type.getOneOfs().size(); i++) {
            OneOf choice = type.getOneOfs().get(i);
            for (Field field : choice.getFields()) {
                declared.add(new Declared(field, i));
            }
        }
        // Wire keeps oneofs apart from other fields.
        declared.sort(Comparator.comparingInt(
                        (Declared one) -> one.field().getLocation().getLine())
                .thenComparingInt(one -> one.field().getLocation().getColumn()));
        return declared.stream().map(one -> field(type, one)).toList();
    }

    private FieldModel field(MessageType owner, Declared declared) {
        Field field = declared.field();
        ProtoType type = linkedType(field.getType());
        if (type.isMap()) {
            // What an entry lacks is the zero of its type, also if that is a message.
            FieldModel key = value("key", 1, linkedType(type.getKeyType()), false, Presence.IMPLICIT, NO_CHOICE);
            FieldModel value = value("value", 2, linkedType(type.getValueType()), false, Presence.IMPLICIT, NO_CHOICE);
            MessageModel entry = new MessageModel(MAP_ENTRY);
            entry.setFields(List.of(key, value));
            return new FieldModel(
                    field.getName(),
                    field.getTag(),
                    FieldKind.MESSAGE,
                    true,
                    true,
                    Presence.IMPLICIT,
                    NO_CHOICE,
                    entry,
                    null);
        }
        boolean message = !type.isScalar() && existing(type) instanceof MessageType;
        Presence presence = presence(owner, declared, message);
        return value(field.getName(), field.getTag(), type, field.isRepeated(), presence, declared.choice());
    }

    private FieldModel value(String name, int number, ProtoType type, boolean repeated, Presence presence, int choice) {
        if (type.isScalar()) {
            FieldKind kind = FieldKind.ofScalar(type.toString());
            return new FieldModel(name, number, kind, repeated, false, presence, choice, null, null);
        }
        if (existing(type) instanceof MessageType message) {
            return new FieldModel(
                    name, number, FieldKind.MESSAGE, repeated, false, presence, choice, model(message), null);
        }
        EnumNames names = enums.computeIfAbsent(type, unknown -> names((EnumType) existing(unknown)));
        return new FieldModel(name, number, FieldKind.ENUM, repeated, false, presence, choice, null, names);
    }

    private static ProtoType linkedType(@Nullable ProtoType type) {
        if (type == null) {
            throw new IllegalStateException("not linked");
        }
        return type;
    }

    private static EnumNames names(EnumType type) {
        Map<Integer, String> names = new HashMap<>();
        for (EnumConstant constant : type.getConstants()) {
            names.putIfAbsent(constant.getTag(), constant.getName());
        }
        int first =
                type.getConstants().isEmpty() ? 0 : type.getConstants().get(0).getTag();
        return new EnumNames(first, names);
    }

    private static Presence presence(MessageType owner, Declared declared, boolean message) {
        Field.Label label = declared.field().getLabel();
        if (label == Field.Label.REQUIRED) {
            return Presence.REQUIRED;
        }
        boolean implicit = owner.getSyntax() == Syntax.PROTO_3
                && label != Field.Label.OPTIONAL
                && !message
                && declared.choice() == NO_CHOICE;
        return implicit ? Presence.IMPLICIT : Presence.OPTIONAL;
    }
}
