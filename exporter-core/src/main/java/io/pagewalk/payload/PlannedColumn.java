package io.pagewalk.payload;

/**
 * A leaf of a typed column, before the export begins, for people.
 *
 * @param path the names from the column down, with dots between
 * @param type what it holds, such as {@code decimal(12, 3)}
 * @param origin which version of which schema brought it
 */
public record PlannedColumn(String path, String type, String origin) {}
