package io.pagewalk.internal.http.api;

import io.pagewalk.internal.http.answer.ServedFigures;
import io.pagewalk.internal.http.server.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange whose answer is counted. */
final class Counted implements Exchange {
    private static final String NO_ROUTE = "none";

    private final Exchange exchange;
    private final ServedFigures figures;
    private final long began = System.nanoTime();
    private String route = NO_ROUTE;
    private boolean begun;

    Counted(Exchange exchange, ServedFigures figures) {
        this.exchange = exchange;
        this.figures = figures;
    }

    /** Which route it is of. */
    void isOf(String template) {
        route = template;
    }

    /** Whether the answer has begun, so that nothing else can be told. */
    boolean hasBegun() {
        return begun;
    }

    private void begin(int status) {
        begun = true;
        figures.answered(route, status, System.nanoTime() - began);
    }

    @Override
    public void send(int status, byte[] body, int offset, int length, Runnable sent) {
        begin(status);
        exchange.send(status, body, offset, length, sent);
    }

    @Override
    public OutputStream stream(int status) {
        begin(status);
        return exchange.stream(status);
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public String path() {
        return exchange.path();
    }

    @Override
    public @Nullable String query() {
        return exchange.query();
    }

    @Override
    public List<String> headers(String name) {
        return exchange.headers(name);
    }

    @Override
    public SocketAddress client() {
        return exchange.client();
    }

    @Override
    public byte @Nullable [] body(int most) throws IOException {
        return exchange.body(most);
    }

    @Override
    public void header(String name, String value) {
        exchange.header(name, value);
    }

    @Override
    public void abort() {
        exchange.abort();
    }

    @Override
    public void hangUp() {
        exchange.hangUp();
    }
}
