package io.pagewalk.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What stands in for a schema registry, on loopback: the schemas of all shapes, in what exports ask of Confluent's API. Topics of a shape
 * have its versions under their subject of values, whatever their length.
 */
public final class SampleRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VALUES = "-value";

    private final HttpServer server;

    private SampleRegistry(HttpServer server) {
        this.server = server;
    }

    /** One on a free port. */
    public static SampleRegistry start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", SampleRegistry::handle);
        server.start();
        return new SampleRegistry(server);
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        Optional<Object> found = answer(path);
        byte[] body = JSON.writeValueAsBytes(
                found.orElseGet(() -> Map.of("error_code", path[1].equals("schemas") ? 40403 : 40401)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(found.isPresent() ? 200 : 404, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static Optional<Object> answer(String... path) {
        if (path.length == 4 && path[1].equals("schemas")) {
            return schemas()
                    .filter(schema -> path[3].equals("" + schema.id()))
                    .map(SampleRegistry::text)
                    .findFirst();
        }
        if (path.length < 4 || !path[1].equals("subjects") || !path[2].endsWith(VALUES)) {
            return Optional.empty();
        }
        List<SampleSchema> versions = versions(path[2]);
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        return path.length == 4
                ? Optional.of(IntStream.rangeClosed(1, versions.size()).toArray())
                : IntStream.rangeClosed(1, versions.size())
                        .filter(number -> path[4].equals("" + number))
                        .mapToObj(number -> version(path[2], number, versions.get(number - 1)))
                        .findFirst();
    }

    private static List<SampleSchema> versions(String subject) {
        return Arrays.stream(Shape.values())
                .filter(shape -> subject.startsWith(shape.label() + "-"))
                .flatMap(shape -> shape.schemas().stream())
                .toList();
    }

    private static Stream<SampleSchema> schemas() {
        return Arrays.stream(Shape.values()).flatMap(shape -> shape.schemas().stream());
    }

    private static Object text(SampleSchema schema) {
        return Map.of("schemaType", schema.type(), "schema", schema.text());
    }

    private static Object version(String subject, int number, SampleSchema schema) {
        return Map.of(
                "subject",
                subject,
                "version",
                number,
                "id",
                schema.id(),
                "schemaType",
                schema.type(),
                "schema",
                schema.text());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
