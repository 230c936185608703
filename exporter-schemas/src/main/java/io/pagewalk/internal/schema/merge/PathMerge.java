package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.internal.schema.Timestamps;
import io.pagewalk.internal.schema.merge.MergedNode.At;
import io.pagewalk.internal.schema.merge.MergedNode.Branch;
import io.pagewalk.internal.schema.merge.MergedNode.Field;
import io.pagewalk.internal.schema.merge.MergedNode.Identity;
import io.pagewalk.internal.schema.merge.MergedNode.Slot;
import io.pagewalk.internal.schema.merge.TableNotice.Kind;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Merges the types of versions, path by path. */
final class PathMerge {
    private static final int MOST_LEAVES = 10_000;
    private static final int MOST_LEVELS = 100;

    private final TimeUnit unit;
    private final Notices notices;
    private int leaves;

    PathMerge(TimeUnit unit, Notices notices) {
        this.unit = unit;
        this.notices = notices;
    }

    /** How many leaves were found. */
    int leaves() {
        return leaves;
    }

    /**
     * What versions have at a path.
     *
     * @param types newest first
     */
    MergedNode merge(String path, int level, List<At> types) throws SchemaRefusedException {
        if (level > MOST_LEVELS) {
            throw new SchemaRefusedException("the schema has more than " + MOST_LEVELS + " levels");
        }
        List<At> some = types.stream().filter(at -> !isNothing(at.type())).toList();
        if (some.isEmpty()) {
            return new MergedNode.Nothing();
        }
        Joining joining = new Joining(some);
        notices.conflict(path, joining.apart());
        ValueJoin values = joining.values();
        Scalar key = joining.key();
        List<BranchTypes> branches = joining.branches();
        if (values != null) {
            return leaf(path, values, joining.joined());
        }
        if (branches != null) {
            return choice(path, level, branches);
        }
        if (key != null) {
            countLeaf();
            return new MergedNode.Entries(key, slot(path + ".value", level, joining.joined()));
        }
        return joining.joined().get(0).type() instanceof SourceType.Many
                ? new MergedNode.Many(slot(path + ".element", level, joining.joined()))
                : group(path, level, joining.joined());
    }

    private static boolean isNothing(SourceType type) {
        return type instanceof SourceType.Nothing
                || (type instanceof SourceType.Choice choice
                        && choice.branches().isEmpty());
    }

    private void countLeaf() throws SchemaRefusedException {
        if (++leaves > MOST_LEAVES) {
            throw new SchemaRefusedException("the schema has more than " + MOST_LEAVES + " columns");
        }
    }

    private MergedNode leaf(String path, ValueJoin values, List<At> joined) throws SchemaRefusedException {
        countLeaf();
        Scalar type = values.type();
        if (Timestamps.isOne(type.kind())) {
            ScalarKind kind = Timestamps.in(unit, type.kind());
            if (Timestamps.perSecond(type.kind()) > Timestamps.perSecond(kind)) {
                notices.add(Kind.CUT, path, "has digits beyond the table's unit of time, which are cut off");
            }
            return new MergedNode.Leaf(Scalar.of(kind), values.readings());
        }
        if (type.kind() == ScalarKind.DECIMAL && joined.stream().anyMatch(at -> isCapped(at.type(), type))) {
            notices.add(
                    Kind.CAPPED,
                    path,
                    "has " + type.precision()
                            + " digits, fewer than its versions allow: values that need more are bad");
        }
        return new MergedNode.Leaf(type, values.readings());
    }

    private static boolean isCapped(SourceType type, Scalar table) {
        return type instanceof SourceType.Value value
                && value.type().kind() == ScalarKind.DECIMAL
                && value.type().precision() - value.type().scale() > table.precision() - table.scale();
    }

