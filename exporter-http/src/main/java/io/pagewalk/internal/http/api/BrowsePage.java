package io.pagewalk.internal.http.api;

import io.pagewalk.internal.http.query.BadRequestException;
import io.pagewalk.internal.http.server.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/** The page for people: files of the jar, without any data in them. */
final class BrowsePage {
    private static final String FOLDER = "/io/pagewalk/http/page/";
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.(js|css|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");
    /** Scripts and styles of these files alone, and no text that becomes markup: records are hostile. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private BrowsePage() {}

    /** Whether somebody asks who wants a page rather than a text. */
    static boolean isAskedFor(Exchange exchange) {
        return exchange.headers("Accept").stream().anyMatch(accept -> accept.contains("text/html"));
    }

    /** The page itself. */
    static void index(Exchange exchange) throws IOException {
        send(exchange, "index.html", "text/html; charset=utf-8");
    }

    /** A file that it needs. */
    static void file(Exchange exchange, String[] variables) throws IOException {
        String name = variables[0];
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(404, "there is nothing at this path");
        }
        send(exchange, name, TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "text/plain"));
    }

    private static void send(Exchange exchange, String name, String type) throws IOException {
        try (InputStream file = BrowsePage.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new BadRequestException(404, "there is nothing at this path");
            }
            exchange.header("Content-Type", type);
            exchange.header("Content-Security-Policy", POLICY);
            exchange.header("Cache-Control", "no-cache");
            exchange.send(200, file.readAllBytes());
        }
    }
}
