package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.iceberg.schema.TableSchemas;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.ColumnType.ListOf;
import io.pagewalk.row.ColumnType.MapOf;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ColumnType.Struct;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import io.pagewalk.table.TableCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How tables are found, made and widened, whichever catalog they are in. */
abstract class PreparationContractTest {
    private static final DirectoryLocation OUTPUT = new DirectoryLocation("file", "/data/out", false);
    private static final TableIdentifier ID = TableIdentifier.of("db", "orders");

    @TempDir
    private Path directory;

    private Fixture fixture;
    private Catalog others;
    private TableCatalog catalog;

    /** A catalog without tables. */
    abstract Fixture fixture(Path directory);

    @BeforeEach
    void open() {
        fixture = fixture(directory);
        others = fixture.others();
        catalog = fixture.open();
    }

    @AfterEach
    void close() {
        catalog.close();
        fixture.close();
    }

    private Table make(Type value, NestedField... further) {
        Schema schema = TableSchemas.of(Shapes.plain());
        List<NestedField> fields = new ArrayList<>();
        for (NestedField field : schema.columns()) {
            fields.add(field.name().equals("value") ? NestedField.optional(field.fieldId(), "value", value) : field);
        }
        fields.addAll(List.of(further));
        return make(new Schema(fields), PartitionSpec.unpartitioned());
    }

    private Table make(Schema schema, PartitionSpec spec) {
        ((SupportsNamespaces) others).createNamespace(Namespace.of("db"));
        return others.createTable(ID, schema, spec, Map.of("format-version", "2"));
    }

    private Table raw() {
        return others.loadTable(ID);
    }

    private PreparedTable prepare(RowShape shape) {
        return catalog.prepare("db.orders", shape, OUTPUT);
    }

    private PreparedTable prepare(ColumnType value) {
        return prepare(Shapes.typed(value, false));
    }

    private static Struct of(Member... members) {
        return new Struct(List.of(members));
    }

    /** That each node has the id that the table has for its path. */
    private void assertIds(PreparedTable prepared, RowShape shape) {
        assertThat(prepared.uuid()).isEqualTo(raw().uuid().toString());
        assertThat(prepared.columnIds()).hasSameSizeAs(shape.nodes()).doesNotHaveDuplicates();
        Schema schema = raw().schema();
        List<String> names = prepared.columnIds().stream()
                .map(id -> schema.findField(id).name())
                .toList();
        assertThat(names).isEqualTo(shape.nodes().stream().map(Member::name).toList());
    }

    @Test
    void aTableIsMadeWithItsNamespaceAndWhatKeepsItsFiles() {
        PreparedTable prepared = prepare(Shapes.plain());

        assertThat(prepared.name()).isEqualTo("db.orders");
        assertIds(prepared, Shapes.plain());
        Table raw = raw();
        assertThat(raw.properties()).containsEntry("gc.enabled", "false").containsKey("schema.name-mapping.default");
        assertThat(raw.spec().isUnpartitioned()).isTrue();
        assertThat(raw.schema().findField("offset").isRequired()).isTrue();
        assertThat(raw.schema().findField("timestamp").type()).isEqualTo(Types.TimestampType.withZone());
        assertThat(raw.schema().findField("headers.element.key").isRequired()).isTrue();
        assertThat(raw.currentSnapshot()).isNull();
    }

    @Test
    void namespacesInNamespacesAreMadeToo() {
        PreparedTable prepared = catalog.prepare("a.b.orders", Shapes.plain(), OUTPUT);
        assertThat(others.tableExists(TableIdentifier.of("a", "b", "orders"))).isTrue();
        assertThat(prepared.name()).isEqualTo("a.b.orders");
    }

    @Test
    void preparingAgainChangesNothing() {
        PreparedTable first = prepare(Shapes.dated());
        int version = raw().schemas().size();
        String properties = raw().properties().toString();

        assertThat(prepare(Shapes.dated())).isEqualTo(first);
        assertThat(raw().schemas()).hasSize(version);
        assertThat(raw().properties()).hasToString(properties);
    }

