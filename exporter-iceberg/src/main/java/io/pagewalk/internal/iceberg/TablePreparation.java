package io.pagewalk.internal.iceberg;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.iceberg.schema.NameMappings;
import io.pagewalk.internal.iceberg.schema.SchemaFit;
import io.pagewalk.internal.iceberg.schema.TableSchemas;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/** Makes a table, or gives it what it lacks. Each step finds what others, or those before it, have done already. */
final class TablePreparation {
    private static final int FORMAT_VERSION = 2;
    private static final int MOST_ROUNDS = 10;

    /** Expiry and orphan removal would take the export's files. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.GC_ENABLED, "false",
            TableProperties.FORMAT_VERSION, Integer.toString(FORMAT_VERSION),
            // Each commit writes all of it anew, so that those of long ago would be most of the table.
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");

    private final Catalog catalog;
    private final TableLoader loader;
    private final IcebergFailures failures;
    private final Attempts attempts;

    TablePreparation(Catalog catalog, TableLoader loader, IcebergFailures failures, Attempts attempts) {
        this.catalog = catalog;
        this.loader = loader;
        this.failures = failures;
        this.attempts = attempts;
    }

    /** @param ids those that files have, or null if they have none, or will have the table's */
    PreparedTable prepare(String name, RowShape shape, DirectoryLocation output, @Nullable List<Integer> ids) {
        // What no table can have is refused before there is one.
        Schema wanted = TableSchemas.of(shape);
        try {
            return prepared(name, shape, output, ids, wanted);
        } catch (RuntimeException e) {
            throw failures.preparing(name, e);
        }
    }

