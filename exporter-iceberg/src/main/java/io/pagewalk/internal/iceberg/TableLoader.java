package io.pagewalk.internal.iceberg;

import io.pagewalk.error.UsageException;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Looks at tables. */
final class TableLoader {
    /** What a catalog may lend for a table, by the names of Iceberg's own file systems. */
    private static final Pattern LENT = Pattern.compile(
            "s3\\.(?:access-key-id|secret-access-key|session-token|remote-signing-enabled)|gcs\\.oauth2\\.token"
                    + "|adls\\.(?:sas-token|connection-string|auth\\.).*|client\\.credentials-provider.*");

    private final Catalog catalog;
    private final Map<String, String> settings;
    private final IcebergFailures failures;

    TableLoader(Catalog catalog, Map<String, String> settings, IcebergFailures failures) {
        this.catalog = catalog;
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * The table as it is now.
     *
     * @throws NoSuchTableException if there is none
     * @throws UsageException if it can be reached only with credentials that the catalog lends
     */
    Table load(String name) {
        Table table = catalog.loadTable(identifier(name));
        requireOwnCredentials(name, table);
        return table;
    }

    /** What is below a table. */
    static TableOperations operations(Table table) {
        if (table instanceof HasTableOperations known) {
            return known.operations();
        }
        throw new UnsupportedOperationException(table.getClass().getName());
    }

    private void requireOwnCredentials(String name, Table table) {
        Map<String, String> used = table.io().properties();
        TreeSet<String> lent = new TreeSet<>(used.keySet());
        lent.removeIf(key -> settings.containsKey(key) || !LENT.matcher(key).matches());
        if (!lent.isEmpty()) {
            throw new UsageException(failures.catalog() + " lends credentials for " + failures.table(name) + " ("
                    + String.join(", ", lent)
                    + "), which Pagewalk does not use: have the catalog lend none, and give credentials"
                    + " of your own as for outputs");
        }
    }

    /** @throws UsageException if it is not the name of a table in a namespace */
    static TableIdentifier identifier(String name) {
        String[] parts = name.split("\\.", -1);
        boolean empty = parts.length < 2;
        for (String part : parts) {
            empty |= part.isBlank();
        }
        if (empty) {
            throw new UsageException("'" + name + "' is not the name of an iceberg table: NAMESPACE.TABLE");
        }
        return TableIdentifier.of(parts);
    }
}
