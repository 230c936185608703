package io.pagewalk.table;

import io.pagewalk.model.OffsetRange;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that a table gets, or loses, in one transaction.
 *
 * @param before how much of the series the table has to have for that; else the change is refused
 * @param after how much it has then
 * @param files at most {@link #MOST_FILES}; may be empty: then only the position changes
 * @param pages how many pages they are the files of
 * @param offsets the offsets that these pages have walked, gaps and losses included, by partition; of a table that loses files empty
 */
public record TableChange(
        TablePosition before,
        TablePosition after,
        List<TableFile> files,
        long pages,
        SortedMap<Integer, OffsetRange> offsets) {
    /** What a table format keeps in memory for one transaction is bounded by it. */
    public static final int MOST_FILES = 10_000;

    /** Keeps copies. */
    public TableChange {
        files = List.copyOf(files);
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }
}
