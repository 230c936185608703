package io.pagewalk.it.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pagewalk.embedded.Ports;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends that somebody else brings about, and drivers whose process is not the command's. */
@EnabledIfSystemProperty(named = SparkInstallation.ALL, matches = "true")
@ParameterizedClass
@MethodSource("io.pagewalk.it.spark.SparkInstallation#versions")
class SparkEndsIT extends SparkTest {
    private static final Pattern JOB_UNDER_WAY = Pattern.compile("\"jobId\" : ([0-9]+)");
    private static final Pattern APPLICATION = Pattern.compile("app-[0-9]+-[0-9]+");

    @Test
    void aJobThatIsKilledInSparksPagesEndsTheRunAndTheNextOneGoesOn() throws Exception {
        int port = Ports.free(1).get(0);
        try (Records records = Records.filled("sparkuikill", 1200, 1200)) {
            Output there = new Output(dir.resolve("there"));
            Output here = new Output(dir.resolve("here"));
            String[] arguments =
                    small(records.topic(), there.directory().toString()).toArray(String[]::new);
            try (CliProcess driver = spark.submit(
                    "local-cluster[1,1,1024]",
                    List.of("--conf", "spark.ui.enabled=true", "--conf", "spark.ui.port=" + port),
                    small(records.topic(), there.directory().toString(), "--max-rate", "20kB")
                            .toArray(String[]::new))) {
                Eventually.isTrue("files are published", () -> published(there) >= 2);
                String pages = "http://127.0.0.1:" + port;
                String application = first(APPLICATION, get(pages + "/api/v1/applications"));
                Eventually.isTrue(
                        "a job is killed",
                        () -> JOB_UNDER_WAY
                                .matcher(get(pages + "/api/v1/applications/" + application + "/jobs?status=running"))
                                .results()
                                .map(job -> post(pages + "/jobs/job/kill/?id=" + job.group(1)))
                                .anyMatch(code -> code < 400));

                Cli.Result killed = driver.await();

                assertThat(killed.code()).as(killed.err()).isEqualTo(1);
                assertThat(killed.err()).contains("Spark has ended the work: ").contains("; run again to resume");
            }
            try (CliProcess driver = spark.submit("local-cluster[1,1,1024]", List.of(), arguments)) {
                driver.await().exits(0);
            }

            Cli.run(small(records.topic(), here.directory().toString()).toArray(String[]::new))
                    .exits(0);
            assertSame(there, here);
        }
    }

    @Test
    void anApplicationThatIsKilledEndsTheRunAndTheNextOneGoesOn() throws Exception {
        assumeTrue(StandaloneCluster.isConfigured(), "127.0.0.2 and 127.0.0.3 are addresses of this machine");
        try (Records records = Records.filled("sparkappkill", 1200, 1200);
                StandaloneCluster cluster = new StandaloneCluster(spark, dir)) {
            String bucket = S3Server.bucket("sparkappkill");
            try (CliProcess driver = spark.submit(
                    cluster.master(),
                    List.of(),
                    toS3(records.topic(), bucket, S3Server.port(), "--max-rate", "20kB"))) {
                Eventually.isTrue(
                        "files are published",
                        () -> S3Server.keys(bucket).stream().anyMatch(key -> key.endsWith(".parquet")));
                String pages = "http://127.0.0.1:" + cluster.pages();
                String application = first(APPLICATION, get(pages + "/json/"));
                assertThat(post(pages + "/app/kill/?terminate=true&id=" + application))
                        .isLessThan(400);

                Cli.Result killed = driver.await();

                assertThat(killed.code()).as(killed.err()).isEqualTo(1);
                assertThat(killed.err()).contains("Spark has ended the work: ").contains("; run again to resume");
            }
            Cli.run(toS3(records.topic(), bucket, S3Server.port())).exits(0);
            Path downloaded = dir.resolve("downloaded");
            S3Server.download(bucket, "", downloaded);
            assertThat(new Output(downloaded).rows()).isEqualTo(records.rows());
        }
    }

    /** The process that submits knows no more than how the driver's ended. */
    @Test
    void aDriverOfTheClusterEndsWithoutAnExitAndFailsWithAnException() throws Exception {
        assumeTrue(StandaloneCluster.isConfigured(), "127.0.0.2 and 127.0.0.3 are addresses of this machine");
        try (Records records = Records.filled("sparkclustermode", 600);
                StandaloneCluster cluster = new StandaloneCluster(spark, dir)) {
            String bucket = S3Server.bucket("sparkclustermode");
            List<String> options = List.of(
                    "--deploy-mode", "cluster",
                    "--driver-memory", "512m",
                    "--driver-java-options", SparkInstallation.openedModules(),
                    "--conf", "spark.standalone.submit.waitAppCompletion=true");
            String reports = S3Server.bucket("sparkreports");
            try (CliProcess submitted = spark.submit(
                    cluster.master(),
                    options,
                    toS3(records.topic(), bucket, S3Server.port(), "--report", "s3a://" + reports + "/report.json"))) {
                submitted.await().exits(0);
            }
            assertThat(S3Server.keys(reports)).as(printedByDrivers()).contains("report.json");
            String report = new String(S3Server.read(reports, "report.json"), UTF_8);
            assertThat(Output.json(report).get("exitCode").asInt()).as(report).isZero();
            try (CliProcess submitted =
                    spark.submit(cluster.master(), options, toS3("nosuchtopic", bucket + "-none", S3Server.port()))) {
                submitted.await();
            }
            assertThat(get("http://127.0.0.1:" + cluster.pages() + "/json/"))
                    .contains("\"state\" : \"FINISHED\"")
                    .contains("\"state\" : \"FAILED\"");
            assertThat(printedByDrivers())
                    .contains("there is no such bucket")
                    .contains("CommandFailedException")
                    .contains("exit code 2");
        }
    }

    private String printedByDrivers() throws IOException {
        StringBuilder printed = new StringBuilder();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(
                            path -> path.endsWith("stderr") && path.toString().contains("driver-"))
                    .toList()) {
                printed.append(Files.readString(file, UTF_8));
            }
        }
        return printed.toString();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group();
    }

    private static String get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET()).body();
    }

    private static int post(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).POST(HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
