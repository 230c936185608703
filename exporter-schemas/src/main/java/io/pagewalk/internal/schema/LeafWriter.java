package io.pagewalk.internal.schema;

import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.RowEvents;

/**
 * Puts the values of one leaf of a version into the table's leaf, converted. It is given values as {@link RowEvents} would take them
 * for the version's type: a number where {@link Scalar#isNumber()}, else bytes. Decimals, of whatever precision, may also come as bytes
 * of any length; their number of digits is checked. It does not look whether texts are UTF-8. Nothing is allocated but for decimals
 * of more than 18 digits whose scale changes. Confined to one thread.
 */
public abstract class LeafWriter {
    /** A number, or what became of it, is larger than the table's type. */
    static final String OUT_OF_RANGE = "value does not fit into the column";

    final int leaf;
    final int definition;

    LeafWriter(int leaf, int definition) {
        this.leaf = leaf;
        this.definition = definition;
    }

    /** One for a leaf of a binding. */
    public static LeafWriter of(Binding.Leaf binding) {
        return LeafWriters.of(
                binding.from().type(),
                (Scalar) binding.place().member().type(),
                binding.place().firstLeaf(),
                binding.place().definition());
    }

    /**
     * A value that is a number.
     *
     * @throws BadPayloadException if it does not fit
     */
    public void number(RowEvents into, int repetition, long value) throws BadPayloadException {
        throw new IllegalStateException("the values are bytes");
    }

    /**
     * A value that is bytes of the payload's array.
     *
     * @param array the one that the events refer to
     * @throws BadPayloadException if it does not fit
     */
    public void bytes(RowEvents into, int repetition, byte[] array, int offset, int length) throws BadPayloadException {
        throw new IllegalStateException("the values are numbers");
    }

    /**
     * A value that is bytes, which are copied if they are kept.
     *
     * @throws BadPayloadException if it does not fit
     */
    public void made(RowEvents into, int repetition, byte[] array, int offset, int length) throws BadPayloadException {
        throw new IllegalStateException("the values are numbers");
    }
}
