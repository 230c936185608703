package io.pagewalk.internal.sink.parquet.column;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;

/**
 * The two columns of a list of headers: their keys and their values. Both have the same levels but for values that are null, and
 * their pages end together. Keys are numbers of a dictionary, until there are too many different ones: then the rest of the row
 * group has them as they are.
 */
public final class HeaderColumns {
    /** A record without headers. */
    private static final int NO_HEADER = 0;
    /** Of a header: its value is null, or there; and it is not the first one of its record. */
    private static final int NULL_VALUE = 1;

    private static final int VALUE = 2;
    private static final int DEFINITION = 3;
    private static final int LATER = 4;

    private static final int FRONT = 1024;

    private final ColumnPages keyPages;
    private final ColumnPages valuePages;
    private final int pageBytes;
    private final int pageRows;

    private final Levels headers = new Levels();
    private final NameTable names;
    private final PageBytes keys;
    private final PageBytes values;
    private int[] ids = {};
    private int idCount;
    private boolean plainKeys;
    private boolean dictionaryInUse;
    private int rows;

    /**
     * @param pageBytes how large a page of both may be, if it has more than one row
     * @param pageRows how many rows it may have
     */
    public HeaderColumns(ColumnDescriptor key, ColumnDescriptor value, int pageBytes, int pageRows) {
        this.keyPages = new ColumnPages(key);
        this.valuePages = new ColumnPages(value);
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
        this.names = new NameTable(pageBytes);
        this.keys = new PageBytes(FRONT, pageBytes);
        this.values = new PageBytes(FRONT, pageBytes);
    }

    /** Begins a row group, whose pages go there. */
    public void begin(PageWriteStore store) {
        keyPages.begin(store);
        valuePages.begin(store);
        names.clear();
        plainKeys = false;
        dictionaryInUse = false;
    }

    /** Adds the headers of the next row. */
    public void add(RecordView record) throws IOException {
        int count = record.headerCount();
        if (rows == pageRows || (count > 0 && rows > 0 && buffered() + sizeOf(record) > pageBytes)) {
            endPage();
        }
        rows++;
        if (count == 0) {
            headers.add(NO_HEADER);
        }
        for (int i = 0; i < count; i++) {
            add(record.header(i), i);
        }
    }

    private void add(HeaderView header, int place) throws IOException {
        addKey(header.key(), place);
        ByteView value = header.value();
        if (value != null) {
            values.appendWithLength(value.array(), value.offset(), value.length());
        }
        headers.add((value == null ? NULL_VALUE : VALUE) | (place == 0 ? 0 : LATER));
    }

    private void addKey(ByteView key, int place) {
        if (!plainKeys) {
            int id = names.idOf(key, place);
            if (id != NameTable.FULL) {
                if (idCount == ids.length) {
                    ids = Arrays.copyOf(ids, Math.max(64, 2 * idCount));
                }
                ids[idCount++] = id;
                return;
            }
            goPlain();
        }
        keys.appendWithLength(key.array(), key.offset(), key.length());
    }

    /** A page has one encoding: what it has by number is written out. */
    private void goPlain() {
        plainKeys = true;
        for (int i = 0; i < idCount; i++) {
            names.appendEntry(ids[i], keys);
        }
        idCount = 0;
    }

    private static long sizeOf(RecordView record) {
        long size = 0;
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            ByteView value = header.value();
            size += 2L * Integer.BYTES + header.key().length() + (value == null ? 0 : value.length());
        }
        return size;
    }

    private long buffered() {
        return keys.size() + values.size() + (long) Integer.BYTES * idCount + headers.count();
    }

    /** The bytes held: full pages as compressed, the last ones as they are. */
    public long size() {
        return keyPages.size() + valuePages.size() + names.entries().size() + buffered();
    }

    private void endPage() throws IOException {
        int count = headers.count();
        if (count == 0) {
            return;
        }
        byte[] repetition = headers.encode(1, header -> header / LATER);
        Encoding keyEncoding = endKeys();
        keys.putInFront(headers.encode(1, header -> (header & DEFINITION) == 0 ? 0 : 1));
        keys.putInFront(repetition);
        keyPages.write(keys.toInput(), count, rows, keyEncoding);
        values.putInFront(headers.encode(2, header -> header & DEFINITION));
        values.putInFront(repetition);
        valuePages.write(values.toInput(), count, rows, Encoding.PLAIN);
        keys.clear();
        values.clear();
        headers.clear();
        idCount = 0;
        rows = 0;
    }

    private Encoding endKeys() {
        if (!dictionaryInUse && idCount == 0) {
            // Spark's vectorized reader takes no numbers after keys as they are, not even after a page without any.
            plainKeys = true;
        }
        if (plainKeys) {
            return Encoding.PLAIN;
        }
        dictionaryInUse = true;
        int bits = BytesUtils.getWidthFromMaxInt(names.count() - 1);
        keys.append((byte) bits);
        byte[] encoded = PackedRuns.encode(bits, idCount, i -> ids[i]);
        keys.append(encoded, 0, encoded.length);
        return Encoding.RLE_DICTIONARY;
    }

    /** Writes what is left of the row group. */
    public void finish() throws IOException {
        endPage();
        if (dictionaryInUse) {
            keyPages.writeDictionary(names.entries(), names.count());
        }
    }
}
