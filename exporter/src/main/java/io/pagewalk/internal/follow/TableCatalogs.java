package io.pagewalk.internal.follow;

import io.pagewalk.error.UsageException;
import io.pagewalk.follow.TableRequest;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The catalogs of one connection: exports that ask for the same one share it. Any thread may use it. */
public final class TableCatalogs implements AutoCloseable {
    private final PlaceSettings places;
    private final Map<Key, TableCatalog> open = new HashMap<>();

    private record Key(String format, Map<String, String> settings) {}

    /** @param places how file systems are reached */
    public TableCatalogs(PlaceSettings places) {
        this.places = places;
    }

    /**
     * The catalog of a request.
     *
     * @throws UsageException if its format is not there, or its settings name no catalog
     */
    synchronized TableCatalog of(TableRequest request) {
        return open.computeIfAbsent(
                new Key(request.format(), request.catalog()),
                key -> provider(key.format).open(key.settings, places));
    }

    private static TableProvider provider(String format) {
        try {
            for (TableProvider provider : ServiceLoader.load(TableProvider.class)) {
                if (provider.format().equals(format)) {
                    return provider;
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new UsageException(
                    "the jars of the table format " + format + " cannot be loaded: " + e.getMessage(), e);
        }
        throw new UsageException("there is no table format " + format
                + " here: its jar is not on the class path (exporter-" + format + ")");
    }

    @Override
    public synchronized void close() {
        open.values().forEach(TableCatalog::close);
        open.clear();
    }
}
