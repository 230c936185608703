package io.pagewalk.internal.sink.parquet.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * A required column whose value is the same in most rows that follow each other: a dictionary, and runs of its entries. A row that
 * repeats the one before costs a comparison. Whoever owns it says where its pages end.
 *
 * @param <T> what a value is
 */
public final class RunColumn<T> {
    private static final int USUAL_DICTIONARY = 4 * 1024;
    private static final int USUAL_RUNS = 4 * 1024;

    /** What becomes of values. */
    private interface Kind<T> {
        /** As the encoding PLAIN has it. */
        void append(T value, PageBytes dictionary);

        /** Empty, or that which takes the values of a page. */
        Statistics<?> statistics(ColumnPages pages);

        void see(T value, Statistics<?> statistics);
    }

    private final ColumnPages pages;
    private final Kind<T> kind;
    private final PageBytes dictionary = new PageBytes(0, USUAL_DICTIONARY);
    private final PageBytes page = new PageBytes(0, USUAL_RUNS);
    private final Map<T, Integer> ids = new HashMap<>();

    private @Nullable T last;
    private int lastId;
    private int repeated;
    /** Of each run of this page that has ended: its entry, and its length. */
    private int[] runs = {};

    private int runEnd;

    private RunColumn(ColumnDescriptor column, Kind<T> kind) {
        this.pages = new ColumnPages(column);
        this.kind = kind;
    }

    /** Of texts, without statistics. */
    public static RunColumn<String> texts(ColumnDescriptor column) {
        return new RunColumn<>(column, new Kind<>() {
            @Override
            public void append(String value, PageBytes dictionary) {
                byte[] bytes = value.getBytes(UTF_8);
                dictionary.appendWithLength(bytes, 0, bytes.length);
            }

            @Override
            public Statistics<?> statistics(ColumnPages pages) {
                return pages.noStatistics();
            }

            @Override
            public void see(String value, Statistics<?> statistics) {}
        });
    }

    /** Of numbers of 32 bits, with their bounds. */
    public static RunColumn<Integer> numbers(ColumnDescriptor column) {
        return new RunColumn<>(column, new Kind<>() {
            @Override
            public void append(Integer value, PageBytes dictionary) {
                dictionary.appendInt(value);
            }

            @Override
            public Statistics<?> statistics(ColumnPages pages) {
                return pages.statistics();
            }

            @Override
            public void see(Integer value, Statistics<?> statistics) {
                statistics.updateStats(value.intValue());
            }
        });
    }

    /** Begins a row group, whose pages go there. */
    public void begin(PageWriteStore store) {
        pages.begin(store);
        dictionary.clear();
        ids.clear();
        last = null;
    }

    /** Adds the value of the next row. */
    public void add(T value) {
        if (!value.equals(last)) {
            endRun();
            last = value;
            lastId = idOf(value);
        }
        repeated++;
    }

    private int idOf(T value) {
        Integer known = ids.get(value);
        if (known != null) {
            return known;
        }
        int id = ids.size();
        ids.put(value, id);
        kind.append(value, dictionary);
        return id;
    }

    private void endRun() {
        if (repeated == 0) {
            return;
        }
        if (runEnd == runs.length) {
            runs = Arrays.copyOf(runs, Math.max(16, 2 * runEnd));
        }
        runs[runEnd++] = lastId;
        runs[runEnd++] = repeated;
        repeated = 0;
    }

    /** The bytes held: full pages as compressed, the last one as it is. */
    public long size() {
        return pages.size() + dictionary.size() + (long) Integer.BYTES * runEnd;
    }

    /** Writes a page of what was added since the last one. */
    public void endPage() throws IOException {
        endRun();
        int bits = BytesUtils.getWidthFromMaxInt(ids.size() - 1);
        Statistics<?> statistics = kind.statistics(pages);
        boolean[] seen = new boolean[ids.size()];
        int rows = 0;
        page.clear();
        page.append((byte) bits);
        for (int i = 0; i < runEnd; i += 2) {
            seen[runs[i]] = true;
            rows += runs[i + 1];
            page.appendVarint(runs[i + 1] << 1);
            for (int shift = 0; shift < bits; shift += Byte.SIZE) {
                page.append((byte) (runs[i] >>> shift));
            }
        }
        ids.forEach((value, id) -> {
            if (seen[id]) {
                kind.see(value, statistics);
            }
        });
        pages.writeRequired(page.toInput(), rows, statistics, Encoding.RLE_DICTIONARY);
        runEnd = 0;
    }

    /** Ends the row group, after its last page. */
    public void finish() throws IOException {
        pages.writeDictionary(dictionary, ids.size());
    }
}
