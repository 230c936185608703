package io.pagewalk.internal.sink.parquet;

import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Reads the typed keys of a row group back, or its typed values, as the events that they were made of. */
final class TypedRecords {
    private static final byte[] NONE = {};

    private final ColumnReader[] columns;
    private final PrimitiveTypeName[] physical;
    private final RowLayout.Leaf[] leaves;
    private final ColumnReader schemaId;
    private final TypedRow row = new TypedRow();
    private @Nullable Binary lastId;

    TypedRecords(ColumnReadStoreImpl store, MessageType schema, String name, String schemaId, RowLayout layout) {
        List<ColumnDescriptor> found = Columns.leaves(schema, name);
        columns = found.stream().map(store::getColumnReader).toArray(ColumnReader[]::new);
        physical = found.stream()
                .map(column -> column.getPrimitiveType().getPrimitiveTypeName())
                .toArray(PrimitiveTypeName[]::new);
        leaves = layout.leaves().toArray(RowLayout.Leaf[]::new);
        this.schemaId = store.getColumnReader(schema.getColumnDescription(new String[] {schemaId}));
    }

    /** Valid until {@link #next}. */
    TypedRow row() {
        return row;
    }

    /** Reads the next row. */
    void next() {
        RowEvents events = row.events();
        events.begin(NONE);
        for (int leaf = 0; leaf < columns.length; leaf++) {
            ColumnReader column = columns[leaf];
            do {
                int repetition = column.getCurrentRepetitionLevel();
                int definition = column.getCurrentDefinitionLevel();
                if (definition < leaves[leaf].definition()) {
                    events.absent(leaf, repetition, definition);
                } else {
                    value(events, column, leaf, repetition, definition);
                }
                column.consume();
            } while (column.getCurrentRepetitionLevel() > 0);
        }
        id();
    }

    private void value(RowEvents events, ColumnReader column, int leaf, int repetition, int definition) {
        ColumnType.Scalar type = leaves[leaf].type();
        switch (physical[leaf]) {
            case BOOLEAN -> events.number(leaf, repetition, definition, column.getBoolean() ? 1 : 0);
            case INT32 -> events.number(leaf, repetition, definition, column.getInteger());
            case INT64 -> events.number(leaf, repetition, definition, column.getLong());
            case FLOAT -> events.number(leaf, repetition, definition, Float.floatToRawIntBits(column.getFloat()));
            case DOUBLE -> events.number(leaf, repetition, definition, Double.doubleToRawLongBits(column.getDouble()));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                byte[] bytes = column.getBinary().getBytesUnsafe();
                int from = type.kind() == ScalarKind.DECIMAL ? redundant(bytes) : 0;
                events.made(leaf, repetition, definition, bytes, from, bytes.length - from);
            }
            default -> throw new IllegalStateException(physical[leaf].toString());
        }
    }

    /** How many bytes in front say no more than the sign of the next. */
    private static int redundant(byte[] number) {
        int from = 0;
        while (from < number.length - 1 && number[from] == number[from + 1] >> (Byte.SIZE - 1)) {
            from++;
        }
        return from;
    }

    private void id() {
        if (schemaId.getCurrentDefinitionLevel() == 0) {
            row.setSchemaId(null);
        } else {
            Binary id = schemaId.getBinary();
            if (row.schemaId() == null || !id.equals(lastId)) {
                lastId = id.copy();
                row.setSchemaId(ByteView.of(lastId.getBytes()));
            }
        }
        schemaId.consume();
    }
}
