package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.row.RowEvents;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A leaf of numbers. Whole ones are packed deltas: these are small where the numbers are few, or close to each other, or ascend.
 * Floating-point ones are numbers of a dictionary, if that pays, else as they are.
 */
final class NumberLeaf extends LeafColumn {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] NONE = {};
    private static final int FIRST_CAPACITY = 16;

    private final PrimitiveTypeName type;
    private final int width;
    private final ValueTable table;
    private final byte[] scratch = new byte[Long.BYTES];
    private long[] values = NONE;
    private int count;
    /** Whether the dictionary is of no use: for the rest of the row group, and from then on. */
    private boolean plain;

    private boolean dictionaryUseless;
    private boolean dictionaryInUse;

    NumberLeaf(ColumnDescriptor column, Shared shared) {
        super(column, shared);
        type = column.getPrimitiveType().getPrimitiveTypeName();
        width = type == PrimitiveTypeName.FLOAT ? Float.BYTES : Long.BYTES;
        table = new ValueTable(shared.dictionaryBytes(), width);
    }

    @Override
    void beginValues() {
        table.clear();
        plain = dictionaryUseless;
        dictionaryInUse = false;
    }

    @Override
    void value(RowEvents events, int event) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.max(FIRST_CAPACITY, 2 * count));
        }
        values[count++] = events.number(event);
    }

    @Override
    long bufferedValues() {
        return (long) Long.BYTES * count;
    }

    @Override
    long size() {
        return super.size() + table.size();
    }

    @Override
    long capacity() {
        return super.capacity() + (long) Long.BYTES * values.length + table.capacity();
    }

    @Override
    void release() {
        super.release();
        values = NONE;
        table.release();
    }

    @Override
    void clearValues() {
        count = 0;
    }

    @Override
    Encoding encode(PageBytes page) {
        if (count == 0) {
            plain = plain || !dictionaryInUse;
            return noValues(page);
        }
        return switch (type) {
            case BOOLEAN -> bits(page);
            case INT32, INT64 -> {
                shared.deltas().append(values, count, type == PrimitiveTypeName.INT32, page);
                yield Encoding.DELTA_BINARY_PACKED;
            }
            default -> floats(page);
        };
    }

    /** Where numbers of a dictionary came before, none of them come again. */
    private Encoding noValues(PageBytes page) {
        if (dictionaryInUse) {
            page.append((byte) 0);
            return Encoding.RLE_DICTIONARY;
        }
        return Encoding.PLAIN;
    }

    private Encoding bits(PageBytes page) {
        int pending = 0;
        for (int i = 0; i < count; i++) {
            pending |= (int) (values[i] & 1) << (i & 7);
            if ((i & 7) == 7 || i == count - 1) {
                page.append((byte) pending);
                pending = 0;
            }
        }
        return Encoding.PLAIN;
    }

    private Encoding floats(PageBytes page) {
        if (!plain) {
            int[] ids = shared.runs().scratch(count);
            if (lookUp(ids)) {
                dictionaryInUse = true;
                int bits = BytesUtils.getWidthFromMaxInt(table.count() - 1);
                page.append((byte) bits);
                shared.runs().append(ids, count, bits, page);
                return Encoding.RLE_DICTIONARY;
            }
            plain = true;
            dictionaryUseless = true;
        }
        for (int i = 0; i < count; i++) {
            if (width == Float.BYTES) {
                page.appendInt((int) values[i]);
            } else {
                page.appendLong(values[i]);
            }
        }
        return Encoding.PLAIN;
    }

    /** False if the dictionary does not pay, or has no room. */
    private boolean lookUp(int[] ids) {
        for (int i = 0; i < count; i++) {
            LONG.set(scratch, 0, values[i]);
            ids[i] = table.idOf(scratch, 0, width);
            if (ids[i] == ValueTable.FULL) {
                return false;
            }
        }
        return dictionaryInUse || table.pays(count, (long) width * count);
    }

    @Override
    Statistics<?> statistics(int nulls) {
        if (type == PrimitiveTypeName.BOOLEAN) {
            return pages.noStatistics();
        }
        Statistics<?> statistics = pages.statistics();
        statistics.incrementNumNulls(nulls);
        if (count > 0) {
            switch (type) {
                case INT32, INT64 -> wholeBounds(statistics);
                case FLOAT, DOUBLE -> floatBounds(statistics);
                default -> throw new IllegalStateException(type.toString());
            }
        }
        return statistics;
    }

    private void wholeBounds(Statistics<?> statistics) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        if (type == PrimitiveTypeName.INT32) {
            statistics.updateStats((int) min);
            statistics.updateStats((int) max);
        } else {
            statistics.updateStats(min);
            statistics.updateStats(max);
        }
    }

    /** Bounds that are NaN say that there are none. Zero has two signs, which are told apart only here. */
    private void floatBounds(Statistics<?> statistics) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double value =
                    width == Float.BYTES ? Float.intBitsToFloat((int) values[i]) : Double.longBitsToDouble(values[i]);
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        min = min == 0 ? -0.0 : min;
        max = max == 0 ? 0.0 : max;
        if (type == PrimitiveTypeName.FLOAT) {
            statistics.updateStats((float) min);
            statistics.updateStats((float) max);
        } else {
            statistics.updateStats(min);
            statistics.updateStats(max);
        }
    }

    @Override
    void finish() throws IOException {
        super.finish();
        if (dictionaryInUse) {
            pages.writeDictionary(table.entries(), table.count());
        }
    }
}
