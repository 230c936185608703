package io.pagewalk.internal.http.server;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty, of which nothing else knows. The JDK's own server was measured first, and does not hold: it reads heads with the threads that
 * answer, so that 200 clients with half a head each keep it from answering anybody, and a write to a client that takes nothing never ends.
 */
public final class JettyServer implements AutoCloseable {
    /**
     * Not as many as the system likes, which are some megabytes: it tells that a client has taken something once a third of them is free, and
     * a slow one would seem to take nothing until then.
     */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private JettyServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to listen.
     *
     * @param problems the JSON that says what is wrong with a request which reaches no handler, by status
     * @throws UsageException if the address cannot be listened on
     */
    public static JettyServer start(
            String host, int port, HttpHandler handler, IntFunction<String> problems, ServerBounds bounds) {
        QueuedThreadPool threads = new QueuedThreadPool(bounds.threads() + 4, 4);
        threads.setName("pagewalk-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(bounds.headBytes());
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(bounds.silence().toMillis());
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        connector.addBean(new HeadTimer(connector.getScheduler(), bounds.head()));
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(bounds.connections(), connector));
        server.setHandler(new GracefulHandler(new Adapter(handler, bounds.head())));
        server.setErrorHandler((request, response, callback) -> tell(problems, response, callback));
        server.setStopTimeout(bounds.stopping().toMillis());
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            throw failure(host, port, e);
        }
        return new JettyServer(server, connector);
    }

    private static RuntimeException failure(String host, int port, Exception e) {
        String what = "cannot listen on " + host + ":" + port + ": ";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new UsageException(what + Reasons.line(cause) + "; choose another port", e);
            } else if (cause instanceof UnresolvedAddressException) {
                return new UsageException(what + "there is no such address here", e);
            }
        }
        return new ExportFailedException(what + Reasons.line(e), e);
    }

    private static boolean tell(IntFunction<String> problems, Response response, Callback callback) {
        byte[] body = problems.apply(response.getStatus()).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    private static final class Adapter extends Handler.Abstract {
        private final HttpHandler handler;
        private final Duration bodyLimit;

        Adapter(HttpHandler handler, Duration bodyLimit) {
            this.handler = handler;
            this.bodyLimit = bodyLimit;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            // Who answers has bounds of his own; a write that nobody takes still fails.
            request.addIdleTimeoutListener(timeout -> false);
            JettyExchange exchange = new JettyExchange(request, response, callback, bodyLimit);
            try {
                handler.handle(exchange);
                exchange.end();
            } catch (IOException e) {
                exchange.abort();
            }
            return true;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /** Takes no more requests, and waits for those that are under way. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            // It has stopped, but not everything has ended in time.
        }
    }
}
