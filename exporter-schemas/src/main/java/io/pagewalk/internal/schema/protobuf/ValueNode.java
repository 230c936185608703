package io.pagewalk.internal.schema.protobuf;

import io.pagewalk.internal.payload.Utf8;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.Constant;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.internal.schema.walk.ByteText;
import io.pagewalk.internal.schema.walk.Notes;
import io.pagewalk.row.ColumnType.Scalar;
import java.util.List;

/** Gives the events of one value that is there. Confined to one thread. */
abstract class ValueNode {
    static final String NOT_UTF_8 = "string is not UTF-8";

    /** @param wire as {@link WirePayload#value} returns it */
    abstract void value(WirePayload payload, long wire, int repetition) throws BadPayloadException;

    /** A number. */
    static final class OfNumber extends ValueNode {
        private final FieldKind kind;
        private final LeafWriter writer;

        OfNumber(FieldKind kind, LeafWriter writer) {
            this.kind = kind;
            this.writer = writer;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            writer.number(payload.events(), repetition, kind.number(wire));
        }
    }

    /** A number of 64 bits without a sign: bytes, as it may take one bit more. */
    static final class OfUnsigned extends ValueNode {
        private final LeafWriter writer;
        private final int leaf;
        private final int definition;
        /** Whether all of them fit as they are, so that nobody has to look at their digits. */
        private final boolean fits;

        private final byte[] scratch = new byte[1 + Long.BYTES];

        OfUnsigned(Binding.Leaf binding) {
            writer = LeafWriter.of(binding);
            leaf = binding.place().firstLeaf();
            definition = binding.place().definition();
            fits = binding.place().member().type() instanceof Scalar to
                    && to.precision() >= FieldKind.UINT64.scalar().precision()
                    && to.scale() == 0;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            for (int i = 0; i < Long.BYTES; i++) {
                scratch[1 + i] = (byte) (wire >>> (Byte.SIZE * (Long.BYTES - 1 - i)));
            }
            int first = 0;
            while (first < Long.BYTES && scratch[first] == 0 && scratch[first + 1] >= 0) {
                first++;
            }
            if (fits) {
                payload.events().made(leaf, repetition, definition, scratch, first, scratch.length - first);
            } else {
                writer.made(payload.events(), repetition, scratch, first, scratch.length - first);
            }
        }
    }

    /** Bytes, or a text. */
    static final class OfBytes extends ValueNode {
        private final boolean text;
        private final LeafWriter writer;

        OfBytes(boolean text, LeafWriter writer) {
            this.text = text;
            this.writer = writer;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            int from = Notes.from(wire);
            int to = Notes.to(wire);
            if (text && !Utf8.isValid(payload.bytes(), from, to)) {
                throw new BadPayloadException(NOT_UTF_8);
            }
            writer.bytes(payload.events(), repetition, payload.bytes(), from, to - from);
        }
    }

    /** The name of a number. */
    static final class OfEnum extends ValueNode {
        private final EnumNames names;
        private final LeafWriter writer;

        OfEnum(EnumNames names, LeafWriter writer) {
            this.names = names;
            this.writer = writer;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            byte[] name = names.name((int) wire);
            if (name != null) {
                writer.made(payload.events(), repetition, name, 0, name.length);
                return;
            }
            ByteText text = payload.text();
            int from = text.length();
            int number = (int) wire;
            text.number(number);
            writer.made(payload.events(), repetition, text.bytes(), from, text.length() - from);
            text.cut(from);
        }
    }

    /** A message that stands in one piece. */
    static final class OfMessage extends ValueNode {
        private final MessageNode message;

        OfMessage(MessageNode message) {
            this.message = message;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            message.read(payload, Notes.from(wire), Notes.to(wire), repetition);
        }
    }

    /** A JSON text. */
    static final class OfJson extends ValueNode {
        private final FieldModel field;
        private final LeafWriter writer;

        OfJson(FieldModel field, LeafWriter writer) {
            this.field = field;
            this.writer = writer;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            ByteText text = payload.text();
            int from = text.length();
            WireJson.value(payload, field, wire);
            writer.made(payload.events(), repetition, text.bytes(), from, text.length() - from);
            text.cut(from);
        }
    }

    /** Is bad. */
    static final class Refused extends ValueNode {
        private final String reason;

        Refused(String reason) {
            this.reason = reason;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            throw new BadPayloadException(reason);
        }
    }

    /** A member of a struct, whose others are null. */
    static final class Within extends ValueNode {
        private final List<Constant> siblings;
        private final ValueNode inner;

        Within(List<Constant> siblings, ValueNode inner) {
            this.siblings = siblings;
            this.inner = inner;
        }

        @Override
        void value(WirePayload payload, long wire, int repetition) throws BadPayloadException {
            for (int i = 0; i < siblings.size(); i++) {
                siblings.get(i).emit(payload.events(), repetition);
            }
            inner.value(payload, wire, repetition);
        }
    }
}
