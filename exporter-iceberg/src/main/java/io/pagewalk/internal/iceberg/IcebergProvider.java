package io.pagewalk.internal.iceberg;

import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import io.pagewalk.table.TableProvider;
import java.util.Map;

/** Tables of Apache Iceberg. Settings are Iceberg's own catalog properties, such as {@code type} and {@code uri}. */
public final class IcebergProvider implements TableProvider {
    @Override
    public String format() {
        return "iceberg";
    }

    @Override
    public TableCatalog open(Map<String, String> settings, PlaceSettings places) {
        return Catalogs.open(settings, places);
    }
}
