package io.pagewalk.internal.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.iceberg.schema.TableSchemas;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.row.ColumnType.Scalar;
import io.pagewalk.row.ColumnType.Struct;
import io.pagewalk.row.Member;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableChange;
import io.pagewalk.table.TableFile;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.apache.iceberg.Files;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.TypeUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether Iceberg's own reader finds in files with the ids that a table was prepared with what is in them. */
class TableReadingTest {
    private static final TableIdentifier ID = TableIdentifier.of("db", "orders");
    private static final int ROWS = 100;
    private static final Struct VALUE = new Struct(List.of(
            Member.required("id", Scalar.of(ScalarKind.INT64)), Member.optional("name", Scalar.of(ScalarKind.STRING))));

    @TempDir
    private Path directory;

    private Path output() {
        return directory.resolve("out");
    }

    private DirectoryLocation location() {
        return new DirectoryLocation("file", output().toString(), false);
    }

    /** The export's columns, in its order, with the table's ids: as its files have them. */
    private static Schema fileSchema(PreparedTable table, RowShape shape) {
        Schema own = TableSchemas.of(shape);
        List<Integer> before = TableSchemas.ids(shape, own);
        IntUnaryOperator renumbered = id -> table.columnIds().get(before.indexOf(id));
        return new Schema(TypeUtil.assignIds(own.asStruct(), renumbered::applyAsInt)
                .asStructType()
                .fields());
    }

    private void write(Schema schema, TableFile file) throws Exception {
        Path path = output().resolve(file.name());
        java.nio.file.Files.createDirectories(path.getParent());
        try (FileAppender<Record> out = Parquet.write(Files.localOutput(path.toFile()))
                .schema(schema)
                .createWriterFunc(GenericParquetWriter::create)
                .build()) {
            for (long offset = file.firstOffset(); offset <= file.lastOffset(); offset++) {
                out.add(row(schema, file.partition(), offset));
            }
        }
    }

    private static Record row(Schema schema, int partition, long offset) {
        Record row = GenericRecord.create(schema);
        row.setField("topic", "orders");
        row.setField("partition", partition);
        row.setField("offset", offset);
        row.setField(
                "timestamp", Instant.ofEpochMilli(Following.timestamp(offset)).atOffset(ZoneOffset.UTC));
        row.setField("timestampType", "CreateTime");
        row.setField("key", "k" + offset);
        Record value = GenericRecord.create(schema.findField("value").type().asStructType());
        value.setField("id", offset * 7);
        if (schema.findField("value.name") != null) {
            value.setField("name", "n" + offset);
        }
        row.setField("value", value);
        Record header = GenericRecord.create(
                schema.findField("headers").type().asListType().elementType().asStructType());
        header.setField("key", "h");
        header.setField("value", "v" + offset);
        row.setField("headers", List.of(header));
        return row;
    }

    private FollowedTable fill(TableCatalog catalog, RowShape shape, long entry, LocalDate date) throws Exception {
        PreparedTable prepared = catalog.prepare("db.orders", shape, location());
        FollowedTable table = catalog.open(Following.series(prepared, location(), shape.dated()));
        List<TableFile> files = new ArrayList<>();
        for (TableFile file : Following.files(entry, date)) {
            write(fileSchema(prepared, shape), file);
            long bytes = java.nio.file.Files.size(output().resolve(file.name()));
            files.add(new TableFile(
                    file.name(),
                    bytes,
                    ROWS,
                    file.partition(),
                    file.firstOffset(),
                    file.lastOffset(),
                    file.minTimestamp(),
                    file.maxTimestamp(),
                    date));
        }
        assertThat(table.append(new TableChange(
                        Following.at(entry - 1), Following.at(entry), files, 1, new TreeMap<Integer, OffsetRange>())))
                .isTrue();
        return table;
    }

    private static List<Record> read(Table table, Expression filter) throws Exception {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> found =
                IcebergGenerics.read(table).where(filter).build()) {
            found.forEach(rows::add);
        }
        return rows;
    }

    private static void assertRows(Table table, long offsets) throws Exception {
        List<Record> rows = read(table, Expressions.alwaysTrue());
        assertThat(rows).hasSize((int) (2 * offsets));
        for (Record row : rows) {
            long offset = (Long) row.getField("offset");
            Record value = (Record) row.getField("value");
            assertThat(value.getField("id")).isEqualTo(offset * 7);
            Record header = (Record) ((List<?>) row.getField("headers")).get(0);
            assertThat(header.getField("value")).isEqualTo("v" + offset);
        }
        assertThat(read(table, Expressions.greaterThanOrEqual("offset", 40L))).hasSize((int) (2 * (offsets - 40)));
        assertThat(read(table, Expressions.greaterThanOrEqual("timestamp", Following.timestamp(40) * 1000)))
                .hasSize((int) (2 * (offsets - 40)));
        assertThat(read(table, Expressions.lessThan("timestamp", Following.timestamp(0) * 1000)))
                .isEmpty();
        assertThat(read(table, Expressions.equal("value.id", 70L))).hasSize(2);
        assertThat(read(table, Expressions.equal("partition", 1))).hasSize((int) offsets);
    }

    @Test
    void aTableOfDatesReadsAsTheFilesAre() throws Exception {
        Fixture.Jdbc fixture = new Fixture.Jdbc(directory);
        try (TableCatalog catalog = fixture.open()) {
            RowShape shape = Shapes.typed(VALUE, true);
            fill(catalog, shape, 1, LocalDate.of(2026, 9, 21));
            fill(catalog, shape, 2, LocalDate.of(2026, 9, 22));
            Table table = fixture.others().loadTable(ID);
            assertRows(table, 2 * ROWS);
            assertThat(read(table, Expressions.equal("dt", "2026-09-22")))
                    .hasSize(2 * ROWS)
                    .allMatch(row -> row.getField("dt").equals(LocalDate.of(2026, 9, 22)));
        }
    }

    @Test
    void aTableWhoseColumnsStandOtherwiseReadsAsTheFilesAre() throws Exception {
        Fixture.Jdbc fixture = new Fixture.Jdbc(directory);
        RowShape shape = Shapes.typed(VALUE, false);
        Catalog others = fixture.others();
        ((SupportsNamespaces) others).createNamespace(Namespace.of("db"));
        var columns = new ArrayList<>(TableSchemas.of(shape).columns());
        Collections.reverse(columns);
        others.createTable(ID, new Schema(columns), PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
        try (TableCatalog catalog = fixture.open()) {
            fill(catalog, shape, 1, null);
            assertRows(others.loadTable(ID), ROWS);
        }
    }

    @Test
    void aTableThatWasWidenedReadsOldAndNewFiles() throws Exception {
        Fixture.Jdbc fixture = new Fixture.Jdbc(directory);
        try (TableCatalog catalog = fixture.open()) {
            fill(catalog, Shapes.typed(new Struct(List.of(VALUE.members().get(0))), false), 1, null);
            fill(catalog, Shapes.typed(VALUE, false), 2, null);
            Table table = fixture.others().loadTable(ID);
            assertRows(table, 2 * ROWS);
            assertThat(read(table, Expressions.equal("value.name", "n150"))).hasSize(2);
            assertThat(read(table, Expressions.isNull("value.name"))).hasSize(2 * ROWS);
        }
    }
}