    @Test
    void theDateComesLastAndIsWhatTheTableIsPartitionedBy() {
        RowShape shape = Shapes.typed(Shapes.allKinds(), true);
        PreparedTable prepared = prepare(shape);

        assertIds(prepared, shape);
        Table raw = raw();
        List<NestedField> columns = raw.schema().columns();
        NestedField date = columns.get(columns.size() - 1);
        assertThat(date.name()).isEqualTo("dt");
        assertThat(date.isOptional()).isTrue();
        assertThat(prepared.columnIds()).allMatch(id -> id < date.fieldId());
        assertThat(raw.spec().fields()).hasSize(1);
        assertThat(raw.spec().fields().get(0).transform().isIdentity()).isTrue();
        assertThat(mapping().find("dt").id()).isEqualTo(date.fieldId());
        assertThat(mapping().find("value", "prices", "value", "cents").id())
                .isEqualTo(raw.schema().findField("value.prices.cents").fieldId());
    }

    private NameMapping mapping() {
        return NameMappingParser.fromJson(raw().properties().get("schema.name-mapping.default"));
    }

    @Test
    void aTableThatWasBeingMadeIsFinished() {
        make(TableSchemas.of(Shapes.dated()), PartitionSpec.unpartitioned());
        assertIds(prepare(Shapes.dated()), Shapes.dated());
        assertThat(raw().spec().isPartitioned()).isTrue();

        others.dropTable(ID, false);
        others.createTable(ID, TableSchemas.of(Shapes.dated()));
        raw().updateSchema().addColumn("dt", Types.DateType.get()).commit();
        assertIds(prepare(Shapes.dated()), Shapes.dated());
        assertThat(raw().spec().isPartitioned()).isTrue();
    }

