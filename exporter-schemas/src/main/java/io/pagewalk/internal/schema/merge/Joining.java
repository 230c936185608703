package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.ScalarJoin;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.row.ColumnType.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which types of one path join: the newest one with every older one that does, and again, as long as that makes more of them join. What
 * is below groups, lists and maps is a path of its own.
 */
final class Joining {
    private final List<At> joined = new ArrayList<>();
    private final List<At> apart = new ArrayList<>();
    private @Nullable ValueJoin values;
    private @Nullable Scalar key;
    private @Nullable Map<String, BranchTypes> branches;

    /** @param types at least one, newest first, none of them only null */
    Joining(List<At> types) {
        At newest = types.get(0);
        joined.add(newest);
        if (newest.type() instanceof SourceType.Value value) {
            values = new ValueJoin(value);
        } else if (newest.type() instanceof SourceType.Entries entries) {
            key = entries.key();
        } else if (newest.type() instanceof SourceType.Choice choice) {
            branches = new LinkedHashMap<>();
            addBranches(branches, newest.version(), choice);
        }
        apart.addAll(types.subList(1, types.size()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Iterator<At> rest = apart.iterator(); rest.hasNext(); ) {
                At at = rest.next();
                if (join(at)) {
                    joined.add(at);
                    rest.remove();
                    changed = true;
                }
            }
        }
        joined.sort(Comparator.comparingInt(At::version).reversed());
        if (branches != null) {
            branches.values()
                    .forEach(branch -> branch.types()
                            .sort(Comparator.comparingInt(At::version).reversed()));
        }
    }

    private boolean join(At at) {
        if (branches != null) {
            return joinChoice(branches, at);
        }
        if (at.type() instanceof SourceType.Choice choice) {
            return becomeChoice(at.version(), choice);
        }
        SourceType newest = joined.get(0).type();
        if (values != null) {
            return at.type() instanceof SourceType.Value value && values.add(value);
        }
        if (key != null) {
            Scalar both = at.type() instanceof SourceType.Entries entries ? ScalarJoin.join(key, entries.key()) : null;
            key = both == null ? key : both;
            return both != null;
        }
        return (newest instanceof SourceType.Group && at.type() instanceof SourceType.Group)
                || (newest instanceof SourceType.Many && at.type() instanceof SourceType.Many);
    }

    private static boolean joinChoice(Map<String, BranchTypes> branches, At at) {
        if (at.type() instanceof SourceType.Choice choice) {
            addBranches(branches, at.version(), choice);
            return true;
        }
        BranchTypes home = BranchTypes.home(branches.values(), at.type());
        if (home != null) {
            home.types().add(at);
        }
        return home != null;
    }

    private boolean becomeChoice(int version, SourceType.Choice choice) {
        Map<String, BranchTypes> made = new LinkedHashMap<>();
        addBranches(made, version, choice);
        for (At at : joined) {
            if (!joinChoice(made, at)) {
                return false;
            }
        }
        branches = made;
        values = null;
        key = null;
        return true;
    }

    private static void addBranches(Map<String, BranchTypes> branches, int version, SourceType.Choice choice) {
        for (SourceType.Branch branch : choice.branches()) {
            branches.computeIfAbsent(branch.fullName(), name -> new BranchTypes(branch))
                    .types()
                    .add(new At(version, branch.type()));
        }
    }

    /** Those that join, newest first. */
    List<At> joined() {
        return joined;
    }

    /** Those that do not, newest first. */
    List<At> apart() {
        return apart;
    }

    /** What values without parts come to; null if they are something else. */
    @Nullable
    ValueJoin values() {
        return values;
    }

    /** What keys come to; null if it is no map. */
    @Nullable
    Scalar key() {
        return key;
    }

    /** The types of a choice, in the order in which they first appeared; null if it is none. */
    @Nullable
    List<BranchTypes> branches() {
        if (branches == null) {
            return null;
        }
        Map<String, BranchTypes> ordered = new LinkedHashMap<>();
        for (int index = joined.size() - 1; index >= 0; index--) {
            At at = joined.get(index);
            if (at.type() instanceof SourceType.Choice choice) {
                choice.branches().forEach(branch -> ordered.computeIfAbsent(branch.fullName(), name -> found(name)));
            } else {
                for (BranchTypes branch : branches.values()) {
                    if (branch.types().contains(at)) {
                        ordered.putIfAbsent(branch.fullName(), branch);
                    }
                }
            }
        }
        return List.copyOf(ordered.values());
    }

    private BranchTypes found(String fullName) {
        BranchTypes branch = branches == null ? null : branches.get(fullName);
        if (branch == null) {
            throw new IllegalStateException(fullName);
        }
        return branch;
    }
}
