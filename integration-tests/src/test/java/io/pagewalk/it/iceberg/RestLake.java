package io.pagewalk.it.iceberg;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;

/** A bucket with tables, behind a REST catalog, and with what is exported; one for each test. */
public final class RestLake implements AutoCloseable {
    private static final String S3A = "org.apache.hadoop.fs.s3a.S3AFileSystem";

    private final Path directory;
    private final String bucket;
    private final CatalogServer server;
    private final Catalog catalog;
    private String out = "out";

    /** @param directory for what it keeps besides, on the local disk */
    public RestLake(Path directory) {
        this.directory = directory;
        bucket = S3Server.bucket("rest-lake");
        server = new CatalogServer(directory.resolve("catalog"), "s3://" + bucket + "/warehouse", hadoop());
        Configuration configuration = new Configuration();
        hadoop().forEach(configuration::set);
        Map<String, String> settings = new HashMap<>(settings(server.port()));
        settings.put("io-impl", HadoopFileIO.class.getName());
        settings.put("rest-metrics-reporting-enabled", "false");
        catalog = CatalogUtil.buildIcebergCatalog("lake", settings, configuration);
    }

    /** How Hadoop reaches the bucket, by both its names. */
    public static Map<String, String> hadoop() {
        Map<String, String> settings = new HashMap<>(S3Server.properties());
        settings.put("fs.s3.impl", S3A);
        return settings;
    }

    private static Map<String, String> settings(int port) {
        return Map.of("type", "rest", "uri", "http://127.0.0.1:" + port);
    }

    public CatalogServer server() {
        return server;
    }

    public String bucket() {
        return bucket;
    }

    /** Where exports go. */
    public String output() {
        return "s3a://" + bucket + "/" + out;
    }

    /** Lets commands go to another place from now on. */
    public void useOutput(String name) {
        out = name;
    }

    /** How many data files of exports there are. */
    int files() {
        Path exported = S3Server.data(bucket).resolve(out);
        if (!Files.isDirectory(exported)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(exported)) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".parquet")).count();
        } catch (IOException | UncheckedIOException e) {
            // They come and go meanwhile.
            return 0;
        }
    }

    public Table table(String name) {
        return catalog.loadTable(TableIdentifier.parse(name));
    }

    /** The rows that a filter finds, as Iceberg's own reader has them. */
    List<Record> rows(String table, Expression filter) {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table(table)).where(filter).build()) {
            return StreamSupport.stream(rows.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command in the output, with the catalog. */
    public String[] command(String command, String... more) {
        return command(server.port(), command, more);
    }

    /** The same, where the catalog is reached by another port. */
    public String[] command(int port, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(withoutCatalog(command)));
        addCatalog(port, arguments, more);
        return arguments.toArray(String[]::new);
    }

    /** A command in the output that is told of no catalog. */
    public String[] withoutCatalog(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--output", output()));
        addStore(arguments);
        return arguments.toArray(String[]::new);
    }

    /** What exports a topic of the shared broker to a table. */
    public String[] export(int port, String topic, String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of(Cli.exportArguments(topic, Path.of("replaced"))));
        arguments.set(arguments.indexOf("replaced"), output());
        arguments.addAll(List.of("--iceberg-table", table));
        addStore(arguments);
        addCatalog(port, arguments, more);
        return arguments.toArray(String[]::new);
    }

    private static void addStore(List<String> arguments) {
        S3Server.properties().forEach((name, value) -> arguments.addAll(List.of("-D", name + "=" + value)));
    }

    private void addCatalog(int port, List<String> arguments, String... more) {
        arguments.addAll(List.of("--iceberg-catalog-config", config(port).toString()));
        arguments.addAll(List.of(more));
    }

    private Path config(int port) {
        StringBuilder text = new StringBuilder();
        settings(port)
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        try {
            return Files.writeString(directory.resolve("lake-" + port + ".properties"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (catalog instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        server.close();
    }
}
