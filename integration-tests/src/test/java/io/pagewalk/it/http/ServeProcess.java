package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.CliProcess;
import io.pagewalk.it.fixture.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code pagewalk serve} in a process of its own, on a free port. Closing kills it. */
final class ServeProcess implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)/(?:#secret=(\\S+))?\n");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final CliProcess process;
    private final int port;
    private final @Nullable String printedSecret;

    private ServeProcess(CliProcess process, int port, @Nullable String printedSecret) {
        this.process = process;
        this.port = port;
        this.printedSecret = printedSecret;
    }

    /** The command, on a free port unless it names another one. */
    static String[] arguments(String servers, String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--bootstrap-server", servers));
        if (!List.of(more).contains("--listen")) {
            arguments.addAll(List.of("--listen", "127.0.0.1:0"));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    static ServeProcess start(String servers, String... more) throws IOException {
        return start(List.of(), Map.of(), servers, more);
    }

    /** Starts it, and returns once it has said where it listens. */
    static ServeProcess start(List<String> jvmOptions, Map<String, String> environment, String servers, String... more)
            throws IOException {
        CliProcess process = CliProcess.start(jvmOptions, environment, arguments(servers, more));
        try {
            Eventually.isTrue("it listens", () -> out(process).endsWith("\n") || !process.isAlive());
            Matcher url = URL.matcher(out(process));
            assertThat(url.matches())
                    .as("printed '%s', said '%s'", out(process), process.err())
                    .isTrue();
            return new ServeProcess(process, Integer.parseInt(url.group(1)), url.group(2));
        } catch (AssertionError | IOException e) {
            process.close();
            throw e;
        }
    }

    private static String out(CliProcess process) {
        try {
            return process.out();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The secret that it has made, or null. */
    @Nullable
    String printedSecret() {
        return printedSecret;
    }

    CliProcess process() {
        return process;
    }

    /** A request for a path and its query. */
    HttpRequest.Builder request(String pathAndQuery, @Nullable String secret) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + pathAndQuery)).timeout(Duration.ofSeconds(60));
        return secret == null ? request : request.header("Authorization", "Bearer " + secret);
    }

    /** The answer to it. */
    HttpResponse<String> get(String pathAndQuery, @Nullable String secret) throws IOException, InterruptedException {
        return CLIENT.send(request(pathAndQuery, secret).build(), BodyHandlers.ofString(UTF_8));
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
