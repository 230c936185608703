package io.pagewalk.internal.iceberg;

import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.table.TableCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;

/** A catalog that a test has for itself. */
interface Fixture {
    /** The catalog, as somebody else uses it. */
    Catalog others();

    /** The same, as Pagewalk has it. */
    TableCatalog open();

    /** Nothing can be asked of it any more. */
    void close();

    static TableCatalog open(Map<String, String> settings) {
        return new IcebergProvider().open(settings, PlaceSettings.of(Map.of(), Duration.ofSeconds(20)));
    }

    /** In SQLite, tables on the local disk. */
    record Jdbc(Path directory) implements Fixture {
        private Map<String, String> settings() {
            return Map.of(
                    "type",
                    "jdbc",
                    "uri",
                    "jdbc:sqlite:" + directory.resolve("catalog.db"),
                    "warehouse",
                    directory.resolve("warehouse").toUri().toString(),
                    "jdbc.schema-version",
                    "V1");
        }

        @Override
        public Catalog others() {
            return CatalogUtil.buildIcebergCatalog("iceberg", settings(), new Configuration());
        }

        @Override
        public TableCatalog open() {
            return Fixture.open(settings());
        }

        @Override
        public void close() {}
    }

    /** Behind a server. */
    record Rest(RestServer server) implements Fixture {
        private Map<String, String> settings() {
            return Map.of("type", "rest", "uri", server.uri(), "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO");
        }

        static Rest start(Path directory) {
            return new Rest(new RestServer(directory));
        }

        @Override
        public Catalog others() {
            return CatalogUtil.buildIcebergCatalog("iceberg", settings(), new Configuration());
        }

        @Override
        public TableCatalog open() {
            return Fixture.open(settings());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** In memory; it can be made to fail, and does not. */
    record Fake(FaultyCatalog catalog) implements Fixture {
        Fake() {
            this(FaultyCatalog.empty());
        }

        @Override
        public Catalog others() {
            return catalog;
        }

        @Override
        public TableCatalog open() {
            return catalog.open();
        }

        @Override
        public void close() {}
    }
}
