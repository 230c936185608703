package io.pagewalk.internal.sink.parquet.column;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Where the pages of one column go: for each row group somewhere else. */
final class ColumnPages {
    private final ColumnDescriptor column;
    private @Nullable PageWriter writer;

    ColumnPages(ColumnDescriptor column) {
        this.column = column;
    }

    void begin(PageWriteStore store) {
        writer = store.getPageWriter(column);
    }

    private PageWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("no row group has begun");
        }
        return writer;
    }

    /** The bytes of the pages written so far, as compressed. */
    long size() {
        return writer().getMemSize();
    }

    /** Statistics without any value. */
    Statistics<?> noStatistics() {
        return Statistics.noopStats(column.getPrimitiveType());
    }

    /** Statistics that take values. */
    Statistics<?> statistics() {
        return Statistics.createStats(column.getPrimitiveType());
    }

    /** Writes a page of a column that has levels, which stand in front of the values, each kind with its length. */
    void write(BytesInput page, int values, int rows, Encoding encoding) throws IOException {
        write(page, values, rows, noStatistics(), encoding);
    }

    /** Likewise, with statistics. */
    void write(BytesInput page, int values, int rows, Statistics<?> statistics, Encoding encoding) throws IOException {
        writer().writePage(page, values, rows, statistics, Encoding.RLE, Encoding.RLE, encoding);
    }

    /** Writes a page of a column without levels: it has one value a row, and none of them is null. */
    void writeRequired(BytesInput page, int rows, Statistics<?> statistics, Encoding encoding) throws IOException {
        writer().writePage(page, rows, rows, statistics, Encoding.RLE, Encoding.RLE, encoding);
    }

    void writeDictionary(PageBytes entries, int count) throws IOException {
        writer().writeDictionaryPage(new DictionaryPage(entries.toInput(), count, Encoding.PLAIN));
    }
}
