package io.pagewalk.internal.iceberg;

import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.table.FollowedSeries;
import io.pagewalk.table.FollowedTable;
import io.pagewalk.table.PreparedTable;
import io.pagewalk.table.RowShape;
import io.pagewalk.table.TableCatalog;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/** One of Iceberg's catalogs. */
final class IcebergCatalog implements TableCatalog {
    private final Catalog catalog;
    private final TableLoader loader;
    private final IcebergFailures failures;
    private final Attempts attempts;

    /**
     * @param settings those that were given
     * @param timeout for about how long a table is tried again that others change
     */
    IcebergCatalog(Catalog catalog, Map<String, String> settings, IcebergFailures failures, Duration timeout) {
        this.catalog = catalog;
        this.loader = new TableLoader(catalog, settings, failures);
        this.failures = failures;
        this.attempts = new Attempts(failures, timeout);
    }

    @Override
    public PreparedTable prepare(String table, RowShape shape, DirectoryLocation output) {
        return attach(table, shape, output, null);
    }

    @Override
    public PreparedTable attach(String table, RowShape shape, DirectoryLocation output, @Nullable List<Integer> ids) {
        return new TablePreparation(catalog, loader, failures, attempts).prepare(table, shape, output, ids);
    }

    @Override
    public FollowedTable open(FollowedSeries series) {
        return new IcebergTable(loader, series, failures, attempts);
    }

    @Override
    public void close() {
        if (catalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException e) {
                // Connections that are not to be used again.
                return;
            }
        }
    }
}
