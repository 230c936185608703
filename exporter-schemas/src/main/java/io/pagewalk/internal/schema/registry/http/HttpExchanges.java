package io.pagewalk.internal.schema.registry.http;

import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Single requests over HTTP, each with an end, and answers that are bounded. Safe for use by any number of threads. */
final class HttpExchanges {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final long LOOK_MILLIS = 50;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final BooleanSupplier stopped;

    /**
     * @param most what a request may take at most
     * @param stopped whether to give up all of them
     */
    HttpExchanges(RegistrySettings settings, Duration most, BooleanSupplier stopped) {
        this.stopped = stopped;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(most.compareTo(CONNECT) < 0 ? most : CONNECT);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        if (settings.proxy() != null) {
            builder.proxy(ProxySelector.of(settings.proxy()));
        }
        client = builder.build();
    }

    /**
     * Asks for something, and follows where that is as long as it is on the same host.
     *
     * @param what is asked for, to begin messages with
     * @throws IOException if there is no answer
     */
    RegistryReply get(String what, String url, Map<String, String> headers, Duration limit) throws IOException {
        URI uri = URI.create(url);
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            RegistryReply reply = send(what, request(uri, headers).GET(), uri, limit);
            if (!REDIRECTS.contains(reply.status())) {
                return reply;
            }
            uri = target(what, uri, reply.header("location"));
        }
        throw new UsageException(what + ": " + url + " redirects again and again: check the schema registry's URL");
    }

    /** Sends a form. */
    RegistryReply post(String what, URI uri, Map<String, String> headers, String form, Duration limit)
            throws IOException {
        HttpRequest.Builder request = request(uri, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(what, request, uri, limit);
    }

    private static URI target(String what, URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new UsageException(what + ": " + from + " redirects to what is no URL");
        }
        String host = String.valueOf(to.getHost()).toLowerCase(Locale.ROOT);
        boolean known = host.equals(from.getHost().toLowerCase(Locale.ROOT))
                && (to.getScheme().equals(from.getScheme()) || to.getScheme().equals("https"));
        if (!known) {
            throw new UsageException(
                    what + ": " + from + " redirects to " + to.getScheme() + "://" + Reasons.oneLine(host)
                            + ", to which credentials are not sent: if it is the schema registry, name it");
        }
        return to;
    }

    private static HttpRequest.Builder request(URI uri, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header(
                        "Accept",
                        "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json, application/json, */*;q=0.5")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "pagewalk");
        headers.forEach(request::setHeader);
        return request;
    }

    private RegistryReply send(String what, HttpRequest.Builder request, URI uri, Duration limit) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> future =
                client.sendAsync(request.build(), response -> new BoundedBody());
        HttpResponse<byte[]> response = answer(what, future, limit);
        byte[] body = response.body();
        if ("gzip"
                .equalsIgnoreCase(
                        response.headers().firstValue("content-encoding").orElse(""))) {
            body = BoundedBody.unzipped(body);
        }
        return new RegistryReply(what, uri.toString(), response.statusCode(), response.headers(), body);
    }

    /** The limit is that of headers and body together. */
    private HttpResponse<byte[]> answer(String what, CompletableFuture<HttpResponse<byte[]>> future, Duration limit)
            throws IOException {
        long begun = System.nanoTime();
        try {
            while (true) {
                try {
                    return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (stopped.getAsBoolean()) {
                        throw new StoppedException(what + ": stopped");
                    }
                    if (System.nanoTime() - begun > limit.toNanos()) {
                        throw new HttpTimeoutException("no answer");
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(what + ": interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            future.cancel(true);
        }
    }
}
