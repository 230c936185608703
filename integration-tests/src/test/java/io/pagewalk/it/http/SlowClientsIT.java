package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.http.server.Exchange;
import io.pagewalk.internal.http.server.JettyServer;
import io.pagewalk.internal.http.server.ServerBounds;
import io.pagewalk.it.http.RawHttp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or take next to nothing are ended when their time is over, and keep nobody else from being answered. */
@Timeout(60)
class SlowClientsIT {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** Who is ended is ended by then, also on a busy machine. */
    private static final Duration ENDED = Duration.ofSeconds(10);

    private static final int THREADS = 8;
    private static final String HOST = "Host: localhost\r\n";

    /** What the handlers have seen. */
    private final BlockingQueue<String> events = new ArrayBlockingQueue<>(100);

    private JettyServer server;

    @BeforeEach
    void start() {
        server = JettyServer.start(
                "127.0.0.1",
                0,
                this::handle,
                status -> "{\"status\":" + status + "}",
                new ServerBounds(THREADS, 8 * 1024, 500, LIMIT, LIMIT, Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void handle(Exchange exchange) throws IOException {
        switch (exchange.path()) {
            case "/stream" -> stream(exchange);
            case "/download" -> exchange.send(200, new byte[32 << 20], 0, 32 << 20, () -> events.add("sent"));
            case "/body" -> {
                try {
                    exchange.send(200, exchange.body(1 << 20));
                } catch (IOException e) {
                    events.add("body failed");
                    throw e;
                }
            }
            default -> exchange.send(200, "ok".getBytes(US_ASCII));
        }
    }

    private void stream(Exchange exchange) throws IOException {
        byte[] some = new byte[64 * 1024];
        try (OutputStream out = exchange.stream(200)) {
            while (true) {
                out.write(some);
                out.flush();
            }
        } catch (IOException e) {
            events.add("stream failed");
            throw e;
        }
    }

    private Socket connect() throws IOException {
        return RawHttp.connect(server.address().getPort());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private void assertHappens(String event) throws InterruptedException {
        assertThat(events.poll(ENDED.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(event);
    }

    private void assertOthersAreAnswered() throws IOException {
        long began = System.nanoTime();
        assertThat(RawHttp.send(server.address().getPort(), RawHttp.head("GET", "/", "Host: localhost"))
                        .status())
                .isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aStreamThatNobodyTakesEnds() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /stream HTTP/1.1\r\n" + HOST + "\r\n");

            assertHappens("stream failed");
        }
    }

    @Test
    void aStreamThatIsTakenSlowlyGoesOn() throws Exception {
        try (Socket socket = RawHttp.connect(server.address().getPort(), 64 * 1024)) {
            write(socket, "GET /stream HTTP/1.1\r\n" + HOST + "\r\n");
            byte[] some = new byte[256 * 1024];
            for (int i = 0; i < 20; i++) {
                assertThat(socket.getInputStream().readNBytes(some, 0, some.length))
                        .isEqualTo(some.length);
                Thread.sleep(LIMIT.toMillis() / 6);
            }
            assertThat(events).isEmpty();
        }
        assertHappens("stream failed");
    }

    @Test
    void anAnswerThatNobodyTakesIsForgotten() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "GET /download HTTP/1.1\r\n" + HOST + "\r\n");

            assertHappens("sent");
        }
    }

    @Test
    void aBodyThatDoesNotComeEnds() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "POST /body HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\nabc");

            assertHappens("body failed");
        }
    }

    @Test
    void aBodyThatComesByteByByteEnds() throws Exception {
        try (Socket socket = connect()) {
            write(socket, "POST /body HTTP/1.1\r\n" + HOST + "Content-Length: 100000\r\n\r\nabc");

            assertThat(dribble(socket, "a".repeat(100))).isTrue();
            assertHappens("body failed");
        }
    }

    /** Sends a byte now and then; whether the other end hung up meanwhile, in time. */
    private static boolean dribble(Socket socket, String text) throws InterruptedException {
        long began = System.nanoTime();
        for (int i = 0; System.nanoTime() - began < ENDED.toNanos(); i++) {
            try {
                write(socket, text.substring(i % text.length(), i % text.length() + 1));
                if (socket.getInputStream().available() > 0) {
                    // A last word is an end, too.
                    return true;
                }
            } catch (IOException e) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n"
            })
    void aHeadThatComesByteByByteEnds(String before) throws Exception {
        try (Socket socket = connect()) {
            write(socket, before);
            if (before.contains("\r\n\r\n")) {
                Reply first = RawHttp.read(socket, false);
                assertThat(first.status()).isEqualTo(200);
            }

            assertThat(dribble(socket, before.isEmpty() ? "GET /" + "a".repeat(200) : "X-" + "a".repeat(200)))
                    .isTrue();
        }
    }

    @Test
    void halfHeadsAndHalfBodiesKeepNobodyFromBeingAnswered() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect();
                sockets.add(socket);
                write(socket, i % 2 == 0 ? "GET / HT" : "GET / HTTP/1.1\r\nHost: local");
            }
            assertOthersAreAnswered();
            for (int i = 0; i < THREADS / 2; i++) {
                Socket socket = connect();
                sockets.add(socket);
                write(socket, "POST /body HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\nabc");
            }
            assertOthersAreAnswered();
            for (Socket socket : sockets) {
                RawHttp.read(socket, false);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void theLimitsOfAServerAreThoseThatAreDocumented() {
        ServerBounds bounds = ServerBounds.ofThreads(40);

        assertThat(bounds.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(bounds.head()).isEqualTo(Duration.ofSeconds(10));
        assertThat(bounds.headBytes()).isEqualTo(64 * 1024);
    }
}
