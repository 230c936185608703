package io.pagewalk.row;

import java.util.ArrayList;
import java.util.List;

/**
 * A typed column cut up into its leaves, and the levels of each as Parquet has them (and as the Dremel paper, Melnik et al. 2010,
 * defines them), with lists and maps in three levels. Leaves are numbered from 0, depth first. Immutable, and safe for use by any
 * number of threads.
 */
public final class RowLayout {
    /**
     * One member, and what is below it.
     *
     * @param definition the definition level at which it is there; one less if it is null and may be, and everything above it there
     * @param repetition how many lists and maps it is within, which is the level of a further value in the innermost of them
     * @param firstLeaf the number of its first leaf
     * @param endLeaf the number behind that of its last leaf
     * @param children the members of a struct; of a list its element; of a map its key and its value; of a scalar none. The values of
     *     a list or a map are one definition level and one repetition level deeper.
     */
    public record Place(
            Member member, int definition, int repetition, int firstLeaf, int endLeaf, List<Place> children) {
        /** Whether it is a leaf. */
        public boolean isLeaf() {
            return member.type() instanceof ColumnType.Scalar;
        }

        /** The definition level of its being null. */
        public int absent() {
            return definition - (member.optional() ? 1 : 0);
        }
    }

    /**
     * A leaf.
     *
     * @param path the names from the column down, with those that a file format puts between left out
     * @param definition the level of a value that is there
     * @param repetition the most that a value can have
     */
    public record Leaf(List<String> path, ColumnType.Scalar type, int definition, int repetition) {}

    private final Place root;
    private final List<Leaf> leaves;

    /**
     * Cuts up a column.
     *
     * @param column the whole column; where it is optional, null stands for a payload that is null
     */
    public RowLayout(Member column) {
        List<Leaf> found = new ArrayList<>();
        root = place(column, List.of(), 0, 0, found);
        leaves = List.copyOf(found);
    }

    private static Place place(Member member, List<String> above, int definition, int repetition, List<Leaf> leaves) {
        List<String> path = new ArrayList<>(above);
        path.add(member.name());
        int here = definition + (member.optional() ? 1 : 0);
        int first = leaves.size();
        List<Place> children = new ArrayList<>();
        if (member.type() instanceof ColumnType.Scalar scalar) {
            leaves.add(new Leaf(List.copyOf(path), scalar, here, repetition));
        } else if (member.type() instanceof ColumnType.Struct struct) {
            for (Member child : struct.members()) {
                children.add(place(child, path, here, repetition, leaves));
            }
        } else if (member.type() instanceof ColumnType.ListOf list) {
            children.add(place(list.element(), path, here + 1, repetition + 1, leaves));
        } else if (member.type() instanceof ColumnType.MapOf map) {
            children.add(place(Member.required("key", map.key()), path, here + 1, repetition + 1, leaves));
            children.add(place(map.value(), path, here + 1, repetition + 1, leaves));
        }
        return new Place(member, here, repetition, first, leaves.size(), List.copyOf(children));
    }

    /** The column. */
    public Place root() {
        return root;
    }

    /** Its leaves, by their numbers. */
    public List<Leaf> leaves() {
        return leaves;
    }
}
