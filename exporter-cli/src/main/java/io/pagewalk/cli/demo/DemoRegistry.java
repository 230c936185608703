package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stand-in for a schema registry, on loopback: one subject, and as much of Confluent's API as it takes to read it. */
final class DemoRegistry implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final String subject;
    private final List<String> versions;
    private final HttpServer server;

    private DemoRegistry(String subject, List<String> versions, HttpServer server) {
        this.subject = subject;
        this.versions = versions;
        this.server = server;
    }

    /** Starts one. Versions, and the ids of their schemas, are numbered from 1 on. */
    static DemoRegistry start(String subject, List<String> versions) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DemoRegistry registry = new DemoRegistry(subject, versions, server);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode found =
                find(List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1)));
        byte[] body = (found == null ? nothing() : found).toString().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(found == null ? NOT_FOUND : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private @Nullable JsonNode find(List<String> path) {
        String place = String.join("/", path);
        for (int version = 1; version <= versions.size(); version++) {
            if (place.equals("schemas/ids/" + version)) {
                return schema(version);
            } else if (place.equals("schemas/ids/" + version + "/versions")) {
                ArrayNode places = MAPPER.createArrayNode();
                places.addObject().put("subject", subject).put("version", version);
                return places;
            } else if (place.equals("subjects/" + subject + "/versions/" + version)) {
                return schema(version)
                        .put("subject", subject)
                        .put("version", version)
                        .put("id", version);
            }
        }
        if (place.equals("subjects/" + subject + "/versions")) {
            ArrayNode numbers = MAPPER.createArrayNode();
            for (int version = 1; version <= versions.size(); version++) {
                numbers.add(version);
            }
            return numbers;
        }
        return null;
    }

    private ObjectNode schema(int version) {
        return MAPPER.createObjectNode().put("schema", versions.get(version - 1));
    }

    private static ObjectNode nothing() {
        return MAPPER.createObjectNode().put("error_code", 40_401).put("message", "Subject not found.");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
