package io.pagewalk.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.RefusedException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a server for a page. Its records are printed as they came, so that no number passes through a type that cannot hold it. */
public final class RemotePage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DATA = "{\"data\":";

    /**
     * What a server answered.
     *
     * @param records each as a JSON object
     * @param next the token to go on with, or null
     * @param remaining how many offsets remain behind the page
     */
    public record Answer(List<String> records, @Nullable String next, long remaining) {}

    private final URI server;
    private final @Nullable String secret;

    /** @throws UsageException if the address is none of HTTP */
    public RemotePage(String server, @Nullable String secret) {
        try {
            this.server = new URI(server.replaceFirst("#.*", "").replaceFirst("/*$", "/"));
        } catch (URISyntaxException e) {
            throw new UsageException("--server is not an address such as http://localhost:8480", e);
        }
        if (this.server.getHost() == null
                || this.server.getUserInfo() != null
                || this.server.getPort() > 65_535
                || !String.valueOf(this.server.getScheme()).matches("https?")) {
            throw new UsageException("--server is not an address such as http://localhost:8480");
        }
        this.secret = secret;
    }

    /**
     * Asks for the records of a topic.
     *
     * @throws RefusedException with what the server said
     * @throws ExportFailedException if it does not answer, or not to the end
     */
    public Answer ask(String topic, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.resolve("api/v1/topics/" + URLEncoder.encode(topic, UTF_8) + "/records"))
                .timeout(PATIENCE)
                .header("Accept", "application/x-ndjson")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        try {
            HttpResponse<InputStream> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw refused(JSON.readTree(body), response.statusCode());
                }
                return read(new BufferedReader(new InputStreamReader(body, UTF_8)));
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "the server " + server + " does not answer, or not to the end: " + Reasons.line(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportFailedException("interrupted", e);
        }
    }

    private Answer read(BufferedReader lines) throws IOException {
        List<String> records = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                records.add(line.substring(DATA.length(), line.length() - 1));
                continue;
            }
            JsonNode parsed = JSON.readTree(line);
            if (parsed.has("error")) {
                throw refused(parsed.get("error"), 0);
            } else if (parsed.has("done")) {
                JsonNode done = parsed.get("done");
                return new Answer(
                        records,
                        done.path("next_page_token").textValue(),
                        done.path("remaining").asLong());
            }
        }
        throw new IOException("its answer has no end");
    }

    private static RefusedException refused(JsonNode problem, int status) {
        String detail = problem.path("detail").textValue();
        return new RefusedException(
                Reasons.oneLine(
                        detail == null ? "the server answered with status " + status : "the server says: " + detail),
                ExitCode.ofNumber(problem.path("exitCode").asInt(ExitCode.FAILED.code())));
    }
}
