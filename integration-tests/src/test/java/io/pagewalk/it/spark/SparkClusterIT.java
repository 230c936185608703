package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A standalone cluster, an object store, speculation, and executors and drivers that are killed at any moment. */
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
@ParameterizedClass
@MethodSource("io.pagewalk.it.spark.SparkInstallation#versions")
class SparkClusterIT extends SparkTest {
    private static final int KILLS = 10;
    private static final List<String> SPECULATING = List.of(
            "--conf", "spark.speculation=true",
            "--conf", "spark.speculation.interval=200ms",
            "--conf", "spark.speculation.quantile=0.3",
            "--conf", "spark.speculation.multiplier=1.2",
            "--conf", "spark.speculation.minTaskRuntime=500ms");

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "jsonl"})
    void writesTheFilesOfTheCommandLineToAnObjectStore(String format) throws Exception {
        assumeTrue(StandaloneCluster.isConfigured(), "127.0.0.2 and 127.0.0.3 are addresses of this machine");
        try (Records records = Records.filled("sparks3", 900, 0, 1, 650);
                StandaloneCluster cluster = new StandaloneCluster(spark, dir)) {
            String bucket = S3Server.bucket("spark" + format);
            try (CliProcess driver = spark.submit(
                    cluster.master(), List.of(), toS3(records.topic(), bucket, S3Server.port(), "--format", format))) {
                driver.await().exits(0);
            }

            assertSame(records, bucket, "--format", format);
        }
    }

    /** One that hangs in the middle of an upload is overtaken, is then interrupted, and wakes. */
    @Test
    void aTaskThatIsOvertakenInTheMiddleOfAnUploadChangesNothing() throws Exception {
        assumeTrue(StandaloneCluster.isConfigured(), "127.0.0.2 and 127.0.0.3 are addresses of this machine");
        try (Records records = Records.filled("sparkspeculation", 900, 650);
                FaultProxy proxy = new FaultProxy(S3Server.port());
                StandaloneCluster cluster = new StandaloneCluster(spark, dir)) {
            String bucket = S3Server.bucket("sparkspeculation");
            AtomicBoolean one = new AtomicBoolean();
            proxy.hold(sent -> sent.matches("(?s)PUT /.*\\.parquet.*") && !one.getAndSet(true));
            try (CliProcess driver =
                    spark.submit(cluster.master(), SPECULATING, toS3(records.topic(), bucket, proxy.port()))) {
                Eventually.isTrue("an upload is held", () -> proxy.held() > 0);
                Eventually.isTrue(
                        "the export has gone on without it",
                        () -> S3Server.keys(bucket).stream()
                                .anyMatch(key -> key.endsWith("00000000000000000001.json")));
                proxy.releaseAll();

                driver.await().exits(0);
            }

            assertSame(records, bucket);
            assertThat(S3Server.unfinishedUploads(bucket)).isEmpty();
        }
    }

    /** Executors of a driver that was killed may go on to publish for a while. */
    @Test
    void endsWithTheSameBytesHoweverOftenExecutorsAndTheDriverAreKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Records records = Records.filled("sparkkills", 2400, 2400)) {
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            String[] slowly = small(records.topic(), there.directory().toString(), "--max-rate", "60kB")
                    .toArray(String[]::new);
            int kills = 0;
            while (kills < KILLS) {
                try (CliProcess driver = spark.submit(
                        "local-cluster[2,1,1024]", List.of("--conf", "spark.task.maxFailures=20"), slowly)) {
                    Eventually.isTrue(
                            "executors have started", () -> !executors(driver).isEmpty() || !driver.isAlive());
                    while (driver.isAlive() && kills < KILLS) {
                        Thread.sleep(300 + random.nextInt(1500));
                        List<ProcessHandle> executors = executors(driver);
                        if (random.nextInt(3) == 0) {
                            kills += driver.kill() ? 1 : 0;
                        } else if (!executors.isEmpty()) {
                            kills += executors
                                            .get(random.nextInt(executors.size()))
                                            .destroyForcibly()
                                    ? 1
                                    : 0;
                        }
                    }
                }
                assertThat(there.checkpoints(records.topic()))
                        .as("seed %d: the export is under way", seed)
                        .isLessThan(10);
            }
            try (CliProcess driver = spark.submit(
                    "local-cluster[2,1,1024]",
                    List.of(),
                    small(records.topic(), there.directory().toString()).toArray(String[]::new))) {
                driver.await().exits(0);
            }

            Cli.run(small(records.topic(), here.directory().toString()).toArray(String[]::new))
                    .exits(0);
            assertThat(there.dataFiles())
                    .as("seed %d", seed)
                    .hasSameSizeAs(here.dataFiles())
                    .containsAllEntriesOf(here.dataFiles());
            there.assertComplete(records.topic());
        }
    }

    /** Spark has loaded codecs of its own before, and is told to look for them in places of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy"})
    void nativeCodecsOfSparkAreNotInTheWay(String codec) throws Exception {
        try (Records records = Records.filled("sparknative", 300)) {
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            List<String> options = List.of(
                    "--conf", "spark.io.compression.codec=" + codec,
                    "--conf", "spark.rdd.compress=true",
                    "--conf", "spark.eventLog.enabled=true",
                    "--conf", "spark.eventLog.dir=" + dir.toUri(),
                    "--conf", "spark.eventLog.compress=true");
            try (CliProcess driver = spark.submit(
                    "local-cluster[1,1,1024]",
                    options,
                    small(records.topic(), there.directory().toString(), "--compression", codec)
                            .toArray(String[]::new))) {
                driver.await().exits(0);
            }

            Cli.run(small(records.topic(), here.directory().toString(), "--compression", codec)
                            .toArray(String[]::new))
                    .exits(0);
            assertSame(there, here);
        }
    }

    /** Libraries of other versions, which Spark has loaded before from the same file, or code without any. */
    @ParameterizedTest
    @CsvSource({
        "zstd, -DZstdNativePath=%1$s",
        "zstd, -Djava.library.path=%2$s",
        "snappy, -Dorg.xerial.snappy.lib.path=%2$s -Dorg.xerial.snappy.lib.name=libsnappyjava.so",
        "snappy, -Dorg.xerial.snappy.purejava=true"
    })
    void nativeLibrariesThatSparkIsToldOfAreNotInTheWay(String codec, String option) throws Exception {
        Path directory = Files.createDirectories(dir.resolve("native"));
        Path library = spark.nativeLibrary(codec, directory);
        String options = String.format(Locale.ROOT, option, library, directory);
        try (Records records = Records.filled("sparknativepath", 300)) {
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            try (CliProcess driver = spark.submit(
                    "local-cluster[1,1,1024]",
                    List.of(
                            "--driver-java-options",
                            options,
                            "--conf",
                            "spark.executor.extraJavaOptions=" + options,
                            "--conf",
                            "spark.io.compression.codec=" + codec,
                            "--conf",
                            "spark.rdd.compress=true"),
                    small(records.topic(), there.directory().toString(), "--compression", codec)
                            .toArray(String[]::new))) {
                driver.await().exits(0);
            }

            Cli.run(small(records.topic(), here.directory().toString(), "--compression", codec)
                            .toArray(String[]::new))
                    .exits(0);
            assertSame(there, here);
        }
    }

    @Test
    void secretsOfAnObjectStoreAreInNothingThatSparkWrites() throws Exception {
        assumeTrue(StandaloneCluster.isConfigured(), "127.0.0.2 and 127.0.0.3 are addresses of this machine");
        StringBuilder site = new StringBuilder("<configuration>");
        S3Server.properties()
                .forEach((name, value) -> site.append("<property><name>")
                        .append(name)
                        .append("</name><value>")
                        .append(value)
                        .append("</value></property>"));
        Path hadoop = Files.writeString(dir.resolve("core-site.xml"), site.append("</configuration>"));
        Path events = Files.createDirectory(dir.resolve("events"));
        try (Records records = Records.filled("sparks3secrets", 300);
                StandaloneCluster cluster = new StandaloneCluster(spark, dir)) {
            String bucket = S3Server.bucket("sparks3secrets");
            Cli.Result result;
            try (CliProcess driver = spark.submit(
                    cluster.master(),
                    List.of(
                            "--conf", "spark.eventLog.enabled=true",
                            "--conf", "spark.eventLog.dir=" + events.toUri(),
                            "--conf", "spark.eventLog.compress=false"),
                    small(records.topic(), "s3a://" + bucket, "--hadoop-conf", hadoop.toString(), "--debug")
                            .toArray(String[]::new))) {
                result = driver.await().exits(0);
            }

            assertSame(records, bucket);
            assertThat(result.out() + result.err()).doesNotContain(S3Server.SECRET_KEY);
        }
        Files.delete(hadoop);
        try (Stream<Path> written = Files.walk(dir)) {
            List<Path> files = written.filter(path ->
                            Files.isRegularFile(path) && !path.toString().contains("/jars/"))
                    .toList();
            assertThat(files).anyMatch(path -> path.endsWith("stderr")).anyMatch(path -> path.startsWith(events));
            for (Path file : files) {
                assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(S3Server.SECRET_KEY);
            }
        }
    }

    private void assertSame(Records records, String bucket, String... more) throws Exception {
        Output here = new Output(dir.resolve("here"));
        Cli.run(small(records.topic(), here.directory().toString(), more).toArray(String[]::new))
                .exits(0);
        Path downloaded = dir.resolve("downloaded");
        S3Server.download(bucket, "", downloaded);
        Map<String, byte[]> files = new Output(downloaded).dataFiles();
        assertThat(files).hasSameSizeAs(here.dataFiles()).containsAllEntriesOf(here.dataFiles());
        new Output(downloaded).assertComplete(records.topic());
    }
}
