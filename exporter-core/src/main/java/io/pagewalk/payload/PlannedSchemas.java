package io.pagewalk.payload;

import java.util.List;
import java.util.Map;

/**
 * What typed columns of an export are made of, before it begins.
 *
 * @param pinned what its first entry says of them
 * @param files the files that have to be there before that entry, by their names; nobody changes the arrays
 * @param columns the leaves of the columns
 * @param notices what whoever plans the export should know of them, a line each
 */
public record PlannedSchemas(
        PinnedSchemas pinned, Map<String, byte[]> files, List<PlannedColumn> columns, List<String> notices) {
    /** Keeps copies. */
    public PlannedSchemas {
        files = Map.copyOf(files);
        columns = List.copyOf(columns);
        notices = List.copyOf(notices);
    }
}