    private Slot slot(String path, int level, List<At> lists) throws SchemaRefusedException {
        List<At> elements = new ArrayList<>();
        boolean optional = false;
        for (At at : lists) {
            SourceType element;
            if (at.type() instanceof SourceType.Many many) {
                element = many.element();
                optional |= many.optional();
            } else {
                SourceType.Entries entries = (SourceType.Entries) at.type();
                element = entries.value();
                optional |= entries.optional();
            }
            optional |= isNothing(element);
            elements.add(new At(at.version(), element));
        }
        MergedNode node = merge(path, level + 1, elements);
        if (node instanceof MergedNode.Nothing) {
            countLeaf();
            notices.add(Kind.NULL_ONLY, path, "is only null: the column says how many there are, and has no values");
        }
        return new Slot(node, optional);
    }

    private MergedNode choice(String path, int level, List<BranchTypes> branches) throws SchemaRefusedException {
        Names names = new Names(path, notices);
        List<Branch> merged = new ArrayList<>();
        for (BranchTypes branch : branches) {
            String name = names.branch(branch.name(), branch.fullName());
            MergedNode node = merge(path + "." + name, level + 1, branch.types());
            if (!(node instanceof MergedNode.Nothing)) {
                merged.add(new Branch(name, branch.fullName(), List.copyOf(branch.types()), node));
            }
        }
        return merged.isEmpty() ? new MergedNode.Nothing() : new MergedNode.Choice(List.copyOf(merged));
    }

    private MergedNode group(String path, int level, List<At> groups) throws SchemaRefusedException {
        Names names = new Names(path, notices);
        List<Field> fields = new ArrayList<>();
        List<Field> others = new ArrayList<>();
        for (Identity identity : FieldMatch.identities(groups)) {
            String name = names.field(identity.name(), identity.number());
            Field field = field(path + "." + name, level, groups, identity, name);
            (field.node() instanceof MergedNode.Nothing ? others : fields).add(field);
        }
        At oldest = groups.get(groups.size() - 1);
        fields.sort(Comparator.comparingInt((Field field) -> firstVersion(groups, field.identity()))
                .thenComparingInt(field -> indexIn(firstVersion(groups, field.identity()), field.identity())));
        for (Field field : fields) {
            int first = firstVersion(groups, field.identity());
            if (first != oldest.version()) {
                notices.origin(path + "." + field.name(), first);
            }
        }
        boolean empty = fields.isEmpty() || firstVersion(groups, fields.get(0).identity()) != oldest.version();
        if (empty) {
            countLeaf();
        }
        return new MergedNode.Group(
                List.copyOf(fields), List.copyOf(others), empty ? names.branch("present", "_present") : null);
    }

    /** The oldest version in which it has a column. */
    private static int firstVersion(List<At> groups, Identity identity) {
        for (int index = groups.size() - 1; index >= 0; index--) {
            At at = groups.get(index);
            Integer field = identity.sources().get(at.version());
            if (field != null
                    && !isNothing(
                            ((SourceType.Group) at.type()).fields().get(field).type())) {
                return at.version();
            }
        }
        return Integer.MAX_VALUE;
    }

    private static int indexIn(int version, Identity identity) {
        Integer index = identity.sources().get(version);
        return index == null ? Integer.MAX_VALUE : index;
    }

    private Field field(String path, int level, List<At> groups, Identity identity, String name)
            throws SchemaRefusedException {
        List<At> types = new ArrayList<>();
        boolean optional = identity.sources().size() < groups.size();
        for (At at : groups) {
            Integer index = identity.sources().get(at.version());
            if (index != null) {
                SourceField field = fieldOf(at, index);
                optional |= field.optional() || isNothing(field.type());
                types.add(new At(at.version(), field.type()));
            }
        }
        MergedNode node = merge(path, level + 1, types);
        if (node instanceof MergedNode.Nothing) {
            notices.add(Kind.NULL_ONLY, path, "is only null, and has no column");
        }
        At newest = groups.get(0);
        Integer index = identity.sources().get(newest.version());
        @Nullable SourceField last = index == null ? null : fieldOf(newest, index);
        boolean preset = last != null && last.preset() != null && !isNothing(last.type());
        return new Field(
                name,
                identity,
                node,
                optional,
                preset && last != null ? last.preset() : null,
                preset ? types.get(0) : null);
    }

    private static SourceField fieldOf(At group, int index) {
        return ((SourceType.Group) group.type()).fields().get(index);
    }
}
