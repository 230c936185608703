package io.pagewalk.internal.schema.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A stand-in for a schema registry, on loopback: what Confluent's API says of schemas, subjects and versions to who reads, and whatever faults a
 * test asks for. It can forget schemas, learn them, give an id another meaning, answer with errors, or not at all. Safe for use by any number of
 * threads.
 */
public final class StandInRegistry implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What a schema refers to. */
    public record Reference(String name, String subject, int version) {}

    /** One request that came. */
    public record Request(String path, Map<String, String> headers) {}

    /** An answer that is not that of a registry. A status of 0 hangs up without one. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        /** One in JSON. */
        public static Answer json(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
        }

        /** An error as registries have them. */
        public static Answer error(int status, int code) {
            return json(status, "{\"error_code\":" + code + ",\"message\":\"told by the stand-in\"}");
        }

        /** No answer at all. */
        public static Answer hangUp() {
            return new Answer(0, Map.of(), new byte[0]);
        }
    }

    private static final class Schema {
        final int id;
        final String type;
        final String text;
        final List<Reference> references;

        Schema(int id, String type, String text, List<Reference> references) {
            this.id = id;
            this.type = type;
            this.text = text;
            this.references = references;
        }

        UUID guid() {
            return UUID.nameUUIDFromBytes((type + text + references).getBytes(UTF_8));
        }
    }

    private final HttpServer server;
    private final boolean tls;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "stand-in-registry");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();
    private volatile Function<Request, Answer> fault = request -> null;
    private volatile boolean gzip;
    private volatile long delayMillis;

    private final Map<Integer, Schema> schemas = new TreeMap<>();
    private final Map<String, TreeMap<Integer, Schema>> subjects = new LinkedHashMap<>();
    private final Map<String, Boolean> deleted = new LinkedHashMap<>();
    private final Map<String, Boolean> ruled = new LinkedHashMap<>();

    private StandInRegistry(HttpServer server, boolean tls) {
        this.server = server;
        this.tls = tls;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** One on a free port. */
    public static StandInRegistry start() {
        try {
            return new StandInRegistry(HttpServer.create(loopback(0), 0), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One on a port that another one had before, so that a registry comes back. */
    public static StandInRegistry startAt(int port) throws IOException {
        return new StandInRegistry(HttpServer.create(loopback(port), 0), false);
    }

    /**
     * One that speaks TLS.
     *
     * @param client whether clients need a certificate
     */
    public static StandInRegistry startTls(SSLContext context, boolean client) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(client);
                parameters.setSSLParameters(ssl);
            }
        });
        return new StandInRegistry(server, true);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Its URL, without a path. Whatever path is put behind it, {@code /subjects} and {@code /schemas} are found after it. */
    public String url() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + port();
    }

    /** Its port. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Registers the next version of a subject, under an id that the same text has already, or a new one; returns the id. */
    public synchronized int register(String subject, String type, String text, Reference... references) {
        int id = schemas.values().stream()
                .filter(schema -> schema.type.equals(type)
                        && schema.text.equals(text)
                        && schema.references.equals(List.of(references)))
                .map(schema -> schema.id)
                .findFirst()
                .orElse(schemas.size() + 1);
        return registerAs(id, subject, type, text, references);
    }

    /** Registers a version under an id of one's choice, which then means this, whatever it meant before. */
    public synchronized int registerAs(int id, String subject, String type, String text, Reference... references) {
        Schema schema = new Schema(id, type, text, List.of(references));
        schemas.put(id, schema);
        TreeMap<Integer, Schema> versions = subjects.computeIfAbsent(subject, any -> new TreeMap<>());
        versions.put(versions.isEmpty() ? 1 : versions.lastKey() + 1, schema);
        return id;
    }

    /** Deletes a version as registries do at first: who asks for deleted ones still sees it. */
    public synchronized void delete(String subject, int version) {
        deleted.put(subject + "/" + version, true);
    }

    /** Forgets an id, and where it is registered, for good. */
    public synchronized void forget(int id) {
        schemas.remove(id);
        subjects.values().forEach(versions -> versions.values().removeIf(schema -> schema.id == id));
        subjects.values().removeIf(Map::isEmpty);
    }

    /** Gives a version rules, such as to encrypt fields. */
    public synchronized void addRules(String subject, int version) {
        ruled.put(subject + "/" + version, true);
    }

    /** What to answer instead, from now on; null where the registry itself shall. */
    public void answer(Function<Request, Answer> instead) {
        fault = instead;
    }

    /** Answers the next requests so, and then again as a registry. */
    public void answerNext(int times, Answer instead) {
        AtomicInteger left = new AtomicInteger(times);
        fault = request -> left.getAndDecrement() > 0 ? instead : null;
    }

    /** Waits before each answer. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    /** Compresses answers, where a client takes that. */
    public void compress() {
        gzip = true;
    }

    /** The requests that came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many were under way at the same time at most. */
    public int busiest() {
        return busiest.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            headers.put("(body)", body);
            Request request = new Request(exchange.getRequestURI().toString(), headers);
            requests.add(request);
            if (delayMillis > 0) {
                Thread.sleep(delayMillis);
            }
            Answer answer = fault.apply(request);
            if (answer == null) {
                answer =
                        exchange.getRequestMethod().equals("GET") ? registered(request.path()) : Answer.error(405, 405);
            }
            if (answer.status() != 0) {
                send(exchange, answer, headers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.decrementAndGet();
        }
    }

    private void send(HttpExchange exchange, Answer answer, Map<String, String> headers) throws IOException {
        byte[] body = answer.body();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (gzip && headers.getOrDefault("Accept-Encoding", "").contains("gzip")) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(zipped)) {
                out.write(body);
            }
            body = zipped.toByteArray();
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private synchronized Answer registered(String uri) {
        String path = uri.replaceFirst("\\?.*", "");
        boolean all = uri.contains("deleted=true");
        int from = Math.max(path.indexOf("/schemas/"), path.indexOf("/subjects"));
        if (from < 0) {
            return Answer.json(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        }
        List<String> steps = new ArrayList<>();
        for (String step : path.substring(from + 1).split("/", -1)) {
            steps.add(URLDecoder.decode(step, UTF_8));
        }
        if (steps.get(0).equals("schemas")) {
            return ofSchemas(steps, all);
        }
        if (steps.size() == 1) {
            ArrayNode names = MAPPER.createArrayNode();
            subjects.forEach((subject, versions) -> {
                if (versions.keySet().stream().anyMatch(version -> all || isThere(subject, version))) {
                    names.add(subject);
                }
            });
            return Answer.json(200, names.toString());
        }
        TreeMap<Integer, Schema> versions = subjects.get(steps.get(1));
        if (versions == null) {
            return Answer.error(404, 40401);
        }
        List<Integer> seen = versions.keySet().stream()
                .filter(version -> all || isThere(steps.get(1), version))
                .toList();
        if (steps.size() == 3) {
            return seen.isEmpty() ? Answer.error(404, 40401) : Answer.json(200, seen.toString());
        }
        int version = steps.get(3).equals("latest")
                ? seen.isEmpty() ? 0 : seen.get(seen.size() - 1)
                : Integer.parseInt(steps.get(3));
        return seen.contains(version)
                ? version(steps.get(1), version, versions.get(version))
                : Answer.error(404, 40402);
    }

    private boolean isThere(String subject, int version) {
        return !deleted.containsKey(subject + "/" + version);
    }

    private Answer ofSchemas(List<String> steps, boolean all) {
        Schema schema = steps.get(1).equals("guids")
                ? schemas.values().stream()
                        .filter(each -> each.guid().toString().equals(steps.get(2)))
                        .findFirst()
                        .orElse(null)
                : schemas.get(Integer.parseInt(steps.get(2)));
        if (schema == null) {
            return Answer.error(404, 40403);
        }
        if (steps.size() == 4) {
            ArrayNode places = MAPPER.createArrayNode();
            subjects.forEach((subject, versions) -> versions.forEach((version, each) -> {
                if (each.id == schema.id && (all || isThere(subject, version))) {
                    places.addObject().put("subject", subject).put("version", version);
                }
            }));
            return Answer.json(200, places.toString());
        }
        return Answer.json(200, node(schema).toString());
    }

    private Answer version(String subject, int version, Schema schema) {
        ObjectNode node = node(schema);
        node.put("subject", subject).put("version", version).put("id", schema.id);
        node.put("guid", schema.guid().toString());
        if (ruled.containsKey(subject + "/" + version)) {
            node.putObject("ruleSet").putArray("domainRules");
        }
        return Answer.json(200, node.toString());
    }

    /** As registries answer, the kind is left out where it is Avro, and references where there are none. */
    private static ObjectNode node(Schema schema) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("schema", schema.text);
        if (!schema.type.equals("AVRO")) {
            node.put("schemaType", schema.type);
        }
        if (!schema.references.isEmpty()) {
            ArrayNode references = node.putArray("references");
            for (Reference each : schema.references) {
                references
                        .addObject()
                        .put("name", each.name())
                        .put("subject", each.subject())
                        .put("version", each.version());
            }
        }
        return node;
    }

    /** Who asks from now on finds nobody there. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
