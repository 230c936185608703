package io.pagewalk.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.RefusedException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.IOException;
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
import java.util.concurrent.Flow;
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
        Lines lines = new Lines();
        try {
            HttpResponse<Void> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), BodyHandlers.fromLineSubscriber(lines));
            return lines.answer(response.statusCode());
        } catch (IOException e) {
            lines.throwIfRefused();
            throw new ExportFailedException(
                    "the server " + server + " does not answer, or not to the end: " + Reasons.line(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExportFailedException("interrupted", e);
        }
    }

    /** The lines of an answer as they come: what is wrong is told in one of them before the connection ends without its end. */
    private static final class Lines implements Flow.Subscriber<String> {
        private final List<String> records = new ArrayList<>();
        private final List<JsonNode> others = new ArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public synchronized void onNext(String line) {
            if (line.startsWith(DATA)) {
                records.add(line.substring(DATA.length(), line.length() - 1));
                return;
            }
            try {
                others.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                others.add(JSON.createObjectNode());
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}

        synchronized Answer answer(int status) throws IOException {
            if (status != 200) {
                throw refused(others.isEmpty() ? JSON.createObjectNode() : others.get(0), status);
            }
            throwIfRefused();
            for (JsonNode line : others) {
                if (line.has("done")) {
                    JsonNode done = line.get("done");
                    return new Answer(
                            List.copyOf(records),
                            done.path("next_page_token").textValue(),
                            done.path("remaining").asLong());
                }
            }
            throw new IOException("its answer has no end");
        }

        synchronized void throwIfRefused() {
            for (JsonNode line : others) {
                if (line.has("error")) {
                    throw refused(line.get("error"), 200);
                }
            }
        }
    }

    private static RefusedException refused(JsonNode problem, int status) {
        String detail = problem.path("detail").textValue();
        return new RefusedException(
                Reasons.oneLine(
                        detail == null ? "the server answered with status " + status : "the server says: " + detail),
                ExitCode.ofNumber(problem.path("exitCode").asInt(ExitCode.FAILED.code())));
    }
}
