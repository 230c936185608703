package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.Absence;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.protobuf.FieldModel.Presence;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;
import org.jspecify.annotations.Nullable;

/** Gives the events of one field, of what a scan has noted, there or not. Confined to one thread. */
abstract class FieldNode {
    final FieldModel field;
    final @Nullable Place place;

    FieldNode(FieldModel field, @Nullable Place place) {
        this.field = field;
        this.place = place;
    }

    /** @param slot the field's cells in the frame, see {@link MessageModel} */
    abstract void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException;

    /** The field is not there. */
    final void absent(WirePayload payload, int repetition) throws BadPayloadException {
        if (field.presence() == Presence.REQUIRED
                || (place != null && !place.member().optional())) {
            throw new BadPayloadException("required field is missing");
        }
        if (place != null) {
            Absence.ofNull(payload.events(), place, repetition);
        }
    }

    /** A value, of which the last one counts. */
    static final class Single extends FieldNode {
        private final ValueNode value;
        private final boolean implicit;
        private final long zero;

        Single(FieldModel field, @Nullable Place place, ValueNode value) {
            super(field, place);
            this.value = value;
            implicit = field.presence() == Presence.IMPLICIT;
            zero = field.zero();
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            Notes notes = payload.notes();
            if (notes.get(slot) != 0) {
                value.value(payload, notes.get(slot + 1), repetition);
            } else if (implicit) {
                value.value(payload, zero, repetition);
            } else {
                absent(payload, repetition);
            }
        }
    }

    /** A message, merged of all that there are. */
    static final class Message extends FieldNode {
        private final MessageNode message;

        Message(FieldModel field, @Nullable Place place, MessageNode message) {
            super(field, place);
            this.message = message;
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            // One that is implicit is the value of a map's entry.
            if (payload.notes().first(slot) == 0 && field.presence() != Presence.IMPLICIT) {
                absent(payload, repetition);
            } else {
                message.readAll(payload, slot, repetition);
            }
        }
    }

    /** Any number of values, of which some may stand in one piece. */
    static final class Many extends FieldNode {
        private final Place list;
        private final ValueNode element;

        Many(FieldModel field, Place list, ValueNode element) {
            super(field, list);
            this.list = list;
            this.element = element;
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            Notes notes = payload.notes();
            int wireType = field.kind().wireType;
            int level = repetition;
            int further = list.repetition() + 1;
            for (int note = notes.first(slot); note != 0; note = notes.next(note)) {
                long noted = notes.value(note);
                if (notes.mark(note) == 0) {
                    element.value(payload, noted, level);
                    payload.checkSize();
                    level = further;
                    continue;
                }
                int to = Notes.to(noted);
                payload.seek(Notes.from(noted));
                while (payload.at() < to) {
                    element.value(payload, payload.packed(wireType, to), level);
                    payload.checkSize();
                    level = further;
                }
            }
            if (level == repetition) {
                Absence.ofEmpty(payload.events(), list, repetition);
            }
        }
    }

    /** Values by keys. */
    static final class Entries extends FieldNode {
        private final Place map;
        private final MessageModel entry;
        private final ValueNode key;
        private final FieldNode value;

        Entries(FieldModel field, Place map, ValueNode key, FieldNode value) {
            super(field, map);
            this.map = map;
            this.entry = field.messageModel();
            this.key = key;
            this.value = value;
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            Notes notes = payload.notes();
            int count = MapEntries.count(notes, slot);
            if (count == 0) {
                Absence.ofEmpty(payload.events(), map, repetition);
                return;
            }
            int frame = MapEntries.open(payload, entry, slot, count);
            int level = repetition;
            int i = frame + count;
            payload.enter();
            for (int element = notes.first(slot); element != 0; element = notes.next(element)) {
                if (notes.get(i++) == 0) {
                    int scanned = MapEntries.scan(payload, entry, notes.value(element));
                    key.value(payload, notes.get(MessageModel.slot(scanned, 0) + 1), level);
                    value.emit(payload, MessageModel.slot(scanned, 1), level);
                    notes.close(scanned);
                    payload.checkSize();
                    level = map.repetition() + 1;
                }
            }
            payload.leave();
            notes.close(frame);
        }
    }

    /** A JSON text of all that there is. */
    static final class Json extends FieldNode {
        private final LeafWriter writer;

        Json(FieldModel field, Place place, LeafWriter writer) {
            super(field, place);
            this.writer = writer;
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            if (!WireJson.isThere(payload.notes(), field, slot)) {
                absent(payload, repetition);
                return;
            }
            ByteText text = payload.text();
            int from = text.length();
            WireJson.field(payload, field, slot);
            writer.made(payload.events(), repetition, text.bytes(), from, text.length() - from);
            text.cut(from);
        }
    }

    /** Nothing may be there. */
    static final class Refused extends FieldNode {
        private final @Nullable String reason;

        /** @param reason null if what is there is read over */
        Refused(FieldModel field, @Nullable Place place, @Nullable String reason) {
            super(field, place);
            this.reason = reason;
        }

        @Override
        void emit(WirePayload payload, int slot, int repetition) throws BadPayloadException {
            if (reason != null && payload.notes().get(slot) != 0) {
                throw new BadPayloadException(reason);
            }
            if (place != null) {
                absent(payload, repetition);
            }
        }
    }
}
