package io.pagewalk.it.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A registry, Apicurio's, in a process of its own, which forgets everything when it ends. */
final class ApicurioServer implements AutoCloseable {
    /** What the profile sets: where the server is, and the class path of its serializers. */
    static final String PROPERTY = "pagewalk.it.registry";

    private static final long PATIENCE_MILLIS = 120_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /** @param scratch where it may leave what it likes */
    ApicurioServer(Path scratch) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path home = Path.of(System.getProperty(PROPERTY), "server").toAbsolutePath();
        process = new ProcessBuilder(
                        java(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        runner(home).toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("registry.log").toFile())
                .start();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!isUp()) {
            if (!process.isAlive() || System.currentTimeMillis() > end) {
                close();
                throw new IllegalStateException(Files.readString(scratch.resolve("registry.log")));
            }
            Thread.sleep(200);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path runner(Path home) throws IOException {
        try (var files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private boolean isUp() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(URI.create(confluent() + "/subjects"))
                                    .GET())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    }

    /** The URL of its API that is Confluent's. */
    String confluent() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** That of its own API. */
    String own() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    /** Registers a schema, given as JSON. */
    void register(String subject, String body) throws IOException, InterruptedException {
        HttpResponse<String> reply =
                send(HttpRequest.newBuilder(URI.create(confluent() + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.body());
        }
    }

    /** The lines that serializers print who register with this server. */
    List<String> serialized(Path scratch) throws IOException, InterruptedException {
        Path lines = scratch.resolve("frames");
        Process serializers = new ProcessBuilder(
                        java(),
                        "-cp",
                        Files.readString(Path.of(System.getProperty(PROPERTY), "serializers.classpath")),
                        Path.of("registry", "AvroSerializers.java")
                                .toAbsolutePath()
                                .toString(),
                        own())
                .redirectErrorStream(true)
                .redirectOutput(lines.toFile())
                .start();
        int code = serializers.waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(lines));
        }
        return Files.readAllLines(lines).stream()
                .filter(line -> line.startsWith("FRAME\t"))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
