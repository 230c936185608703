package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.ByteView;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.ScalarKind;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A leaf of texts, other bytes or large decimals. They are numbers of a dictionary as long as that pays, else as they are. Like the
 * keys of headers, they never go back to the dictionary within a row group.
 */
final class BytesLeaf extends LeafColumn {
    private static final int[] NONE = {};
    private static final int FIRST_CAPACITY = 16;
    /** A page by numbers ends early enough that it is no more than so many pages if it has to be written out. */
    private static final int SAVING = 4;

    /** How many bytes each value has; 0 where they differ. */
    private final int width;

    private final boolean decimal;
    private final boolean neverDictionary;
    private final ValueTable table;
    private final PageBytes values;
    private final byte[] widened;
    private int[] ids = NONE;
    private int idCount;
    private long plainBytes;
    private boolean plain;
    private boolean dictionaryUseless;
    private boolean dictionaryInUse;

    BytesLeaf(ColumnDescriptor column, ColumnType.Scalar type, Shared shared) {
        super(column, shared);
        PrimitiveType physical = column.getPrimitiveType();
        width = physical.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? physical.getTypeLength()
                : 0;
        decimal = type.kind() == ScalarKind.DECIMAL;
        widened = new byte[decimal ? width : 0];
        neverDictionary = type.kind() == ScalarKind.JSON;
        table = new ValueTable(shared.dictionaryBytes(), width);
        values = PageBytes.small(shared.pageBytes());
    }

    @Override
    void beginValues() {
        table.clear();
        plain = neverDictionary || dictionaryUseless;
        dictionaryInUse = false;
    }

    /** Adds the value of the next row, where there are no rows within rows. */
    void add(@Nullable ByteView value) throws IOException {
        if (levels(0, value == null ? 0 : 1) && value != null) {
            value(value.array(), value.offset(), value.length());
        }
    }

    @Override
    void value(RowEvents events, int event) {
        byte[] array = events.array(event);
        int offset = events.offset(event);
        int length = events.length(event);
        if (decimal) {
            int missing = width - length;
            Arrays.fill(widened, 0, missing, (byte) (array[offset] >> (Byte.SIZE - 1)));
            System.arraycopy(array, offset, widened, missing, length);
            value(widened, 0, width);
        } else {
            value(array, offset, length);
        }
    }

    private void value(byte[] array, int offset, int length) {
        if (!plain) {
            int id = table.idOf(array, offset, length);
            if (id != ValueTable.FULL) {
                if (idCount == ids.length) {
                    ids = Arrays.copyOf(ids, Math.max(FIRST_CAPACITY, 2 * idCount));
                }
                ids[idCount++] = id;
                plainBytes += length + (width == 0 ? Integer.BYTES : 0);
                return;
            }
            goPlain();
        }
        if (width == 0) {
            values.appendWithLength(array, offset, length);
        } else {
            values.append(array, offset, length);
        }
    }

    /** A page has one encoding: what it has by number is written out. */
    private void goPlain() {
        plain = true;
        dictionaryUseless = dictionaryUseless || !dictionaryInUse;
        for (int i = 0; i < idCount; i++) {
            table.appendEntry(ids[i], values);
        }
        idCount = 0;
        plainBytes = 0;
        if (!dictionaryInUse) {
            table.release();
        }
    }

    @Override
    long bufferedValues() {
        return values.size() + Math.max((long) Integer.BYTES * idCount, plainBytes / SAVING);
    }

    @Override
    long size() {
        return super.size() + table.size();
    }

    @Override
    long capacity() {
        return super.capacity() + values.capacity() + (long) Integer.BYTES * ids.length + table.capacity();
    }

    @Override
    void release() {
        super.release();
        values.release();
        table.release();
        ids = NONE;
    }

    @Override
    void clearValues() {
        values.clear();
        idCount = 0;
        plainBytes = 0;
    }

    @Override
    Encoding encode(PageBytes page) {
        if (!plain && !dictionaryInUse) {
            if (idCount == 0) {
                plain = true;
            } else if (!table.pays(idCount, plainBytes)) {
                goPlain();
            }
        }
        if (plain) {
            page.append(values.array(), values.offset(), values.size());
            return Encoding.PLAIN;
        }
        dictionaryInUse = true;
        int bits = BytesUtils.getWidthFromMaxInt(table.count() - 1);
        page.append((byte) bits);
        shared.runs().append(ids, idCount, bits, page);
        return Encoding.RLE_DICTIONARY;
    }

    @Override
    Statistics<?> statistics(int nulls) {
        return pages.noStatistics();
    }

    @Override
    void finish() throws IOException {
        super.finish();
        if (dictionaryInUse) {
            pages.writeDictionary(table.entries(), table.count());
        }
    }
}
