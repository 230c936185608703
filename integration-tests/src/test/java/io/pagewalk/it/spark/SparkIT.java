package io.pagewalk.it.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports whose slices are worked on by executors: processes of Spark, on this machine. */
@ParameterizedClass
@MethodSource("io.pagewalk.it.spark.SparkInstallation#versions")
class SparkIT extends SparkTest {
    private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";
    private static final String SECRET = "pl4nted-S3cret";

    private static String[] small(String topic, Path output, String... more) {
        return small(topic, output.toString(), more).toArray(String[]::new);
    }

    static List<String> formats() {
        return Boolean.getBoolean(SparkInstallation.ALL) ? List.of("parquet", "jsonl") : List.of("parquet");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void writesTheFilesOfTheCommandLine(String format) throws Exception {
        try (Records records = Records.filled("spark" + format, 900, 0, 1, 650)) {
            Path report = dir.resolve("report.json");
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));

            Cli.Result result = run(small(
                            records.topic(), there.directory(), "--format", format, "--report", report.toString()))
                    .exits(0);
            Cli.run(small(records.topic(), here.directory(), "--format", format))
                    .exits(0);

            assertSame(there, here);
            there.assertComplete(records.topic());
            assertThat(result.err()).contains("1,551 records");
            JsonNode told = Output.json(report);
            assertThat(told.get("exitCode").asInt()).isZero();
            assertThat(told.get("run").get("recordsRead").asLong()).isEqualTo(1551);
            assertThat(told.get("run").get("bytesFetched").asLong()).isPositive();
        }
    }

    @Test
    void goesOnAfterExecutorsAndTheDriverWereKilledAndEndsOnThreads() throws Exception {
        try (Records records = Records.filled("sparkkilled", 1200, 1200)) {
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            String[] slowly = small(records.topic(), there.directory(), "--max-rate", "30kB");
            try (CliProcess driver = spark.submit(TWO_EXECUTORS, List.of(), slowly)) {
                Eventually.isTrue("files are published", () -> published(there) >= 2);
                executors(driver).get(0).destroyForcibly();
                int before = published(there);
                Eventually.isTrue("and go on to be", () -> published(there) > before);
                assertThat(driver.kill()).isTrue();
            }
            assertThat(there.dataFiles().size()).isLessThan(24);

            Cli.run(small(records.topic(), there.directory())).exits(0);
            Cli.run(small(records.topic(), here.directory())).exits(0);

            assertSame(there, here);
            Cli.run("verify", "--output", there.directory().toString(), "--deep")
                    .exits(0);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void stopsOnASignalAsOnOneMachineAndWhatThreadsHaveBegunGoesOn() throws Exception {
        try (Records records = Records.filled("sparkstopped", 1200, 1200)) {
            Output there = new Output(dir.resolve("there"));
            Cli.run(small(records.topic(), there.directory(), "--max-pages", "1"))
                    .exits(3);
            try (CliProcess driver = spark.submit(
                    TWO_EXECUTORS, List.of(), small(records.topic(), there.directory(), "--max-rate", "20kB"))) {
                Eventually.isTrue("files are published", () -> published(there) >= 8);
                driver.signal("TERM");

                Cli.Result stopped = driver.await();

                assertThat(stopped.code()).as(stopped.err()).isEqualTo(3);
                assertThat(stopped.err()).contains("stopping; a second signal ends at once");
            }
            run(small(records.topic(), there.directory())).exits(0);

            there.assertComplete(records.topic());
            assertThat(there.rows()).isEqualTo(records.rows());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void letsATableFollowFromTheDriver() throws Exception {
        try (Records records = Records.filled("sparktable", 700, 300)) {
            Output output = new Output(dir.resolve("out"));
            String catalog = Files.writeString(
                            dir.resolve("lake.properties"),
                            "type=hadoop\nwarehouse=" + dir.resolve("warehouse").toUri() + "\n")
                    .toString();

            run(small(
                            records.topic(),
                            output.directory(),
                            "--iceberg-table",
                            "sales.orders",
                            "--iceberg-catalog-config",
                            catalog))
                    .exits(0);

            output.assertComplete(records.topic());
            for (String command : List.of("status", "verify")) {
                Cli.run(command, "--output", output.directory().toString(), "--iceberg-catalog-config", catalog)
                        .exits(0);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void keepsSecretsOutOfAllThatSparkWrites() throws Exception {
        try (Records records = Records.filled("sparksecrets", 300)) {
            Path config = Files.writeString(
                    dir.resolve("client.properties"),
                    "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                            + " password=\"" + SECRET + "\";\n");
            Path hadoop = Files.writeString(
                    dir.resolve("core-site.xml"),
                    "<configuration><property><name>fs.s3a.secret.key</name><value>" + SECRET
                            + "</value></property></configuration>");
            Path events = Files.createDirectory(dir.resolve("events"));
            List<String> said = new ArrayList<>();
            for (String topic : List.of(records.topic(), "nosuchtopic")) {
                Cli.Result result = run(
                        List.of(
                                "--conf",
                                "spark.eventLog.enabled=true",
                                "--conf",
                                "spark.eventLog.dir=" + events.toUri(),
                                "--conf",
                                "spark.eventLog.compress=false"),
                        small(
                                topic,
                                dir.resolve("out"),
                                "--command-config",
                                config.toString(),
                                "--hadoop-conf",
                                hadoop.toString(),
                                "--debug"));
                assertThat(result.code()).as(result.err()).isEqualTo(topic.equals("nosuchtopic") ? 2 : 0);
                said.add(result.out() + result.err());
            }

            assertThat(said).noneMatch(text -> text.contains(SECRET));
            assertThat(spark.printed()).contains("Executor").doesNotContain(SECRET);
            try (Stream<Path> files = Files.walk(events)) {
                List<Path> logs = files.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().endsWith(".crc"))
                        .toList();
                StringBuilder logged = new StringBuilder();
                for (Path log : logs) {
                    logged.append(Files.readString(log));
                }
                assertThat(logged.toString()).contains("SparkListenerTaskEnd").doesNotContain(SECRET);
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void refusesTheDiskOfOneMachineForACluster() throws Exception {
        Cli.Result result = await(spark.submit(
                "spark://127.0.0.1:1", List.of(), small("orders", dir.resolve("out"), "--retry-timeout", "1s")));

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("is on the disk of one machine, and the executors are on others");
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void looksAtExportsWithoutStartingAnApplication() throws Exception {
        try (Records records = Records.filled("sparklooked", 300)) {
            Path output = dir.resolve("out");
            Cli.run(small(records.topic(), output)).exits(0);

            // No master answers there.
            Cli.Result status =
                    await(spark.submit("spark://127.0.0.1:1", List.of(), "status", "--output", output.toString()));
            Cli.Result plan = await(spark.submit(
                    "spark://127.0.0.1:1",
                    List.of(),
                    "plan",
                    "--bootstrap-server",
                    Broker.servers(),
                    "--topic",
                    records.topic()));

            assertThat(status.code()).as(status.err()).isZero();
            assertThat(plan.code()).as(plan.err()).isZero();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
    void auditsFilesByTasks() throws Exception {
        try (Records records = Records.filled("sparkaudit", 700, 300)) {
            Output output = new Output(dir.resolve("out"));
            Cli.run(small(records.topic(), output.directory())).exits(0);
            String[] verify = {"verify", "--output", output.directory().toString(), "--deep"};
            assertThat(run(verify).exits(0).out())
                    .isEqualTo(Cli.run(verify).exits(0).out());
            Path damaged = output.directory().resolve(output.dataFiles().firstKey());
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged, bytes);

            assertThat(run(verify).exits(9).out())
                    .contains(damaged.getFileName().toString())
                    .isEqualTo(Cli.run(verify).exits(9).out());
        }
    }

    private Cli.Result run(String... arguments) throws Exception {
        return run(List.of(), arguments);
    }

    private Cli.Result run(List<String> options, String... arguments) throws Exception {
        return await(spark.submit("local-cluster[1,2,1024]", options, arguments));
    }

    private static Cli.Result await(CliProcess process) throws Exception {
        try (process) {
            return process.await();
        }
    }
}