    @Test
    void manyAtOnceMakeOneTable() throws Exception {
        List<PreparedTable> prepared = Collections.synchronizedList(new ArrayList<>());
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> prepared.add(prepare(Shapes.dated())));
            thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(Set.copyOf(prepared)).hasSize(1);
        assertThat(raw().schema().columns().stream()
                        .filter(column -> column.name().equals("dt")))
                .hasSize(1);
    }

    @Test
    void idsAreThoseOfTheTableWhateverItsOrder() {
        List<NestedField> columns = new ArrayList<>(
                TableSchemas.of(Shapes.typed(Shapes.allKinds(), false)).columns());
        Collections.reverse(columns);
        make(new Schema(columns), PartitionSpec.unpartitioned());

        RowShape shape = Shapes.typed(Shapes.allKinds(), false);
        PreparedTable prepared = prepare(shape);

        assertIds(prepared, shape);
        assertThat(prepared.columnIds())
                .isNotEqualTo(prepared.columnIds().stream().sorted().toList());
        assertThat(raw().schemas()).hasSize(1);
    }

    @Test
    void aTableGetsTheColumnsThatItLacks() {
        prepare(of(Member.required("id", Scalar.of(ScalarKind.INT32))));
        Struct wider = of(
                Member.optional("id", Scalar.of(ScalarKind.INT64)),
                Member.required("name", Scalar.of(ScalarKind.STRING)),
                Member.optional(
                        "tags",
                        new ListOf(
                                Member.required("element", of(Member.required("a.b", Scalar.of(ScalarKind.STRING)))))));
        PreparedTable prepared = prepare(wider);

        assertIds(prepared, Shapes.typed(wider, false));
        assertThat(raw().schema().findField("value.id").type()).isEqualTo(Types.LongType.get());
        assertThat(raw().schema().findField("value.id").isOptional()).isTrue();
        assertThat(raw().schema().findField("value.name").isOptional()).isTrue();
        assertThat(mapping().find("value", "name").id())
                .isEqualTo(raw().schema().findField("value.name").fieldId());
        assertThat(mapping().find("value", "tags", "element", "a.b")).isNotNull();
    }

    @Test
    void aNarrowerExportFitsIntoAWiderTable() {
        PreparedTable wide = prepare(of(
                Member.optional("n", Scalar.of(ScalarKind.INT64)),
                Member.optional("d", Scalar.of(ScalarKind.DOUBLE)),
                Member.optional("p", Scalar.decimal(20, 2)),
                Member.optional("more", Scalar.of(ScalarKind.STRING))));
        PreparedTable narrow = prepare(of(
                Member.required("n", Scalar.of(ScalarKind.INT32)),
                Member.optional("d", Scalar.of(ScalarKind.FLOAT)),
                Member.optional("p", Scalar.decimal(9, 2))));

        assertThat(wide.columnIds()).containsAll(narrow.columnIds());
        assertThat(raw().schemas()).hasSize(1);
    }

    private void assertRefused(ColumnType value, String why) {
        int schemas = raw().schemas().size();
        assertThatThrownBy(() -> prepare(value))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("the iceberg table db.orders cannot hold the export: its column " + why);
        assertThat(raw().schemas()).hasSize(schemas);
    }

    @Test
    void whatCannotBecomeTheOtherIsRefused() {
        make(Types.StructType.of(
                NestedField.optional(20, "n", Types.IntegerType.get()),
                NestedField.optional(21, "p", Types.DecimalType.of(9, 2)),
                NestedField.optional(
                        22, "m", Types.MapType.ofOptional(23, 24, Types.IntegerType.get(), Types.LongType.get())),
                NestedField.optional(25, "l", Types.ListType.ofOptional(26, Types.StringType.get())),
                NestedField.optional(27, "at", Types.TimestampType.withoutZone())));

        assertRefused(
                of(Member.optional("n", Scalar.of(ScalarKind.STRING))),
                "value.n is int there, and string in the export");
        assertRefused(
                of(Member.optional("n", Scalar.of(ScalarKind.DOUBLE))),
                "value.n is int there, and double in the export");
        assertRefused(
                of(Member.optional("p", Scalar.decimal(12, 3))),
                "value.p is decimal(9, 2) there, and decimal(12, 3) in");
        assertRefused(
                of(Member.optional(
                        "m",
                        new MapOf(Scalar.of(ScalarKind.INT64), Member.optional("value", Scalar.of(ScalarKind.INT64))))),
                "value.m.key is int there, and long in the export");
        assertRefused(
                of(Member.optional("l", new ListOf(Member.optional("element", Scalar.of(ScalarKind.BYTES))))),
                "value.l.element is string there, and binary in the export");
        assertRefused(
                of(Member.optional("at", Scalar.of(ScalarKind.TIMESTAMP_MICROS))),
                "value.at is timestamp there, and timestamptz in");
        assertRefused(
                of(Member.optional("at", of(Member.optional("x", Scalar.of(ScalarKind.DATE))))),
                "value.at is timestamp there, and struct in");
        assertRefused(Scalar.of(ScalarKind.BYTES), "value is struct<");
    }

    @Test
    void aColumnThatTheTableRequiresAndTheExportLacksIsRefused() {
        make(Types.BinaryType.get(), NestedField.required(40, "tenant", Types.StringType.get()));
        assertThatThrownBy(() -> prepare(Shapes.plain()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("its column tenant is required there, and the export does not have it");
    }

    @Test
    void furtherColumnsDoNotMatterIfTheyAreOptional() {
        make(Types.BinaryType.get(), NestedField.optional(40, "tenant", Types.StringType.get()));
        assertIds(prepare(Shapes.plain()), Shapes.plain());
    }

    @Test
    void aTableThatIsPartitionedOtherwiseIsRefused() {
        Schema schema = TableSchemas.of(Shapes.plain());
        make(schema, PartitionSpec.builderFor(schema).identity("partition").build());
        for (RowShape shape : List.of(Shapes.plain(), Shapes.dated())) {
            assertThatThrownBy(() -> prepare(shape))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("it is partitioned by partition, but it has to be");
        }
    }

    @Test
    void aTableOfDatesIsRefusedToAnExportWithoutAndTheOtherWayRound() {
        prepare(Shapes.dated());
        assertThatThrownBy(() -> prepare(Shapes.plain()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("it is partitioned by dt, but it has to be not partitioned");
    }

    @Test
    void millisecondsAreRefusedWithTheReason() {
        for (ScalarKind kind : List.of(ScalarKind.TIMESTAMP_MILLIS, ScalarKind.TIMESTAMP_NANOS)) {
            assertThatThrownBy(() -> prepare(new RowShape(Shapes.columns(kind), false)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("the column timestamp is of timestamp-")
                    .hasMessageContaining("filters return nothing");
        }
        assertThat(others.tableExists(ID)).isFalse();
    }

    @Test
    void anOutputInTheTablesOwnPlacesIsRefused() {
        prepare(Shapes.plain());
        String place = raw().location().replaceFirst("^file:/*", "/");
        for (String text : List.of(place, place + "/data")) {
            assertThatThrownBy(() ->
                            catalog.prepare("db.orders", Shapes.plain(), new DirectoryLocation("file", text, false)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is in a place of the iceberg table db.orders");
        }
        assertThatThrownBy(() -> catalog.prepare(
                        "db.orders",
                        Shapes.plain(),
                        new DirectoryLocation("file", place.substring(0, place.lastIndexOf('/')), false)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("choose another output");
        catalog.prepare("db.orders", Shapes.plain(), new DirectoryLocation("file", place + "-files", false));
    }

    @Test
    void filesWithOtherIdsAreRefused() {
        PreparedTable prepared = prepare(Shapes.plain());
        assertThat(catalog.attach("db.orders", Shapes.plain(), OUTPUT, prepared.columnIds()))
                .isEqualTo(prepared);

        List<Integer> others = new ArrayList<>(prepared.columnIds());
        Collections.swap(others, 0, 1);
        assertThatThrownBy(() -> catalog.attach("db.orders", Shapes.plain(), OUTPUT, others))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("its columns have other ids than those in the export's files");
    }

    @Test
    void filesWithoutIdsAreFoundByName() {
        make(Types.BinaryType.get());
        assertThat(raw().properties()).doesNotContainKey("schema.name-mapping.default");
        PreparedTable prepared = catalog.attach("db.orders", Shapes.plain(), OUTPUT, null);

        assertIds(prepared, Shapes.plain());
        assertThat(mapping().find("headers", "element", "key").id())
                .isEqualTo(raw().schema().findField("headers.element.key").fieldId());
    }

    @Test
    void namesThatAMappingKnowsBesidesStay() {
        make(Types.BinaryType.get());
        int id = raw().schema().findField("value").fieldId();
        raw().updateProperties()
                .set("schema.name-mapping.default", "[{\"field-id\":" + id + ",\"names\":[\"payload\"]}]")
                .commit();
        prepare(Shapes.plain());

        assertThat(mapping().find("payload").id()).isEqualTo(id);
        assertThat(mapping().find("value").id()).isEqualTo(id);
        assertThat(mapping().find("offset")).isNotNull();
    }

    @Test
    void aTableOfTheFirstFormatIsRefused() {
        ((SupportsNamespaces) others).createNamespace(Namespace.of("db"));
        others.createTable(
                ID, TableSchemas.of(Shapes.plain()), PartitionSpec.unpartitioned(), Map.of("format-version", "1"));
        assertThatThrownBy(() -> prepare(Shapes.plain()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is of Iceberg's format version 1; upgrade it to 2");
    }

    @Test
    void namesOfTablesHaveANamespace() {
        for (String name : List.of("orders", "db.", ".orders", "db..orders", "")) {
            assertThatThrownBy(() -> catalog.prepare(name, Shapes.plain(), OUTPUT))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is not the name of an iceberg table");
        }
    }
}
