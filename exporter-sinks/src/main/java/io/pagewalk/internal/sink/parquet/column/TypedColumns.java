package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.payload.TypedPart;
import io.pagewalk.record.RecordView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The leaves of a typed part, and the column of its schemas' ids. */
public final class TypedColumns implements PartColumns {
    private static final int LEAST_PAGE_BYTES = 16 * 1024;

    private final TypedPart part;
    private final LeafColumn[] leaves;
    private final BytesLeaf schemaId;
    private final int rowGroupBytes;

    /**
     * @param part what is read of it between two calls of {@link #add} is what is added
     * @param columns those of its leaves, in their order
     * @param schemaId that of its schemas' ids
     * @param rowGroupBytes the size of row groups. All leaves have a page under way at the same time: together these take no more
     *     than half of it, unless there are very many leaves.
     * @param pageBytes how large a page may be
     * @param pageRows how many rows it may have
     */
    public TypedColumns(
            TypedPart part,
            List<ColumnDescriptor> columns,
            ColumnDescriptor schemaId,
            int rowGroupBytes,
            int pageBytes,
            int pageRows) {
        this.part = part;
        this.rowGroupBytes = rowGroupBytes;
        int share = Math.max(rowGroupBytes / (2 * columns.size()), LEAST_PAGE_BYTES);
        int leafPageBytes = Math.min(pageBytes, share);
        LeafColumn.Shared shared = new LeafColumn.Shared(
                new PageBytes(0, leafPageBytes),
                new DeltaPacking(),
                new RunPacking(),
                leafPageBytes,
                pageRows,
                Math.min(pageBytes, Math.max(rowGroupBytes / 8, 1)));
        this.schemaId = new BytesLeaf(schemaId, ColumnType.Scalar.of(ScalarKind.STRING), shared);
        List<RowLayout.Leaf> types = part.layout().leaves();
        leaves = new LeafColumn[columns.size()];
        for (int i = 0; i < leaves.length; i++) {
            ColumnDescriptor column = columns.get(i);
            PrimitiveTypeName physical = column.getPrimitiveType().getPrimitiveTypeName();
            leaves[i] = switch (physical) {
                case BINARY, FIXED_LEN_BYTE_ARRAY ->
                    new BytesLeaf(column, types.get(i).type(), shared);
                default -> new NumberLeaf(column, shared);
            };
        }
    }

    @Override
    public void begin(PageWriteStore store) {
        schemaId.begin(store);
        long capacity = schemaId.capacity();
        for (LeafColumn leaf : leaves) {
            leaf.begin(store);
            capacity += leaf.capacity();
        }
        // Where other leaves are large in each row group, what all of them keep would be without a bound.
        if (capacity > 2L * rowGroupBytes) {
            for (LeafColumn leaf : leaves) {
                leaf.release();
            }
        }
    }

    @Override
    public void add(RecordView record) throws IOException {
        RowEvents events = part.row().events();
        int count = events.count();
        for (int event = 0; event < count; event++) {
            leaves[events.leaf(event)].add(events, event);
        }
        schemaId.add(part.row().schemaId());
    }

    @Override
    public long size() {
        long size = schemaId.size();
        for (LeafColumn leaf : leaves) {
            size += leaf.size();
        }
        return size;
    }

    @Override
    public void finish() throws IOException {
        for (LeafColumn leaf : leaves) {
            leaf.finish();
        }
        schemaId.finish();
    }
}
