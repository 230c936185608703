package io.pagewalk.internal.http.server;

import java.time.Duration;

/**
 * What clients may take of a server.
 *
 * @param threads how many requests are handled at a time
 * @param headBytes how long the head of a request may be, with its path
 * @param connections how many connections there may be at a time
 * @param silence after which a connection is closed on which nothing moves
 * @param head within which a new connection has to send a request's head, and a request its body
 * @param stopping how long a request that is under way may take when the server stops
 */
public record ServerBounds(
        int threads, int headBytes, int connections, Duration silence, Duration head, Duration stopping) {
    /** With so many threads. */
    public static ServerBounds ofThreads(int threads) {
        return new ServerBounds(
                threads, 64 * 1024, 2_000, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(12));
    }
}
