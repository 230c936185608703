package io.pagewalk.internal.sink.parquet.column;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;

/** A required column of longs, as packed deltas, with their bounds. Whoever owns it says where its pages end. */
public final class LongColumn {
    private static final int SLAB = 4 * 1024;

    private final ColumnPages pages;
    private final DeltaBinaryPackingValuesWriterForLong values;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private int rows;

    /** @param pageBytes how large a page is, mostly */
    public LongColumn(ColumnDescriptor column, int pageBytes, ByteBufferAllocator allocator) {
        this.pages = new ColumnPages(column);
        this.values = new DeltaBinaryPackingValuesWriterForLong(SLAB, Math.max(SLAB, pageBytes), allocator);
    }

    /** Begins a row group, whose pages go there. */
    public void begin(PageWriteStore store) {
        pages.begin(store);
    }

    /** Adds the value of the next row. */
    public void add(long value) {
        values.writeLong(value);
        min = Math.min(min, value);
        max = Math.max(max, value);
        rows++;
    }

    /** The bytes held: full pages as compressed, the last one as it is. */
    public long size() {
        return pages.size() + values.getBufferedSize();
    }

    /** Writes a page of what was added since the last one. */
    public void endPage() throws IOException {
        Statistics<?> bounds = pages.statistics();
        bounds.updateStats(min);
        bounds.updateStats(max);
        pages.writeRequired(values.getBytes(), rows, bounds, Encoding.DELTA_BINARY_PACKED);
        values.reset();
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
        rows = 0;
    }
}
