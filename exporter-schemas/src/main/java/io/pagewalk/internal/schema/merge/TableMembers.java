package io.pagewalk.internal.schema.merge;

import io.pagewalk.internal.schema.merge.MergedNode.Branch;
import io.pagewalk.internal.schema.merge.MergedNode.Field;
import io.pagewalk.internal.schema.merge.MergedNode.Slot;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;

/** The table's types of what was merged. */
final class TableMembers {
    private TableMembers() {}

    static Member member(String name, MergedNode node, boolean optional) {
        return new Member(name, type(node), optional);
    }

    private static ColumnType type(MergedNode node) {
        if (node instanceof MergedNode.Leaf leaf) {
            return leaf.type();
        }
        if (node instanceof MergedNode.Many many) {
            return new ColumnType.ListOf(slot("element", many.element()));
        }
        if (node instanceof MergedNode.Entries entries) {
            return new ColumnType.MapOf(entries.key(), slot("value", entries.value()));
        }
        List<Member> members = new ArrayList<>();
        if (node instanceof MergedNode.Choice choice) {
            for (Branch branch : choice.branches()) {
                members.add(member(branch.name(), branch.node(), true));
            }
        } else if (node instanceof MergedNode.Group group) {
            String present = group.present();
            if (present != null) {
                members.add(Member.required(present, Scalar.of(ScalarKind.BOOLEAN)));
            }
            for (Field field : group.fields()) {
                // Versions that are registered later may do without any of them, and the table stays.
                members.add(member(field.name(), field.node(), true));
            }
        } else {
            throw new IllegalStateException("null has no column");
        }
        return new ColumnType.Struct(members);
    }

    private static Member slot(String name, Slot slot) {
        return slot.node() instanceof MergedNode.Nothing
                ? Member.optional(name, Scalar.of(ScalarKind.BOOLEAN))
                : member(name, slot.node(), slot.optional());
    }
}
