package io.pagewalk.it.iceberg;

import io.pagewalk.it.fixture.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;

/** A catalog in a directory, as commands reach it, and as Iceberg's own reader does. */
final class Lake implements AutoCloseable {
    private final Path config;
    private final JdbcCatalog catalog = new JdbcCatalog();

    Lake(Path dir) {
        Map<String, String> settings = Map.of(
                CatalogProperties.URI,
                "jdbc:sqlite:" + dir.resolve("catalog.db"),
                CatalogProperties.WAREHOUSE_LOCATION,
                dir.resolve("warehouse").toUri().toString(),
                "jdbc.schema-version",
                "V1",
                CatalogProperties.FILE_IO_IMPL,
                HadoopFileIO.class.getName());
        catalog.setConf(new Configuration());
        catalog.initialize("lake", settings);
        StringBuilder text = new StringBuilder("type=jdbc\nname=lake\n");
        settings.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        config = dir.resolve("lake.properties");
        try {
            Files.writeString(config, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JdbcCatalog catalog() {
        return catalog;
    }

    /** The options that name its catalog. */
    String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of(more));
        options.add("--iceberg-catalog-config");
        options.add(config.toString());
        return options.toArray(String[]::new);
    }

    /** Lets a table follow an export of a topic of the shared broker. */
    Cli.Result export(String topic, Path output, String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of(options("--iceberg-table", table)));
        arguments.addAll(List.of(more));
        return Cli.export(topic, output, arguments.toArray(String[]::new));
    }

    /** Any command but export, in an output. */
    Cli.Result run(String command, Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--output", output.toString()));
        arguments.addAll(List.of(options(more)));
        return Cli.run(arguments.toArray(String[]::new));
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.parse(name));
    }

    List<Record> rows(String table) {
        return rows(table, Expressions.alwaysTrue());
    }

    List<Record> rows(String table, Expression filter) {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table(table)).where(filter).build()) {
            return StreamSupport.stream(rows.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Likewise, some columns alone. */
    List<Record> find(String table, Expression filter, String... columns) {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table(table)).where(filter).select(columns).build()) {
            return StreamSupport.stream(rows.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The date that each file is of, by its place. */
    Map<String, LocalDate> partitions(String table) {
        Map<String, LocalDate> partitions = new TreeMap<>();
        try (CloseableIterable<FileScanTask> files = table(table).newScan().planFiles()) {
            for (FileScanTask file : files) {
                int days = file.file().partition().get(0, Integer.class);
                partitions.put(file.file().location(), LocalDate.ofEpochDay(days));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return partitions;
    }

    /** Likewise, as engines read files without ids: by the table's mapping of names, which Iceberg's own generic reader does not look at. */
    List<Record> rowsByName(String name) {
        Table table = table(name);
        NameMapping mapping = NameMappingParser.fromJson(table.properties().get("schema.name-mapping.default"));
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask file : files) {
                try (CloseableIterable<Record> read = Parquet.read(
                                table.io().newInputFile(file.file().location()))
                        .project(table.schema())
                        .withNameMapping(mapping)
                        .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
                        .build()) {
                    read.forEach(rows::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** Puts all rows into one file, as compactions do. */
    void compact(String name) throws IOException {
        Table table = table(name);
        List<Record> rows = rows(name);
        OutputFile file = table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".parquet");
        DataWriter<Record> writer = Parquet.writeData(file)
                .schema(table.schema())
                .withSpec(table.spec())
                .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
                .build();
        try (writer) {
            rows.forEach(writer::write);
        }
        RewriteFiles rewrite = table.newRewrite();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            files.forEach(old -> rewrite.deleteFile(old.file()));
        }
        rewrite.addFile(writer.toDataFile());
        rewrite.commit();
    }

    /** Lets all snapshots but the current one expire, as maintenance does; the data files stay. */
    void expireSnapshots(String name) {
        Table table = table(name);
        table.updateProperties().set("gc.enabled", "true").commit();
        table.expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .cleanupLevel(ExpireSnapshots.CleanupLevel.METADATA_ONLY)
                .commit();
    }

    /** Of the metadata, all files but the current one. */
    void removeOlderMetadata(String name) {
        Table table = table(name);
        ((HasTableOperations) table)
                .operations()
                .current()
                .previousFiles()
                .forEach(previous -> table.io().deleteFile(previous.file()));
    }

    /** Lets nobody open the catalog. */
    Path takeAway() throws IOException {
        Path database = config.resolveSibling("catalog.db");
        Path kept = config.resolveSibling("kept.db");
        Files.move(database, kept);
        Files.writeString(database, "this is no database, and no engine takes it for one".repeat(100));
        return kept;
    }

    void putBack(Path kept) throws IOException {
        Files.move(kept, config.resolveSibling("catalog.db"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
