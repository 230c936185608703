package io.pagewalk.internal.sink.typed;

import io.pagewalk.row.ColumnType;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws typed columns: all kinds of values, and lists, maps and structs within each other. */
final class RandomColumn {
    /** In the order of the members of {@link #draw}. */
    static final List<ScalarKind> KINDS = List.of(ScalarKind.values());

    private static final int DEEPEST = 4;
    private static final String[] NAMES = {"id", "Größe", "a b", "x.y", "quote\"d", "list", "element", "key", "value"};

    private final Random random;

    RandomColumn(Random random) {
        this.random = random;
    }

    Member draw(String name) {
        List<Member> members = new ArrayList<>();
        for (ScalarKind kind : KINDS) {
            members.add(member(kind.name(), scalar(kind)));
        }
        for (int i = 0; i < 4; i++) {
            members.add(member("part" + i, type(1)));
        }
        return Member.optional(name, new ColumnType.Struct(members));
    }

    /** A column that is one value, or a list or map at the top. */
    Member drawSmall(String name) {
        return Member.optional(name, type(2));
    }

    private Member member(String name, ColumnType type) {
        return new Member(name, type, random.nextInt(3) > 0);
    }

    private ColumnType type(int depth) {
        int which = depth >= DEEPEST ? 0 : random.nextInt(5);
        return switch (which) {
            case 1, 2 -> new ColumnType.ListOf(member("element", type(depth + 1)));
            case 3 -> new ColumnType.MapOf(key(), member("value", type(depth + 1)));
            case 4 -> struct(depth);
            default -> scalar(KINDS.get(random.nextInt(KINDS.size())));
        };
    }

    private ColumnType struct(int depth) {
        List<Member> members = new ArrayList<>();
        int from = random.nextInt(NAMES.length - 3);
        int count = 1 + random.nextInt(3);
        for (int i = from; i < from + count; i++) {
            members.add(member(NAMES[i], type(depth + 1)));
        }
        return new ColumnType.Struct(members);
    }

    private ColumnType.Scalar key() {
        ScalarKind[] kinds = {
            ScalarKind.STRING, ScalarKind.STRING, ScalarKind.INT32, ScalarKind.INT64, ScalarKind.BOOLEAN
        };
        return scalar(kinds[random.nextInt(kinds.length)]);
    }

    private ColumnType.Scalar scalar(ScalarKind kind) {
        int[] precisions = {1, 4, 9, 10, 18, 19, 28, 38};
        return switch (kind) {
            case DECIMAL -> {
                int precision = precisions[random.nextInt(precisions.length)];
                yield ColumnType.Scalar.decimal(precision, random.nextInt(precision + 1));
            }
            case FIXED -> ColumnType.Scalar.fixed(1 + random.nextInt(20));
            default -> ColumnType.Scalar.of(kind);
        };
    }
}
