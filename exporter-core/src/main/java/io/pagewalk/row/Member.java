package io.pagewalk.row;

/**
 * A part of a struct, a list or a map, or a column itself.
 *
 * @param optional whether it may be null
 */
public record Member(String name, ColumnType type, boolean optional) {
    /** One that may be null. */
    public static Member optional(String name, ColumnType type) {
        return new Member(name, type, true);
    }

    /** One that is never null. */
    public static Member required(String name, ColumnType type) {
        return new Member(name, type, false);
    }
}
