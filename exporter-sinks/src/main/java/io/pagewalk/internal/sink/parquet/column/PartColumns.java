package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.RecordView;
import java.io.IOException;
import org.apache.parquet.column.page.PageWriteStore;

/** The columns of the keys of records, or of their values. */
public interface PartColumns {
    /** Begins a row group, whose pages go there. */
    void begin(PageWriteStore store);

    /** Adds the part of the next row. Of a typed part what was read of it is added, without a look at the record. */
    void add(RecordView record) throws IOException;

    /** The bytes held: full pages as compressed, the last ones as they are. */
    long size();

    /** Writes what is left of the row group. */
    void finish() throws IOException;
}
