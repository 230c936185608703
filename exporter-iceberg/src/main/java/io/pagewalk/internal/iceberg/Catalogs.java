package io.pagewalk.internal.iceberg;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.hadoop.HadoopProvider;
import io.pagewalk.spi.PlaceSettings;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/** Opens catalogs by Iceberg's own properties. */
final class Catalogs {
    /** What a database keeps tables by: engines that share it have to say the same. */
    private static final String NAME = "name";

    private static final String DEFAULT_NAME = "iceberg";
    private static final String FILE_IO = "org.apache.iceberg.hadoop.HadoopFileIO";
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";
    private static final String DELEGATION = "header.x-iceberg-access-delegation";

    private static final String CONNECTION_TIMEOUT = "rest.client.connection-timeout-ms";
    private static final String SOCKET_TIMEOUT = "rest.client.socket-timeout-ms";
    /** A catalog may take its time for a commit. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(15);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /** Those that come with iceberg-core, and the artifacts that have the others. */
    private static final Map<String, String> TYPES = Map.of(
            "rest", "",
            "jdbc", "",
            "hadoop", "",
            "hive", "org.apache.iceberg:iceberg-hive-metastore and Hive's metastore client",
            "glue", "org.apache.iceberg:iceberg-aws and software.amazon.awssdk:glue",
            "nessie", "org.apache.iceberg:iceberg-nessie",
            "bigquery", "org.apache.iceberg:iceberg-bigquery");

    /** Where a rename is atomic, and fails if the name is taken. */
    private static final Set<String> RENAMING = Set.of("hdfs", "file");

    private Catalogs() {}

    /** @throws UsageException if the settings name no catalog that can be used */
    static IcebergCatalog open(Map<String, String> given, PlaceSettings places) {
        String type = check(given);
        Configuration hadoop = hadoop(places);
        if (type.equals("hadoop")) {
            requireRenames(given.get(CatalogProperties.WAREHOUSE_LOCATION), hadoop);
        } else if (type.equals("jdbc")) {
            requireDriver(given.get(CatalogProperties.URI));
        }
        Map<String, String> settings = new HashMap<>(given);
        String name = settings.getOrDefault(NAME, DEFAULT_NAME);
        settings.remove(NAME);
        settings.putIfAbsent(CatalogProperties.FILE_IO_IMPL, FILE_IO);
        if (type.equals("rest")) {
            limitSilence(settings, places.retryTimeout());
        }
        IcebergFailures failures = new IcebergFailures(type, given);
        Catalog catalog;
        try {
            catalog = CatalogUtil.buildIcebergCatalog(name, settings, hadoop);
        } catch (RuntimeException | LinkageError e) {
            if (lacksClass(e)) {
                throw new UsageException("the iceberg catalog (" + type + ") needs a jar that is not there: put "
                        + artifact(type) + " (version " + version() + ") and what it needs into lib/ext");
            }
            throw failures.opening(e);
        }
        return new IcebergCatalog(catalog, given, failures, places.retryTimeout());
    }

    /** The catalog's type as messages have it. */
    private static String check(Map<String, String> settings) {
        String type = settings.get(CatalogUtil.ICEBERG_CATALOG_TYPE);
        String implementation = settings.get(CatalogProperties.CATALOG_IMPL);
        if ((type == null) == (implementation == null)) {
            throw new UsageException("the settings of the iceberg catalog name "
                    + (type == null ? "none" : "two: both type and catalog-impl")
                    + "; give one type (rest, jdbc, hadoop, hive, glue) or one catalog-impl");
        }
        if (type != null && !TYPES.containsKey(type.toLowerCase(Locale.ROOT))) {
            throw new UsageException(
                    "the iceberg catalog's type is none of rest, jdbc, hadoop, hive, glue; for another one give"
                            + " catalog-impl, the name of its class");
        }
        for (String name : settings.keySet()) {
            if (name.toLowerCase(Locale.ROOT).equals(DELEGATION)) {
                throw new UsageException("the iceberg catalog's setting " + name
                        + " asks for credentials of its storage, which Pagewalk does not use: remove it, and give credentials as for"
                        + " outputs");
            }
        }
        return type == null ? String.valueOf(implementation) : type.toLowerCase(Locale.ROOT);
    }

    /** Tables may be at what others call {@code s3://}. */
    private static Configuration hadoop(PlaceSettings places) {
        Configuration hadoop = HadoopProvider.configuration(places);
        for (String scheme : new String[] {"s3", "s3n"}) {
            if (hadoop.get("fs." + scheme + ".impl") == null) {
                hadoop.set("fs." + scheme + ".impl", S3A);
            }
        }
        return hadoop;
    }

    /** Without limits Iceberg waits for minutes, or for ever, for a server that takes connections and does not answer. */
    private static void limitSilence(Map<String, String> settings, Duration retryTimeout) {
        long millis =
                Math.max(SHORTEST_SILENCE.toMillis(), Math.min(retryTimeout.toMillis(), LONGEST_SILENCE.toMillis()));
        settings.putIfAbsent(CONNECTION_TIMEOUT, Long.toString(millis));
        settings.putIfAbsent(SOCKET_TIMEOUT, Long.toString(millis));
    }

    private static void requireRenames(@Nullable String warehouse, Configuration hadoop) {
        if (warehouse == null) {
            throw new UsageException(
                    "the iceberg catalog (hadoop) has no warehouse: give the setting warehouse, a directory on"
                            + " HDFS");
        }
        String scheme = StorePaths.schemeOf(warehouse);
        String effective = scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme;
        if (!RENAMING.contains(effective)) {
            throw new UsageException(
                    "the iceberg catalog (hadoop) has its warehouse at " + effective + "://, where a rename is not"
                            + " atomic and commits get lost: use it on hdfs://, or a catalog of another type (rest, jdbc, hive, glue)");
        }
    }

    private static void requireDriver(@Nullable String uri) {
        if (uri == null || !uri.startsWith("jdbc:")) {
            throw new UsageException(
                    "the iceberg catalog (jdbc) has no database: give the setting uri, which begins with jdbc:");
        }
        try {
            DriverManager.getDriver(uri);
        } catch (SQLException e) {
            // Not as a cause: URIs may hold passwords.
            int end = uri.indexOf(':', "jdbc:".length());
            throw new UsageException("the iceberg catalog (jdbc) needs the JDBC driver for "
                    + (end < 0 ? "jdbc:" : uri.substring(0, end)) + ", which is not there: put its jar into lib/ext");
        }
    }

    private static boolean lacksClass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
                return true;
            }
            for (Throwable suppressed : cause.getSuppressed()) {
                if (lacksClass(suppressed)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String artifact(String type) {
        String artifact = TYPES.get(type);
        return artifact == null || artifact.isEmpty() ? "the jar of its class" : artifact;
    }

    private static String version() {
        String version = Catalog.class.getPackage().getImplementationVersion();
        return version == null ? "that of iceberg-core" : version;
    }
}
