package io.pagewalk.simulation;

import io.pagewalk.internal.iceberg.FaultyCatalog;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Iceberg's tables in catalogs in memory, as a request for a table finds them. */
public final class SimulatedTables implements TableProvider {
    static final String FORMAT = "simulated";

    private static final String CATALOG = "catalog";
    private static final Map<String, FaultyCatalog> CATALOGS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What a request is told of that catalog, until {@link #forget}. */
    static Map<String, String> settings(FaultyCatalog catalog) {
        String name = Integer.toString(COUNT.incrementAndGet());
        CATALOGS.put(name, catalog);
        return Map.of(CATALOG, name);
    }

    static void forget(Map<String, String> settings) {
        CATALOGS.remove(settings.get(CATALOG));
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public TableCatalog open(Map<String, String> settings, PlaceSettings places) {
        return CATALOGS.get(settings.get(CATALOG)).open();
    }
}
