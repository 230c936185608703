package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.RowLayout.Place;
import io.pagewalk.row.ScalarKind;
import java.util.List;

/** Gives the events of one message that is there. Confined to one thread. */
abstract class MessageNode {
    final MessageModel model;

    MessageNode(MessageModel model) {
        this.model = model;
    }

    /** Of the message in a part of the payload. */
    final void read(WirePayload payload, int from, int to, int repetition) throws BadPayloadException {
        payload.enter();
        int frame = model.open(payload.notes());
        model.scan(payload, frame, from, to);
        emit(payload, frame, repetition);
        payload.notes().close(frame);
        payload.leave();
    }

    /** Of the message that stands in several pieces, or in none: then all that it has is missing. */
    final void readAll(WirePayload payload, int list, int repetition) throws BadPayloadException {
        payload.enter();
        int frame = model.open(payload.notes());
        model.scanAll(payload, frame, list);
        emit(payload, frame, repetition);
        payload.notes().close(frame);
        payload.leave();
    }

    /** Of the message that a frame has been filled with. */
    abstract void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException;

    /** One with columns of its own. */
    static final class OfFields extends MessageNode {
        private final FieldNode[] fields;
        private final Constant[] constants;

        OfFields(MessageModel model, List<FieldNode> fields, List<Constant> constants) {
            super(model);
            this.fields = fields.toArray(FieldNode[]::new);
            this.constants = constants.toArray(Constant[]::new);
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            int i = 0;
            try {
                for (; i < fields.length; i++) {
                    fields[i].emit(payload, MessageModel.slot(frame, i), repetition);
                }
            } catch (BadPayloadException e) {
                throw e.within(model.field(i).name());
            }
            for (Constant constant : constants) {
                constant.emit(payload.events(), repetition);
            }
        }
    }

    /** A time, cut down to the unit of its column. */
    static final class OfTimestamp extends MessageNode {
        private static final int NANOS = 1_000_000_000;

        private final int leaf;
        private final int definition;
        private final int perSecond;

        OfTimestamp(MessageModel model, Place place, ScalarKind kind) {
            super(model);
            leaf = place.firstLeaf();
            definition = place.definition();
            perSecond = switch (kind) {
                case TIMESTAMP_MILLIS -> 1_000;
                case TIMESTAMP_MICROS -> 1_000_000;
                case TIMESTAMP_NANOS -> NANOS;
                default -> throw new IllegalArgumentException(kind.toString());
            };
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            int givenNanos = nanos(model, payload.notes(), frame);
            // If this overflows, so does what comes of it.
            long seconds = seconds(model, payload.notes(), frame) + Math.floorDiv(givenNanos, NANOS);
            int nanos = Math.floorMod(givenNanos, NANOS);
            int unit = NANOS / perSecond;
            if (nanos % unit != 0) {
                payload.countCutTime();
            }
            // Nearest to 0 first: the sum may fit where the whole second below it does not.
            long whole = seconds < 0 ? seconds + 1 : seconds;
            long rest = (long) nanos / unit - (seconds < 0 ? perSecond : 0);
            long scaled = whole * perSecond;
            long sum = scaled + rest;
            boolean fits = Math.multiplyHigh(whole, perSecond) == scaled >> (Long.SIZE - 1)
                    && ((scaled ^ sum) & (rest ^ sum)) >= 0;
            if (!fits) {
                throw new BadPayloadException("timestamp does not fit into the column");
            }
            payload.events().number(leaf, repetition, definition, sum);
        }

        static long seconds(MessageModel model, Notes notes, int frame) {
            return notes.get(MessageModel.slot(frame, model.index(1)) + 1);
        }

        static int nanos(MessageModel model, Notes notes, int frame) {
            return (int) notes.get(MessageModel.slot(frame, model.index(2)) + 1);
        }
    }

    /** A value, or its zero. */
    static final class OfWrapper extends MessageNode {
        private final ValueNode value;

        OfWrapper(MessageModel model, ValueNode value) {
            super(model);
            this.value = value;
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            // The value of what is not there is 0, which is also an empty range.
            value.value(payload, payload.notes().get(MessageModel.slot(frame, 0) + 1), repetition);
        }
    }

    /** A JSON text of it. */
    static final class OfJson extends MessageNode {
        private final LeafWriter writer;

        OfJson(MessageModel model, LeafWriter writer) {
            super(model);
            this.writer = writer;
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            ByteText text = payload.text();
            int from = text.length();
            WireJson.message(payload, model, frame);
            writer.made(payload.events(), repetition, text.bytes(), from, text.length() - from);
            text.cut(from);
        }
    }

    /** A member of a struct, whose others are null. */
    static final class Within extends MessageNode {
        private final List<Constant> siblings;
        private final MessageNode inner;

        Within(List<Constant> siblings, MessageNode inner) {
            super(inner.model);
            this.siblings = siblings;
            this.inner = inner;
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            for (int i = 0; i < siblings.size(); i++) {
                siblings.get(i).emit(payload.events(), repetition);
            }
            inner.emit(payload, frame, repetition);
        }
    }

    /** Is bad. */
    static final class Refused extends MessageNode {
        private final String reason;

        Refused(MessageModel model, String reason) {
            super(model);
            this.reason = reason;
        }

        @Override
        void emit(WirePayload payload, int frame, int repetition) throws BadPayloadException {
            throw new BadPayloadException(reason);
        }
    }
}
