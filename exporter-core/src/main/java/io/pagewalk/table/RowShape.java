package io.pagewalk.table;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of data files, as a table has to know them.
 *
 * <p>A table format knows columns, and parts of columns, by ids, which it hands out itself. Ids are told as a list in the order of
 * {@link #nodes}.
 *
 * @param columns those of a data file, in its order
 * @param dated whether the rows of a file are all of one date, by which the table is partitioned in a column {@link #DATE_COLUMN}
 *     that the files do not have
 */
public record RowShape(List<Member> columns, boolean dated) {
    /** The date of a window, for the table alone. */
    public static final String DATE_COLUMN = "dt";

    /** Keeps a copy. */
    public RowShape {
        columns = List.copyOf(columns);
    }

    /**
     * All that has an id, depth first: each column, then what is in it. A struct has its members, a list its element, a map its key
     * and its value.
     */
    public List<Member> nodes() {
        List<Member> nodes = new ArrayList<>();
        columns.forEach(column -> add(column, nodes));
        return List.copyOf(nodes);
    }

    private static void add(Member member, List<Member> nodes) {
        nodes.add(member);
        parts(member.type()).forEach(part -> add(part, nodes));
    }

    /** What is directly in a column of that type, in the order in which ids are told; empty for a value without parts. */
    public static List<Member> parts(ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return struct.members();
        } else if (type instanceof ColumnType.ListOf list) {
            return List.of(list.element());
        } else if (type instanceof ColumnType.MapOf map) {
            return List.of(Member.required("key", map.key()), map.value());
        }
        return List.of();
    }
}
