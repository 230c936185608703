package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.Preset;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.row.ColumnType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What all versions have at one path, merged. */
sealed interface MergedNode {
    /** Null, in all versions: no column. */
    record Nothing() implements MergedNode {}

    /**
     * A value without parts.
     *
     * @param readings what versions said that values mean, by what others call the same values
     */
    record Leaf(Scalar type, Map<Scalar, SourceType.Value> readings) implements MergedNode {}

    /**
     * A group.
     *
     * @param fields those that have columns, in the table's order
     * @param others those that have none
     * @param present what the column is called that says that the group is there; null if there is none. It is the first.
     */
    record Group(
            List<Field> fields,
            List<Field> others,
            @Nullable String present) implements MergedNode {}

    /** A list. */
    record Many(Slot element) implements MergedNode {}

    /** A map. */
    record Entries(Scalar key, Slot value) implements MergedNode {}

    /** One of several types, in the table's order. */
    record Choice(List<Branch> branches) implements MergedNode {}

    /** What may be null. */
    record Slot(MergedNode node, boolean optional) {}

    /**
     * One type of several.
     *
     * @param name what its member is called
     * @param types what versions have there, each at most one type
     */
    record Branch(String name, String fullName, List<At> types, MergedNode node) {
        /** Whether a version has a type there. */
        boolean has(int version) {
            return types.stream().anyMatch(at -> at.version() == version);
        }
    }

    /**
     * A field.
     *
     * @param name what it is called in the table
     * @param identity how its names and its fields in all versions are found
     * @param preset what stands for it where a version does not have it; null if that is null
     * @param presetType the type that the preset is a value of, and its version; null if there is no preset
     */
    record Field(
            String name,
            Identity identity,
            MergedNode node,
            boolean optional,
            @Nullable Preset preset,
            @Nullable At presetType) {}

    /** A type, and the version that has it, by its number among all versions of the subject. */
    record At(int version, SourceType type) {}

    /**
     * One field through all versions.
     *
     * @param name what the newest version that has it calls it
     * @param names what any version calls it
     * @param aliases what versions say that it was called
     * @param number what tells it from others; 0 if names do
     * @param sources its index in the groups of versions, by their numbers
     */
    record Identity(String name, Set<String> names, Set<String> aliases, int number, Map<Integer, Integer> sources) {}
}
