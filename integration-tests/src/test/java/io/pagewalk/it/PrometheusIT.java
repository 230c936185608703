package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FilledTopics;
import io.pagewalk.it.fixture.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --metrics-file} writes is what Prometheus reads, and the alerts that come with Pagewalk fire on it. */
class PrometheusIT {
    private static final Path RULES = Path.of("..", "docker", "prometheus").toAbsolutePath();

    @TempDir
    Path dir;

    @BeforeAll
    static void fill() {
        assertThat(new FilledTopics("watched", 3, 10).names()).hasSize(3);
    }

    @BeforeEach
    void requirePrometheus() {
        Assumptions.assumeTrue(
                Stream.of("prometheus", "promtool").allMatch(program -> isThere("/usr/bin/" + program)),
                "Prometheus is not installed");
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of(program));
    }

    private static String run(Path directory, @Nullable Path input, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Path exported() {
        Path metrics = dir.resolve("pagewalk.prom");
        Cli.run(FilledTopics.arguments(
                        "watched-.*", dir.resolve("out"), "--incremental", "--metrics-file", metrics.toString()))
                .exits(0);
        return metrics;
    }

    @Test
    void promtoolAcceptsTheRulesAndTheFigures() throws Exception {
        run(RULES, null, "promtool", "check", "rules", "pagewalk.rules.yml");
        run(RULES, null, "promtool", "test", "rules", "pagewalk.rules.test.yml");
        run(dir, exported(), "promtool", "check", "metrics");
    }

    @Test
    void prometheusReadsTheFiguresAndTellsOfARunThatIsMissing() throws Exception {
        Path metrics = exported();
        HttpServer collector = serve(metrics);
        int port = freePort();
        Files.writeString(dir.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s/pagewalk.rules.yml]
                scrape_configs:
                  - job_name: textfile
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(
                        RULES, collector.getAddress().getPort()));
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=127.0.0.1:" + port)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("prometheus.log").toFile())
                .start();
        try {
            Eventually.isTrue("scraped", () -> values(port, "pagewalk_records").size() == 3);
            assertThat(values(port, "sum(pagewalk_records)")).containsExactly("33");
            assertThat(values(port, "pagewalk_run_exit_code")).containsOnly("0");
            assertThat(values(port, "ALERTS{alertname=\"PagewalkExportStale\"}"))
                    .isEmpty();

            long old = Instant.now().getEpochSecond() - 30 * 3600;
            Files.writeString(
                    metrics,
                    Files.readString(metrics)
                            .replaceAll(
                                    "(?m)^(pagewalk_last_success_timestamp_seconds\\{.*topic=\"watched-01\"}) .*$",
                                    "$1 " + old));

            Eventually.isTrue(
                    "the alert fires",
                    () -> !values(port, "ALERTS{alertname=\"PagewalkExportStale\",alertstate=\"firing\"}")
                            .isEmpty());
            assertThat(values(port, "ALERTS{alertname=\"PagewalkExportStale\",topic!=\"watched-01\"}"))
                    .isEmpty();
        } finally {
            prometheus.destroy();
            if (!prometheus.waitFor(10, TimeUnit.SECONDS)) {
                prometheus.destroyForcibly();
            }
            collector.stop(0);
        }
    }

    /** What a command does not know stays as an earlier one had it. */
    @Test
    void aPushgatewayHasTheFiguresAndKeepsTheLastSuccess() throws Exception {
        Assumptions.assumeTrue(isThere("/usr/bin/prometheus-pushgateway"), "the Pushgateway is not installed");
        int port = freePort();
        // Debian's keeps what it has for the next one, unless it is told where.
        Process gateway = new ProcessBuilder(
                        "prometheus-pushgateway",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--persistence.file=" + dir.resolve("gateway.data"))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("gateway.log").toFile())
                .start();
        try {
            Eventually.isTrue("up", () -> pushed(port) != null);
            String[] push = {"--incremental", "--metrics-push", "http://127.0.0.1:" + port};
            Path out = dir.resolve("pushed");

            Cli.run(FilledTopics.arguments("watched-.*", out, push)).exits(0);
            String success = pushed(port, "pagewalk_last_success_timestamp_seconds", "watched-02");
            Cli.run(FilledTopics.arguments("watched-.*", out, "--partitions", "0", push[0], push[1], push[2]))
                    .exits(2);

            assertThat(pushed(port, "pagewalk_run_exit_code", "watched-02")).endsWith(" 2");
            assertThat(success).contains("output=\"" + out + "\"");
            assertThat(pushed(port, "pagewalk_last_success_timestamp_seconds", "watched-02"))
                    .isEqualTo(success);
        } finally {
            gateway.destroy();
            gateway.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPushgatewayThatIsNotThereIsWarnedOfWithoutItsPassword() {
        Cli.Result result = Cli.run(FilledTopics.arguments(
                        "watched-.*", dir.resolve("unpushed"), "--metrics-push", "http://me:s3cretive@127.0.0.1:1"))
                .exits(0);

        assertThat(result.err())
                .contains(
                        "pagewalk: warning: the figures cannot be pushed to 127.0.0.1:1: ",
                        "the export is not affected")
                .doesNotContain("s3cretive");
    }

    private static @Nullable String pushed(int port) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pushed(int port, String metric, String topic) {
        return String.valueOf(pushed(port))
                .lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains("topic=\"" + topic + "\""))
                .findFirst()
                .orElse("");
    }

    /** In place of the node exporter, whose textfile collector hands on what is in the file. */
    private static HttpServer serve(Path metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = Files.readAllBytes(metrics);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<String> values(int port, String query) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                                            + URLEncoder.encode(query, UTF_8)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                // It listens before it is ready.
                return List.of();
            }
            JsonNode result = Output.json(response.body()).path("data").path("result");
            return Stream.iterate(0, i -> i + 1)
                    .limit(result.size())
                    .map(i -> result.get(i).get("value").get(1).asText())
                    .toList();
        } catch (IOException e) {
            // It is not up yet.
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The alarm for a schedule looks at the success before a failure, too. */
    @Test
    void aCommandThatFailsKeepsTheTimeOfTheLastSuccess() throws Exception {
        Path metrics = exported();
        String before = line(metrics, "pagewalk_last_success_timestamp_seconds", "watched-01");

        Cli.run(FilledTopics.arguments(
                        "watched-.*",
                        dir.resolve("out"),
                        "--incremental",
                        "--partitions",
                        "0",
                        "--metrics-file",
                        metrics.toString()))
                .exits(2);

        assertThat(line(metrics, "pagewalk_run_exit_code", "watched-01")).endsWith(" 2.0");
        assertThat(line(metrics, "pagewalk_last_success_timestamp_seconds", "watched-01"))
                .isNotEmpty()
                .isEqualTo(before);
    }

    private static String line(Path metrics, String metric, String topic) throws IOException {
        return Files.readAllLines(metrics).stream()
                .filter(line -> line.startsWith(metric + "{") && line.contains("topic=\"" + topic + "\""))
                .findFirst()
                .orElse("");
    }
}
