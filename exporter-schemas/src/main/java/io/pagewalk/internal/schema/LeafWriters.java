package io.pagewalk.internal.schema;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.ScalarKind;

/** The conversions of {@link LeafWriter}. Which of them there are is said by {@link ScalarJoin} alone. */
final class LeafWriters {
    private LeafWriters() {}

    static LeafWriter of(Scalar from, Scalar to, int leaf, int definition) {
        if (from.kind() == ScalarKind.DECIMAL && to.kind() == ScalarKind.DECIMAL) {
            return new DecimalWriter(from, to, leaf, definition);
        }
        if (Timestamps.isOne(from.kind()) && from.kind() != to.kind()) {
            return new UnitWriter(Timestamps.perSecond(from.kind()), Timestamps.perSecond(to.kind()), leaf, definition);
        }
        if (to.kind() == ScalarKind.DOUBLE && from.kind() == ScalarKind.INT32) {
            return new IntegerToDouble(leaf, definition);
        }
        if (to.kind() == ScalarKind.DOUBLE && from.kind() == ScalarKind.FLOAT) {
            return new FloatToDouble(leaf, definition);
        }
        return from.isNumber() ? new SameNumber(leaf, definition) : new SameBytes(leaf, definition);
    }

    private static final class SameNumber extends LeafWriter {
        SameNumber(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        public void number(RowEvents into, int repetition, long value) {
            into.number(leaf, repetition, definition, value);
        }
    }

    private static final class SameBytes extends LeafWriter {
        SameBytes(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        public void bytes(RowEvents into, int repetition, byte[] array, int offset, int length) {
            into.bytes(leaf, repetition, definition, offset, length);
        }

        @Override
        public void made(RowEvents into, int repetition, byte[] array, int offset, int length) {
            into.made(leaf, repetition, definition, array, offset, length);
        }
    }

    private static final class IntegerToDouble extends LeafWriter {
        IntegerToDouble(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        public void number(RowEvents into, int repetition, long value) {
            into.number(leaf, repetition, definition, Double.doubleToRawLongBits((double) value));
        }
    }

    private static final class FloatToDouble extends LeafWriter {
        FloatToDouble(int leaf, int definition) {
            super(leaf, definition);
        }

        @Override
        public void number(RowEvents into, int repetition, long value) {
            double widened = Float.intBitsToFloat((int) value);
            into.number(leaf, repetition, definition, Double.doubleToRawLongBits(widened));
        }
    }

    /** To a finer unit exactly, to a coarser one downward. */
    private static final class UnitWriter extends LeafWriter {
        private final long factor;
        private final long divisor;

        UnitWriter(long from, long to, int leaf, int definition) {
            super(leaf, definition);
            factor = Math.max(1, to / from);
            divisor = Math.max(1, from / to);
        }

        @Override
        public void number(RowEvents into, int repetition, long value) throws BadPayloadException {
            long converted = divisor == 1 ? value * factor : Math.floorDiv(value, divisor);
            if (divisor == 1 && converted / factor != value) {
                throw new BadPayloadException(LeafWriter.OUT_OF_RANGE);
            }
            into.number(leaf, repetition, definition, converted);
        }
    }
}
