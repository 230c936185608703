package io.pagewalk.internal.schema.avro;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.LeafWriter;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.ScalarKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of values without parts. The usual ones, of which nothing is converted, have no writer between them and the events: that is a
 * third of the time.
 */
final class AvroScalars {
    private AvroScalars() {}

    static AvroNode node(Schema schema, Binding.Leaf binding) {
        Scalar from = binding.from().type();
        Scalar to = (Scalar) binding.place().member().type();
        if (from.kind() == ScalarKind.JSON) {
            return new AvroJson.Node(schema, LeafWriter.of(binding));
        }
        boolean unchanged = from.equals(to) || (from.kind() == ScalarKind.INT32 && to.kind() == ScalarKind.INT64);
        int leaf = binding.place().firstLeaf();
        int definition = binding.place().definition();
        LeafWriter writer = LeafWriter.of(binding);
        return switch (schema.getType()) {
            case BOOLEAN -> new BooleanNode(writer);
            case INT ->
                from.isNumber()
                        ? unchanged ? new SameInt(leaf, definition) : new IntNode(writer)
                        : new TimeNode(writer, true);
            case LONG ->
                from.isNumber()
                        ? unchanged ? new SameLong(leaf, definition) : new LongNode(writer)
                        : new TimeNode(writer, false);
            case FLOAT -> new FloatNode(writer);
            case DOUBLE -> new SameDouble(leaf, definition);
            case STRING -> new TextNode(leaf, definition);
            case ENUM -> new EnumNode(schema.getEnumSymbols(), leaf, definition);
            case BYTES ->
                from.kind() == ScalarKind.STRING
                        ? new DecimalTextNode(AvroTypes.scaleOf(schema), writer)
                        : new BytesNode(writer);
            case FIXED -> from.kind() == ScalarKind.STRING ? fixedText(schema, writer) : new FixedNode(schema, writer);
            default -> throw new IllegalStateException(schema.getType().toString());
        };
    }

    private static AvroNode fixedText(Schema schema, LeafWriter writer) {
        Integer scale = AvroTypes.scaleOf(schema);
        return scale == null ? new UuidNode(writer) : new FixedDecimalTextNode(schema.getFixedSize(), scale, writer);
    }

    private abstract static class Writing extends AvroNode {
        final LeafWriter writer;

        Writing(LeafWriter writer) {
            this.writer = writer;
        }
    }

    private abstract static class Direct extends AvroNode {
        final int leaf;
        final int definition;

        Direct(int leaf, int definition) {
            this.leaf = leaf;
            this.definition = definition;
        }
    }

    private static final class BooleanNode extends Writing {
        BooleanNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            writer.number(into, repetition, in.readBoolean() ? 1 : 0);
        }
    }

    private static final class SameInt extends Direct {
        SameInt(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            into.number(leaf, repetition, definition, in.readInt());
        }
    }

    private static final class IntNode extends Writing {
        IntNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            writer.number(into, repetition, in.readInt());
        }
    }

    private static final class SameLong extends Direct {
        SameLong(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            into.number(leaf, repetition, definition, in.readLong());
        }
    }

    private static final class LongNode extends Writing {
        LongNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            writer.number(into, repetition, in.readLong());
        }
    }

    private static final class FloatNode extends Writing {
        FloatNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            writer.number(into, repetition, in.readFloat());
        }
    }

    private static final class SameDouble extends Direct {
        SameDouble(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            into.number(leaf, repetition, definition, in.readDouble());
        }
    }

    private static final class TextNode extends Direct {
        TextNode(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            int length = in.length();
            into.bytes(leaf, repetition, definition, in.takeText(length), length);
        }
    }

    private static final class EnumNode extends Direct {
        private final byte[][] symbols;

        EnumNode(List<String> symbols, int leaf, int definition) {
            super(leaf, definition);
            this.symbols = symbols.stream()
                    .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            byte[] symbol = symbols[in.index(symbols.length)];
            into.made(leaf, repetition, definition, symbol, 0, symbol.length);
        }
    }

    private static final class BytesNode extends Writing {
        BytesNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            int length = in.length();
            writer.bytes(into, repetition, in.array(), in.take(length), length);
        }
    }

    private static final class FixedNode extends Writing {
        private final int length;

        FixedNode(Schema schema, LeafWriter writer) {
            super(writer);
            length = schema.getFixedSize();
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            writer.bytes(into, repetition, in.array(), in.take(length), length);
        }
    }

    private static final class TimeNode extends Writing {
        private final boolean millis;
        private final byte[] text = new byte[AvroTexts.TIME_LENGTH];

        TimeNode(LeafWriter writer, boolean millis) {
            super(writer);
            this.millis = millis;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            int length = AvroTexts.time(millis ? in.readInt() : in.readLong(), millis, text);
            if (length < 0) {
                throw new BadPayloadException("a day has no such time");
            }
            writer.made(into, repetition, text, 0, length);
        }
    }

    private static final class UuidNode extends Writing {
        private final byte[] text = new byte[AvroTexts.UUID_LENGTH];

        UuidNode(LeafWriter writer) {
            super(writer);
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            AvroTexts.uuid(in.array(), in.take(2 * Long.BYTES), text);
            writer.made(into, repetition, text, 0, text.length);
        }
    }

    /** Decimals that no column has room for, and those that have their scale with them. They are rare, and may allocate. */
    private static final class DecimalTextNode extends Writing {
        private final int scale;

        DecimalTextNode(@Nullable Integer scale, LeafWriter writer) {
            super(writer);
            this.scale = scale == null ? -1 : scale;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            int length = in.length();
            int first = in.take(length);
            byte[] text = scale < 0
                    ? AvroTexts.bigDecimal(in.array(), first, length)
                    : AvroTexts.decimal(in.array(), first, length, scale);
            writer.made(into, repetition, text, 0, text.length);
        }
    }

    private static final class FixedDecimalTextNode extends Writing {
        private final int length;
        private final int scale;

        FixedDecimalTextNode(int length, int scale, LeafWriter writer) {
            super(writer);
            this.length = length;
            this.scale = scale;
        }

        @Override
        void read(AvroInput in, RowEvents into, int repetition) throws BadPayloadException {
            byte[] text = AvroTexts.decimal(in.array(), in.take(length), length, scale);
            writer.made(into, repetition, text, 0, text.length);
        }
    }
}
