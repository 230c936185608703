package io.pagewalk.cli.classlist;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that speaks as much of S3 as an export asks of it, with and without TLS, so that the build can
 * list the classes of a client of S3. It believes every signature, and knows one bucket.
 */
final class SampleStore implements AutoCloseable {
    static final String BUCKET = "sample";
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    private static final String ETAG = "\"0123456789abcdef0123456789abcdef\"";

    private final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer plain;
    private final HttpsServer secure;

    private SampleStore(SampleCertificate certificate) throws IOException, GeneralSecurityException {
        this.plain = HttpServer.create();
        this.secure = HttpsServer.create();
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        for (HttpServer server : List.of(plain, secure)) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.setExecutor(threads);
            server.start();
        }
    }

    static SampleStore start(SampleCertificate certificate) throws IOException, GeneralSecurityException {
        return new SampleStore(certificate);
    }

    /** The settings to reach it. */
    Map<String, String> settings(boolean secured) {
        HttpServer server = secured ? secure : plain;
        String scheme = secured ? "https" : "http";
        return Map.of(
                "fs.s3a.endpoint",
                scheme + "://127.0.0.1:" + server.getAddress().getPort(),
                "fs.s3a.endpoint.region",
                "us-east-1",
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.access.key",
                "sample",
                "fs.s3a.secret.key",
                "sample");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = SampleRequest.query(exchange.getRequestURI());
            String key = exchange.getRequestURI().getPath().replaceFirst("^/" + BUCKET + "/?", "");
            byte[] body = SampleRequest.body(exchange);
            exchange.getResponseHeaders().set("ETag", ETAG);
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    if (key.isEmpty()) {
                        send(exchange, 200, listing(query.getOrDefault("prefix", "")));
                    } else {
                        read(exchange, key);
                    }
                }
                case "HEAD" -> look(exchange, key);
                case "PUT" -> write(exchange, key, query, body);
                case "POST" -> write(exchange, key, query);
                case "DELETE" -> {
                    if (!query.containsKey("uploadId")) {
                        objects.remove(key);
                    }
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> exchange.sendResponseHeaders(501, -1);
            }
        }
    }

    private String listing(String prefix) {
        SortedSet<String> directories = new TreeSet<>();
        StringBuilder listing = new StringBuilder("<ListBucketResult" + NAMESPACE + "><Name>" + BUCKET
                + "</Name><Prefix>" + prefix + "</Prefix><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>");
        objects.tailMap(prefix).forEach((key, content) -> {
            if (!key.startsWith(prefix)) {
                return;
            }
            int end = key.indexOf('/', prefix.length());
            if (end < 0) {
                listing.append("<Contents><Key>" + key + "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                        + "<ETag>" + ETAG + "</ETag><Size>" + content.length + "</Size></Contents>");
            } else {
                directories.add(key.substring(0, end + 1));
            }
        });
        directories.forEach(
                directory -> listing.append("<CommonPrefixes><Prefix>" + directory + "</Prefix></CommonPrefixes>"));
        return listing.append("</ListBucketResult>").toString();
    }

    private void look(HttpExchange exchange, String key) throws IOException {
        byte[] content = objects.get(key);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        exchange.sendResponseHeaders(200, -1);
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        byte[] content = objects.get(key);
        if (content == null) {
            send(exchange, 404, error("NoSuchKey"));
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        int to = content.length;
        if (range != null) {
            String[] bounds = range.replace("bytes=", "").split("-", 2);
            from = Integer.parseInt(bounds[0]);
            to = Math.min(to, Integer.parseInt(bounds[1]) + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        }
        send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(content, from, to));
    }

    private void write(HttpExchange exchange, String key, Map<String, String> query, byte[] body) throws IOException {
        if (query.containsKey("partNumber")) {
            exchange.sendResponseHeaders(200, -1);
        } else if (objects.putIfAbsent(key, body) == null) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            send(exchange, 412, error("PreconditionFailed"));
        }
    }

    /** An upload in parts. Only the probe is one, whose name is taken when it is completed. */
    private void write(HttpExchange exchange, String key, Map<String, String> query) throws IOException {
        if (query.containsKey("uploads")) {
            send(
                    exchange,
                    200,
                    "<InitiateMultipartUploadResult" + NAMESPACE + "><Bucket>" + BUCKET + "</Bucket><Key>" + key
                            + "</Key><UploadId>upload</UploadId></InitiateMultipartUploadResult>");
        } else {
            send(exchange, 412, error("PreconditionFailed"));
        }
    }

    private static String error(String code) {
        return "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>";
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        send(exchange, status, ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        plain.stop(0);
        secure.stop(0);
        threads.shutdown();
    }
}
