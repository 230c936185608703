package io.pagewalk.http;

import io.pagewalk.Pages;
import io.pagewalk.Pagewalk;
import io.pagewalk.internal.http.answer.Problem;
import io.pagewalk.internal.http.api.Api;
import io.pagewalk.internal.http.guard.Guard;
import io.pagewalk.internal.http.guard.Secret;
import io.pagewalk.internal.http.guard.Tickets;
import io.pagewalk.internal.http.query.Decoders;
import io.pagewalk.internal.http.server.JettyServer;
import io.pagewalk.internal.http.server.ServerBounds;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Serves pages of a cluster's topics over HTTP, until it is closed; it reads only. What it answers is described by its {@code /openapi.yaml}.
 * Safe for use by any number of threads.
 */
public final class PageServer implements AutoCloseable {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
    /** A stream waits for its client most of the time, and holds no reader then. */
    private static final int STREAMS_A_READER = 4;
    /** So that who finds no reader is told so. */
    private static final int MORE_THREADS = 32;

    private final Pages pages;
    private final Api api;
    private final JettyServer server;

    private PageServer(Pages pages, Api api, JettyServer server) {
        this.pages = pages;
        this.api = api;
        this.server = server;
    }

    /**
     * Starts to serve. Asks nothing of the cluster yet.
     *
     * @param pagewalk the connection to the cluster; it is not closed
     * @throws io.pagewalk.error.UsageException if the address cannot be listened on, or no cluster was named
     */
    public static PageServer start(Pagewalk pagewalk, PageServerSettings settings, FailureTexts texts) {
        List<String> hosts = new ArrayList<>(LOOPBACK);
        hosts.add(settings.host());
        hosts.addAll(settings.hosts());
        Tickets tickets = new Tickets(Clock.systemUTC());
        Guard guard = new Guard(hosts, settings.secret() == null ? null : new Secret(settings.secret()), tickets);
        Pages pages = pagewalk.pages(settings.readers(), settings.memory());
        int streams = STREAMS_A_READER * settings.readers();
        Decoders decoders = new Decoders(pages.namesSchemaRegistry(), settings.registryContext(), pages::decoder);
        Api api = new Api(pagewalk, pages, decoders, streams, guard, tickets, settings.exports(), texts);
        try {
            JettyServer server = JettyServer.start(
                    settings.host(),
                    settings.port(),
                    api,
                    Problem::text,
                    ServerBounds.ofThreads(streams + settings.readers() + MORE_THREADS));
            return new PageServer(pages, api, server);
        } catch (RuntimeException | Error e) {
            api.close();
            pages.close();
            throw e;
        }
    }

    /** A secret that nobody guesses. */
    public static String newSecret() {
        return Secret.random();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Takes no more requests, lets pages that are read be answered, and ends streams. */
    @Override
    public void close() {
        api.close();
        server.close();
        pages.close();
    }
}
