package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.ScalarJoin;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What versions have for one type of a choice. */
record BranchTypes(String name, String fullName, List<At> types) {
    BranchTypes(SourceType.Branch branch) {
        this(branch.name(), branch.fullName(), new ArrayList<>());
    }

    /**
     * The branch that a type belongs to which is alone in its version: that of its name, else one that has the same type, else one that
     * has room for it.
     */
    static @Nullable BranchTypes home(Collection<BranchTypes> branches, SourceType type) {
        String name = nameOf(type);
        for (BranchTypes branch : branches) {
            if (!name.isEmpty() && name.equals(branch.fullName)) {
                return branch;
            }
        }
        BranchTypes same = first(branches, type, (one, other) -> nameOf(one).equals(nameOf(other)) && same(one, other));
        if (same == null) {
            same = first(branches, type, BranchTypes::same);
        }
        return same != null ? same : first(branches, type, BranchTypes::holds);
    }

    private static @Nullable BranchTypes first(
            Collection<BranchTypes> branches, SourceType type, BiPredicate<SourceType, SourceType> test) {
        for (BranchTypes branch : branches) {
            if (branch.types.stream().anyMatch(at -> test.test(at.type(), type))) {
                return branch;
            }
        }
        return null;
    }

    private static String nameOf(SourceType type) {
        if (type instanceof SourceType.Group group) {
            return group.fullName();
        }
        return type instanceof SourceType.Value value ? value.fullName() : "";
    }

    private static boolean same(SourceType one, SourceType other) {
        if (one instanceof SourceType.Value value && other instanceof SourceType.Value second) {
            return value.type().equals(second.type());
        }
        if (one instanceof SourceType.Group && other instanceof SourceType.Group) {
            return nameOf(one).isEmpty() || nameOf(other).isEmpty();
        }
        return (one instanceof SourceType.Many && other instanceof SourceType.Many)
                || (one instanceof SourceType.Entries && other instanceof SourceType.Entries);
    }

    private static boolean holds(SourceType room, SourceType type) {
        return room instanceof SourceType.Value value
                && type instanceof SourceType.Value second
                && ScalarJoin.converts(second.type(), value.type());
    }
}
