package io.pagewalk.table;

import io.pagewalk.spi.PlaceSettings;
import java.util.Map;

/**
 * A table format. Found by {@link java.util.ServiceLoader} when a table is to follow an export; has a public constructor without
 * arguments.
 */
public interface TableProvider {
    /** The format's name, such as {@code iceberg}: lower-case letters. */
    String format();

    /**
     * Opens a catalog.
     *
     * @param settings the catalog's own, by the format's own names; values may be secrets
     * @param places how file systems are reached
     * @throws io.pagewalk.error.UsageException if the settings name no catalog, or one that cannot be used; never shows a value
     */
    TableCatalog open(Map<String, String> settings, PlaceSettings places);
}
