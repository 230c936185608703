package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;

/** Makes of a message, and of how its values become a table's, what reads payloads. */
final class NodeCompiler {
    private static final String NO_VALUE = "value is there, where the schema has none";

    /** The payload as a whole. */
    MessageNode root(MessageModel model, Binding binding) {
        return message(model, binding);
    }

    private MessageNode message(MessageModel model, Binding binding) {
        if (binding instanceof Binding.Within within) {
            return new MessageNode.Within(within.siblings(), message(model, within.inner()));
        }
        if (binding instanceof Binding.Group group) {
            List<FieldNode> fields = new ArrayList<>();
            for (int i = 0; i < model.fieldCount(); i++) {
                fields.add(field(model.field(i), group.fields().get(i)));
            }
            return new MessageNode.OfFields(model, fields, group.absent());
        }
        if (binding instanceof Binding.Leaf leaf) {
            if (leaf.from().type().kind() == ScalarKind.JSON) {
                return new MessageNode.OfJson(model, LeafWriter.of(leaf));
            }
            return switch (model.wellKnown()) {
                case TIMESTAMP ->
                    new MessageNode.OfTimestamp(
                            model, leaf.place(), ((Scalar) leaf.place().member().type()).kind());
                case WRAPPER -> new MessageNode.OfWrapper(model, value(model.field(0), leaf));
                case NONE, STRUCT, VALUE, LIST_VALUE -> throw unexpected(binding);
            };
        }
        if (binding instanceof Binding.Refused refused) {
            return new MessageNode.Refused(model, refused.reason());
        }
        if (binding instanceof Binding.Nothing) {
            return new MessageNode.Refused(model, NO_VALUE);
        }
        throw unexpected(binding);
    }

    private FieldNode field(FieldModel field, Binding binding) {
        Place place = binding.place();
        if (binding instanceof Binding.Dropped) {
            return new FieldNode.Refused(field, null, null);
        }
        if (binding instanceof Binding.Refused refused) {
            return new FieldNode.Refused(field, place, refused.reason());
        }
        if (binding instanceof Binding.Nothing nothing) {
            return new FieldNode.Refused(field, nothing.place(), NO_VALUE);
        }
        if (binding instanceof Binding.Leaf leaf && leaf.from().type().kind() == ScalarKind.JSON) {
            return new FieldNode.Json(field, leaf.place(), LeafWriter.of(leaf));
        }
        if (field.map()) {
            if (!(binding instanceof Binding.Entries entries)) {
                throw unexpected(binding);
            }
            MessageModel entry = field.messageModel();
            return new FieldNode.Entries(
                    field,
                    entries.place(),
                    value(entry.field(0), entries.key()),
                    field(entry.field(1), entries.value()));
        }
        if (field.repeated()) {
            if (!(binding instanceof Binding.Many many)) {
                throw unexpected(binding);
            }
            return new FieldNode.Many(field, many.place(), value(field, many.element()));
        }
        return field.kind() == FieldKind.MESSAGE
                ? new FieldNode.Message(field, place, message(field.messageModel(), binding))
                : new FieldNode.Single(field, place, value(field, binding));
    }

    private ValueNode value(FieldModel field, Binding binding) {
        if (binding instanceof Binding.Within within) {
            return new ValueNode.Within(within.siblings(), value(field, within.inner()));
        }
        if (binding instanceof Binding.Refused refused) {
            return new ValueNode.Refused(refused.reason());
        }
        if (binding instanceof Binding.Nothing) {
            return new ValueNode.Refused(NO_VALUE);
        }
        if (binding instanceof Binding.Leaf leaf && leaf.from().type().kind() == ScalarKind.JSON) {
            return new ValueNode.OfJson(field, LeafWriter.of(leaf));
        }
        if (field.kind() == FieldKind.MESSAGE) {
            return new ValueNode.OfMessage(message(field.messageModel(), binding));
        }
        if (!(binding instanceof Binding.Leaf leaf)) {
            throw unexpected(binding);
        }
        LeafWriter writer = LeafWriter.of(leaf);
        return switch (field.kind()) {
            case STRING -> new ValueNode.OfBytes(true, writer);
            case BYTES -> new ValueNode.OfBytes(false, writer);
            case ENUM -> new ValueNode.OfEnum(field.enumNames(), writer);
            case UINT64, FIXED64 -> new ValueNode.OfUnsigned(leaf);
            default -> new ValueNode.OfNumber(field.kind(), writer);
        };
    }

    private static IllegalStateException unexpected(Binding binding) {
        return new IllegalStateException(binding.toString());
    }
}
