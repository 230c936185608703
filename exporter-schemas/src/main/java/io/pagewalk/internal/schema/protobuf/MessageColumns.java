package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.protobuf.FieldModel.Presence;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What messages are in words that all kinds of schemas share. */
final class MessageColumns {
    /** More than any table may have. Messages that have each other as fields unfold to any number. */
    static final int MAX_LEAVES = 10_000;

    private final Set<MessageModel> within = new HashSet<>();
    private int leaves;

    /** The type of a message. */
    SourceType of(MessageModel model) throws SchemaRefusedException {
        return message(model);
    }

    private SourceType message(MessageModel model) throws SchemaRefusedException {
        WellKnown known = model.wellKnown();
        if (known.isJson() || within.contains(model)) {
            return leaf(SourceType.Value.of(ScalarKind.JSON));
        }
        if (known == WellKnown.TIMESTAMP) {
            return leaf(SourceType.Value.of(ScalarKind.TIMESTAMP_NANOS));
        }
        if (known == WellKnown.WRAPPER) {
            return leaf(new SourceType.Value(model.field(0).kind().scalar()));
        }
        if (within.size() == WirePayload.MAX_DEPTH) {
            throw new SchemaRefusedException("messages of the Protobuf schema are nested more than "
                    + WirePayload.MAX_DEPTH + " deep, at " + model.fullName());
        }
        within.add(model);
        List<SourceField> fields = new ArrayList<>();
        for (int i = 0; i < model.fieldCount(); i++) {
            FieldModel field = model.field(i);
            boolean optional = !field.repeated() && field.presence() == Presence.OPTIONAL;
            fields.add(new SourceField(field.name(), List.of(), field.number(), field(field), optional, null));
        }
        within.remove(model);
        return new SourceType.Group(model.fullName(), fields);
    }

    private SourceType field(FieldModel field) throws SchemaRefusedException {
        if (field.map()) {
            MessageModel entry = field.messageModel();
            return new SourceType.Entries(entry.field(0).kind().scalar(), value(entry.field(1)), false);
        }
        return field.repeated() ? new SourceType.Many(value(field), false) : value(field);
    }

    private SourceType value(FieldModel field) throws SchemaRefusedException {
        return field.kind() == FieldKind.MESSAGE
                ? message(field.messageModel())
                : leaf(new SourceType.Value(field.kind().scalar()));
    }

    private SourceType leaf(SourceType type) throws SchemaRefusedException {
        if (++leaves > MAX_LEAVES) {
            throw new SchemaRefusedException("the Protobuf schema has more than " + MAX_LEAVES + " columns");
        }
        return type;
    }
}