    /** What was changed is looked at once more. */
    private PreparedTable prepared(
            String name, RowShape shape, DirectoryLocation output, @Nullable List<Integer> ids, Schema wanted) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<PreparedTable> table = attempts.until(name, () -> attempt(name, shape, output, ids, wanted));
            if (table.isPresent()) {
                return table.get();
            }
        }
        throw new ExportFailedException(failures.table(name) + " does not stay as it was prepared; run again");
    }

    /** Empty if it has changed the table. */
    private Optional<PreparedTable> attempt(
            String name, RowShape shape, DirectoryLocation output, @Nullable List<Integer> ids, Schema wanted) {
        Table table = find(name, wanted);
        requireApart(name, table, output);
        TableOperations operations = TableLoader.operations(table);
        TableMetadata base = operations.current();
        if (base.formatVersion() < FORMAT_VERSION) {
            throw new UsageException(failures.table(name) + " is of Iceberg's format version " + base.formatVersion()
                    + "; upgrade it to " + FORMAT_VERSION);
        }
        Transaction transaction = Transactions.newTransaction(name, new FrozenOperations(operations, base));
        boolean changed = fit(name, shape, base, transaction);
        Table then = transaction.table();
        if (ids != null && !ids.equals(TableSchemas.ids(shape, then.schema()))) {
            throw new UsageException(
                    failures.table(name)
                            + " cannot follow the export: its columns have other ids than those in the export's files; name another table");
        }
        if (changed) {
            transaction.commitTransaction();
            return Optional.empty();
        }
        return Optional.of(new PreparedTable(
                TableLoader.identifier(name).toString(), base.uuid(), TableSchemas.ids(shape, base.schema())));
    }

    private boolean fit(String name, RowShape shape, TableMetadata base, Transaction transaction) {
        UpdateSchema update = transaction.updateSchema();
        boolean columns = SchemaFit.note(failures.table(name), base.schema(), shape, update);
        // Without changes it changes nothing, but a transaction wants each of its parts committed.
        update.commit();
        boolean partitions = partition(name, shape, base, transaction);
        return mapNames(transaction) || columns || partitions;
    }

    private boolean partition(String name, RowShape shape, TableMetadata base, Transaction transaction) {
        if (TablePartitions.fits(base.spec(), base.schema(), shape.dated())) {
            return false;
        }
        // Of a table that has nothing yet: this is also how one looks that was being made.
        if (!shape.dated() || base.spec().isPartitioned() || base.currentSnapshot() != null) {
            throw new UsageException(failures.table(name) + " cannot hold the export: it is partitioned by "
                    + described(base.spec()) + ", but it has to be "
                    + (shape.dated() ? "by " + RowShape.DATE_COLUMN + " alone, as it is" : "not partitioned")
                    + "; name another table");
        }
        transaction.updateSpec().addField(RowShape.DATE_COLUMN).commit();
        return true;
    }

    private static String described(PartitionSpec spec) {
        return spec.isUnpartitioned()
                ? "nothing"
                : String.join(
                        ", ", spec.fields().stream().map(field -> field.name()).toList());
    }

    private static boolean mapNames(Transaction transaction) {
        Table table = transaction.table();
        String present = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        String mapping = NameMappings.missing(table.schema(), present);
        if (mapping == null) {
            return false;
        }
        transaction
                .updateProperties()
                .set(TableProperties.DEFAULT_NAME_MAPPING, mapping)
                .commit();
        return true;
    }

    private Table find(String name, Schema wanted) {
        try {
            return loader.load(name);
        } catch (NoSuchTableException e) {
            create(TableLoader.identifier(name), wanted);
            return loader.load(name);
        }
    }

    /** The date comes later: as one of the first columns it would shift the ids of what is in the others. */
    private void create(TableIdentifier table, Schema wanted) {
        try {
            createIn(table, wanted);
        } catch (AlreadyExistsException e) {
            // Somebody else was faster; what it lacks it gets.
            return;
        }
    }

    private void createIn(TableIdentifier table, Schema wanted) {
        try {
            catalog.createTable(table, wanted, PartitionSpec.unpartitioned(), PROPERTIES);
        } catch (NoSuchNamespaceException e) {
            if (!(catalog instanceof SupportsNamespaces namespaces)) {
                throw e;
            }
            createNamespaces(namespaces, table.namespace());
            catalog.createTable(table, wanted, PartitionSpec.unpartitioned(), PROPERTIES);
        } catch (CommitFailedException e) {
            throw new FrozenOperations.Conflict(e);
        }
    }

    private static void createNamespaces(SupportsNamespaces catalog, Namespace namespace) {
        for (int levels = 1; levels <= namespace.length(); levels++) {
            Namespace part = Namespace.of(Arrays.copyOf(namespace.levels(), levels));
            if (!catalog.namespaceExists(part)) {
                createNamespace(catalog, part);
            }
        }
    }

    private static void createNamespace(SupportsNamespaces catalog, Namespace namespace) {
        try {
            catalog.createNamespace(namespace);
        } catch (AlreadyExistsException e) {
            // Somebody else was faster.
            return;
        }
    }

    /** What is in a table's own places is for the table to remove. */
    private void requireApart(String name, Table table, DirectoryLocation output) {
        for (String place : places(table)) {
            if (StorePaths.isWithin(output.text(), place)) {
                throw new UsageException(
                        "the output " + output + " is in a place of " + failures.table(name) + ", " + place
                                + ", where whoever cleans up the table removes files that it does not know yet; choose another output");
            }
            if (StorePaths.isWithin(place, output.text())) {
                throw new UsageException(failures.table(name) + " has files of its own at " + place + ", in the output "
                        + output + "; choose another output");
            }
        }
    }

    /** Where a table's own files are. */
    private static Set<String> places(Table table) {
        Set<String> places = new TreeSet<>();
        places.add(table.location());
        for (String property : List.of(TableProperties.WRITE_DATA_LOCATION, TableProperties.WRITE_METADATA_LOCATION)) {
            String place = table.properties().get(property);
            if (place != null) {
                places.add(place);
            }
        }
        return places;
    }
}
