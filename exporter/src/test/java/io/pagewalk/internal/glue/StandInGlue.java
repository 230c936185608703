package io.pagewalk.internal.glue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for AWS Glue's schema registry, on loopback, which takes requests only if they have a signature. Versions come one a page. */
final class StandInGlue implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Version(UUID id, String schema, int number, String format, String text) {}

    private final HttpServer server;
    private final List<Version> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String failure = "";

    /** The headers of all requests. */
    final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();

    StandInGlue() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param schema its registry, a slash and its name */
    UUID register(String schema, String format, String text) {
        int number = (int) versions.stream()
                        .filter(version -> version.schema.equals(schema))
                        .count()
                + 1;
        UUID id = new UUID(versions.size(), number);
        versions.add(new Version(id, schema, number, format, text));
        return id;
    }

    /** Answers the next requests so. */
    void fail(int times, String type) {
        failure = type;
        failures.set(times);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = MAPPER.readTree(exchange.getRequestBody());
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
            requests.add(headers);
            if (failures.getAndDecrement() > 0) {
                send(exchange, 400, error(failure));
            } else if (!headers.getOrDefault("authorization", "").startsWith("AWS4-HMAC-SHA256 Credential=")) {
                send(exchange, 400, error("MissingAuthenticationTokenException"));
            } else {
                String target = headers.getOrDefault("x-amz-target", "");
                ObjectNode answer = switch (target) {
                    case "AWSGlue.GetSchemaVersion" -> version(request);
                    case "AWSGlue.ListSchemaVersions" -> page(request);
                    case "AWSGlue.ListSchemas" -> schemas();
                    default -> error("UnknownOperationException");
                };
                send(exchange, answer.has("__type") ? 400 : 200, answer);
            }
        }
    }

    private static ObjectNode error(String type) {
        return MAPPER.createObjectNode()
                .put("__type", "com.amazonaws.glue#" + type)
                .put("Message", "told");
    }

    private static String schemaOf(JsonNode request) {
        JsonNode id = request.path("SchemaId");
        return id.path("RegistryName").asText() + "/" + id.path("SchemaName").asText();
    }

    private ObjectNode version(JsonNode request) {
        String id = request.path("SchemaVersionId").asText("");
        int number = request.path("SchemaVersionNumber").path("VersionNumber").asInt();
        return versions.stream()
                .filter(version -> id.isEmpty()
                        ? version.schema.equals(schemaOf(request)) && version.number == number
                        : version.id.toString().equals(id))
                .findFirst()
                .map(version -> MAPPER.createObjectNode()
                        .put("SchemaVersionId", version.id.toString())
                        .put("SchemaDefinition", version.text)
                        .put("DataFormat", version.format)
                        .put("SchemaArn", "arn:aws:glue:eu-west-1:123456789012:schema/" + version.schema)
                        .put("VersionNumber", version.number)
                        .put("Status", "AVAILABLE"))
                .orElseGet(() -> error("EntityNotFoundException"));
    }

    private ObjectNode page(JsonNode request) {
        List<Version> all = versions.stream()
                .filter(version -> version.schema.equals(schemaOf(request)))
                .toList();
        if (all.isEmpty()) {
            return error("EntityNotFoundException");
        }
        int at = request.path("NextToken").asText("").isEmpty()
                ? 0
                : request.path("NextToken").asInt();
        ObjectNode answer = MAPPER.createObjectNode();
        answer.putArray("Schemas").addObject().put("VersionNumber", all.get(at).number);
        if (at + 1 < all.size()) {
            answer.put("NextToken", Integer.toString(at + 1));
        }
        return answer;
    }

    private ObjectNode schemas() {
        ObjectNode answer = MAPPER.createObjectNode();
        var schemas = answer.putArray("Schemas");
        versions.stream()
                .map(Version::schema)
                .distinct()
                .forEach(schema -> schemas.addObject()
                        .put("RegistryName", schema.substring(0, schema.indexOf('/')))
                        .put("SchemaName", schema.substring(schema.indexOf('/') + 1)));
        return answer;
    }

    private static void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
