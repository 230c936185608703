package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.ByteView;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;
import org.jspecify.annotations.Nullable;

/** An optional column of byte arrays, as they are. A page ends before it would be too large. */
public final class PayloadColumn {
    /** For the levels of most pages. */
    private static final int FRONT = 1024;

    private final ColumnPages pages;
    private final int pageBytes;
    private final int pageRows;
    private final PageBytes page;
    private final Levels present = new Levels();

    /**
     * @param pageBytes how large a page may be, if it has more than one row
     * @param pageRows how many rows it may have
     */
    public PayloadColumn(ColumnDescriptor column, int pageBytes, int pageRows) {
        this.pages = new ColumnPages(column);
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
        this.page = new PageBytes(FRONT, pageBytes);
    }

    /** Begins a row group, whose pages go there. */
    public void begin(PageWriteStore store) {
        pages.begin(store);
    }

    /** Adds the value of the next row. */
    public void add(@Nullable ByteView value) throws IOException {
        long length = value == null ? 0 : Integer.BYTES + (long) value.length();
        if (page.size() + length > pageBytes || present.count() == pageRows) {
            endPage();
        }
        if (value == null) {
            present.add(0);
        } else {
            present.add(1);
            page.appendWithLength(value.array(), value.offset(), value.length());
        }
    }

    /** The bytes held: full pages as compressed, the last one as it is. */
    public long size() {
        return pages.size() + page.size();
    }

    private void endPage() throws IOException {
        int rows = present.count();
        if (rows == 0) {
            return;
        }
        page.putInFront(present.encode(1, level -> level));
        pages.write(page.toInput(), rows, rows, Encoding.PLAIN);
        page.clear();
        present.clear();
    }

    /** Writes what is left of the row group. */
    public void finish() throws IOException {
        endPage();
    }
}
