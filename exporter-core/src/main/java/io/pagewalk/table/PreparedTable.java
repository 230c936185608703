package io.pagewalk.table;

import java.util.List;

/**
 * A table that can hold the files of an export.
 *
 * @param name as its catalog has it
 * @param uuid which table of that name it is: one that is dropped and made anew has another
 * @param columnIds those of the export's columns, in the order of {@link RowShape#nodes}; all of them positive
 */
public record PreparedTable(String name, String uuid, List<Integer> columnIds) {
    /** Keeps a copy. */
    public PreparedTable {
        columnIds = List.copyOf(columnIds);
    }
}
