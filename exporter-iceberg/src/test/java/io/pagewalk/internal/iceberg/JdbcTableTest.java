package io.pagewalk.internal.iceberg;

import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in SQLite, tables on the local disk. */
class JdbcTableTest extends TableContractTest {
    @TempDir
    private Path directory;

    static Map<String, String> settings(Path directory) {
        return Map.of(
                "type", "jdbc",
                "uri", "jdbc:sqlite:" + directory.resolve("catalog.db"),
                "warehouse", directory.resolve("warehouse").toUri().toString(),
                "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO",
                "jdbc.schema-version", "V1");
    }

    @Override
    Catalog others() {
        return CatalogUtil.buildIcebergCatalog("iceberg", settings(directory), new Configuration());
    }

    @Override
    TableCatalog open() {
        return new IcebergProvider().open(settings(directory), PlaceSettings.of(Map.of(), Duration.ofSeconds(20)));
    }
}
