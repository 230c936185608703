package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.iceberg.RestLake;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Spark with Iceberg's runtime, which answers one statement after the other; the tables of a REST catalog are in {@code lake}. */
final class SparkLake implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter statements;
    private final Path log;

    /** @param directory where it may leave what it likes */
    SparkLake(RestLake lake, Path directory) throws IOException {
        log = directory.resolve("spark.log");
        Path settings = directory.resolve("spark.properties");
        List<String> lines = new ArrayList<>();
        settings(lake, directory).forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(settings, lines);
        process = SparkInstallation.program("iceberg", directory, "SparkStatements.java", List.of(settings.toString()))
                .redirectError(log.toFile())
                .start();
        answers = process.inputReader(UTF_8);
        statements = process.outputWriter(UTF_8);
    }

    private static Map<String, String> settings(RestLake lake, Path directory) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "spark.ui.enabled", "false",
                "spark.log.level", "WARN",
                "spark.driver.bindAddress", "127.0.0.1",
                "spark.driver.host", "127.0.0.1",
                "spark.local.dir", directory.toString(),
                "spark.sql.warehouse.dir", directory.toString(),
                "spark.sql.session.timeZone", "UTC",
                "spark.sql.shuffle.partitions", "2"));
        settings.putAll(Map.of(
                "spark.sql.extensions", "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
                "spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog",
                "spark.sql.catalog.lake.type", "rest",
                "spark.sql.catalog.lake.uri",
                        "http://127.0.0.1:" + lake.server().port(),
                "spark.sql.catalog.lake.io-impl", "org.apache.iceberg.hadoop.HadoopFileIO",
                "spark.sql.catalog.lake.cache-enabled", "false"));
        RestLake.hadoop().forEach((name, value) -> settings.put("spark.hadoop." + name, value));
        return settings;
    }

    /** The rows that a statement returns. */
    List<JsonNode> run(String statement) throws IOException {
        List<String> lines = lines(statement);
        if (!lines.isEmpty() && lines.get(0).startsWith("!")) {
            throw new AssertionError(statement + " failed: " + lines.get(0) + "; see " + log);
        }
        return lines.stream().map(Output::json).toList();
    }

    /** The column {@code r} of all rows: an array of texts each. */
    List<List<@Nullable String>> texts(String statement) throws IOException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : run(statement)) {
            List<@Nullable String> texts = new ArrayList<>();
            row.get("r").forEach(text -> texts.add(text.isNull() ? null : text.asText()));
            rows.add(texts);
        }
        return rows;
    }

    private List<String> lines(String statement) throws IOException {
        statements.write(statement.replace('\n', ' ') + "\n");
        statements.flush();
        List<String> lines = new ArrayList<>();
        for (String line = answers.readLine(); ; line = answers.readLine()) {
            if (line == null) {
                throw new AssertionError("Spark has ended; it said: " + Files.readString(log));
            }
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
