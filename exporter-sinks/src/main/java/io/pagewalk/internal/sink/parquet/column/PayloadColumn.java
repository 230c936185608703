package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;
import org.jspecify.annotations.Nullable;

/** An optional column of byte arrays, as they are. A page ends before it would be too large. */
public final class PayloadColumn implements PartColumns {
    /** Takes a part of a record. */
    @FunctionalInterface
    public interface Part {
        /** The payload, or null. */
        @Nullable
        ByteView of(RecordView record);
    }

    /** For the levels of most pages. */
    private static final int FRONT = 1024;

    private final Part part;
    private final ColumnPages pages;
    private final int pageBytes;
    private final int pageRows;
    private final PageBytes page;
    private final Levels present = new Levels();

    /**
     * @param part which part of records it has
     * @param pageBytes how large a page may be, if it has more than one row
     * @param pageRows how many rows it may have
     */
    public PayloadColumn(ColumnDescriptor column, Part part, int pageBytes, int pageRows) {
        this.part = part;
        this.pages = new ColumnPages(column);
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
        this.page = new PageBytes(FRONT, pageBytes);
    }

    @Override
    public void begin(PageWriteStore store) {
        pages.begin(store);
    }

    @Override
    public void add(RecordView record) throws IOException {
        ByteView value = part.of(record);
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

    @Override
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

    @Override
    public void finish() throws IOException {
        endPage();
    }
}
