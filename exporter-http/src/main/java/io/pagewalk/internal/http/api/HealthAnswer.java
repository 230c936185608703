package io.pagewalk.internal.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.Pagewalk;
import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.stream.PageStreams;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** What is asked of the server itself. */
final class HealthAnswer {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Pagewalk pagewalk;
    private final ServedFigures figures;
    private final PageStreams streams;

    HealthAnswer(Pagewalk pagewalk, ServedFigures figures, PageStreams streams) {
        this.pagewalk = pagewalk;
        this.figures = figures;
        this.streams = streams;
    }

    /** Who opens its address is told what is there. */
    void welcome(Exchange exchange, String[] variables) throws IOException {
        exchange.header("Vary", "Accept");
        if (BrowsePage.isAskedFor(exchange)) {
            BrowsePage.index(exchange);
            return;
        }
        send(exchange, TEXT, """
                Pagewalk serves pages of Kafka topics here. /openapi.yaml tells what can be asked, and how.
                All of it but that takes the secret: Authorization: Bearer SECRET
                In a browser there is a page here.
                """.getBytes(UTF_8));
    }

    /** It runs. */
    void alive(Exchange exchange, String[] variables) {
        send(exchange, TEXT, "ok\n".getBytes(UTF_8));
    }

    /** Its cluster answers. */
    void ready(Exchange exchange, String[] variables) {
        pagewalk.clusterId();
        alive(exchange, variables);
    }

    void metrics(Exchange exchange, String[] variables) {
        send(exchange, "text/plain; version=0.0.4; charset=utf-8", figures.text(streams.underWay()));
    }

    void openApi(Exchange exchange, String[] variables) throws IOException {
        try (InputStream yaml =
                Objects.requireNonNull(HealthAnswer.class.getResourceAsStream("/io/pagewalk/http/openapi.yaml"))) {
            send(exchange, "application/yaml", yaml.readAllBytes());
        }
    }

    private static void send(Exchange exchange, String type, byte[] body) {
        exchange.header("Content-Type", type);
        exchange.header("Cache-Control", "no-store");
        exchange.send(200, body);
    }
}
