package io.pagewalk.internal.schema.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.schema.Binding;
import io.pagewalk.internal.schema.SourceField;
import io.pagewalk.internal.schema.SourceType;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TableSchemaTest {
    private static SourceField numbered(int number, String name, ScalarKind kind) {
        return new SourceField(name, List.of(), number, SourceType.Value.of(kind), false, null);
    }

    private static TableSchema merge(SourceType... types) throws SchemaRefusedException {
        List<SchemaVersion> versions = new ArrayList<>();
        for (SourceType type : types) {
            versions.add(new SchemaVersion("v" + (versions.size() + 1), type));
        }
        return TableSchema.merge("value", List.of(new SchemaSubject("s", versions)), TimeUnit.MICROSECONDS);
    }

    private static Stream<String> names(TableSchema table) {
        return ((ColumnType.Struct) table.column().type()).members().stream().map(Member::name);
    }

    @Test
    void fieldsWithNumbersAreToldApartByThem() throws Exception {
        TableSchema table = merge(
                new SourceType.Group(List.of(numbered(1, "a", ScalarKind.INT32), numbered(2, "b", ScalarKind.STRING))),
                new SourceType.Group(List.of(numbered(2, "c", ScalarKind.STRING), numbered(1, "b", ScalarKind.INT64))));
        assertThat(names(table)).containsExactly("b", "c");
        assertThat(((ColumnType.Struct) table.column().type()).members().get(0).type())
                .isEqualTo(Scalar.of(ScalarKind.INT64));
        Binding.Group older = (Binding.Group) table.binding(0, 0);
        assertThat(older.fields().stream().map(Binding::place))
                .containsExactly(
                        table.layout().root().children().get(0),
                        table.layout().root().children().get(1));
    }

    @Test
    void aNameThatTwoNumbersHadIsTheNewersAlone() throws Exception {
        TableSchema table = merge(
                new SourceType.Group(List.of(numbered(1, "a", ScalarKind.INT32))),
                new SourceType.Group(List.of(numbered(2, "a", ScalarKind.STRING))));
        assertThat(names(table)).containsExactly("a_1", "a");
        assertThat(table.notices().stream().filter(notice -> notice.kind() == TableNotice.Kind.NAME))
                .hasSize(1);
    }

    @Test
    void keysOfMapsJoin() throws Exception {
        SourceType ints =
                new SourceType.Entries(Scalar.of(ScalarKind.INT32), SourceType.Value.of(ScalarKind.STRING), false);
        SourceType longs =
                new SourceType.Entries(Scalar.of(ScalarKind.INT64), SourceType.Value.of(ScalarKind.STRING), true);
        TableSchema table = merge(longs, ints);
        assertThat(table.column().type())
                .isEqualTo(new ColumnType.MapOf(
                        Scalar.of(ScalarKind.INT64), Member.optional("value", Scalar.of(ScalarKind.STRING))));
        assertThat(table.binding(0, 1)).isInstanceOf(Binding.Entries.class);
    }

    @Test
    void listsOfOtherTypesStayApartBelowTheList() throws Exception {
        TableSchema table = merge(
                new SourceType.Many(SourceType.Value.of(ScalarKind.STRING), false),
                new SourceType.Many(SourceType.Value.of(ScalarKind.BOOLEAN), false));
        Binding.Many older = (Binding.Many) table.binding(0, 0);
        assertThat(older.element()).isInstanceOf(Binding.Refused.class);
    }

    @Test
    void onlyNullIsNoConflict() throws Exception {
        SourceField nothing = new SourceField("n", List.of(), 0, new SourceType.Nothing(), true, null);
        SourceField some = new SourceField("n", List.of(), 0, SourceType.Value.of(ScalarKind.INT32), false, null);
        TableSchema table = merge(new SourceType.Group(List.of(nothing)), new SourceType.Group(List.of(some)));
        assertThat(names(table)).containsExactly("present", "n");
        assertThat(((Binding.Group) table.binding(0, 0)).fields().get(0)).isInstanceOf(Binding.Nothing.class);
        assertThat(((Binding.Group)
                                merge(new SourceType.Group(List.of(nothing))).binding(0, 0))
                        .fields()
                        .get(0))
                .isInstanceOf(Binding.Dropped.class);
    }

    @Test
    @Timeout(60)
    void aThousandVersionsAreMerged() throws Exception {
        SourceType[] versions = new SourceType[1_000];
        List<SourceField> fields = new ArrayList<>();
        for (int version = 0; version < versions.length; version++) {
            fields.add(new SourceField("f" + version, List.of(), 0, SourceType.Value.of(ScalarKind.INT32), true, null));
            versions[version] = new SourceType.Group(fields);
        }
        assertThat(merge(versions).layout().leaves()).hasSize(1_000);
    }
}
