package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that leave in the middle take nothing with them, and one that takes its time holds no reader. */
@Timeout(120)
class LeavingClientsIT {
    private static final String SECRET = "the-secret-of-these-tests";
    private static final int RECORDS = 16_000;
    private static final int CLIENTS = 8;
    private static final Path PROC = Path.of("/proc/self/fd");

    private static ServeProcess serve;
    private static String topic;

    @BeforeAll
    static void start() throws IOException {
        serve = ServeProcess.start(List.of(), Map.of("PAGEWALK_SECRET", SECRET), Broker.servers(), "--readers", "1");
        topic = Broker.topic("left", 2);
        Random random = new Random(1);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] value = new byte[1000];
                random.nextBytes(value);
                records.forget(i % 2, null, value);
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        serve.close();
    }

    private static String request(String query) {
        return RawHttp.head(
                "GET", Serving.records(topic) + query, "Host: localhost", "Authorization: Bearer " + SECRET);
    }

    private static Socket ask(String request) throws IOException {
        Socket socket = RawHttp.connect(serve.port());
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private static boolean isFree() {
        return metrics().contains("pagewalk_http_busy_readers 0.0\n")
                && metrics().contains("pagewalk_http_streams 0.0\n");
    }

    private static String metrics() {
        return get("/metrics").body();
    }

    private static HttpResponse<String> get(String pathAndQuery) {
        try {
            return serve.get(pathAndQuery, SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyClientsThatLeaveInTheMiddleLeaveNothingBehind() throws Exception {
        leave(LongTests.count(80, 200));
        long descriptors = count("fd");
        long threads = count("task");

        leave(LongTests.count(250, 1_000));

        Eventually.isTrue("descriptors are closed", () -> count("fd") <= descriptors + CLIENTS);
        assertThat(count("task")).isLessThanOrEqualTo(threads + CLIENTS);
        assertServes();
        assertThat(serve.process().err()).isEmpty();
    }

    private static long count(String what) {
        assumeThat(PROC).exists();
        try (Stream<Path> all =
                Files.list(Path.of("/proc", Long.toString(serve.process().pid()), what))) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertServes() {
        HttpResponse<String> page = get(Serving.records(topic) + "?page_size=50");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(Output.json(page.body()).get("records")).hasSize(50);
    }

    /** Returns once nothing is read or written for them any more. */
    private static void leave(int clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                all.add(threads.submit(() -> {
                    leave(client, client % 5);
                    return client;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Eventually.isTrue("nobody is served", LeavingClientsIT::isFree);
    }

    private static void leave(int client, int kind) throws IOException {
        String page = request("?page_size=50");
        String stream = request("?all=true&page_size=200&format=" + (client % 2 == 0 ? "ndjson" : "csv"));
        String sent = switch (kind) {
            case 0 -> page.substring(0, client % page.length());
            case 1, 2 -> page;
            default -> stream;
        };
        try (Socket socket = ask(sent)) {
            if (kind == 2 || kind == 4) {
                int first = socket.getInputStream().read();
                assertThat(first).isEqualTo('H');
                socket.getInputStream().skipNBytes(client % 60);
            }
            if (client % 3 == 0) {
                // A reset, as when a machine has gone.
                socket.setSoLinger(true, 0);
            }
        }
    }

    @Test
    void aStreamWhoseClientHasLeftEndsWithinSeconds() throws Exception {
        Eventually.isTrue("nobody is served", LeavingClientsIT::isFree);
        try (Socket socket = ask(request("?all=true&page_size=500"))) {
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        long left = System.nanoTime();

        Eventually.isTrue("it has ended", LeavingClientsIT::isFree);

        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(3));
    }

    /** There is one reader. */
    @Test
    void whoTakesHisTimeHoldsNoReader() throws Exception {
        try (Socket socket = ask(request("?all=true&page_size=500"))) {
            Eventually.isTrue(
                    "its reader was given back",
                    () -> metrics().contains("pagewalk_http_streams 1.0")
                            && metrics().contains("pagewalk_http_busy_readers 0.0"));
            for (int i = 0; i < 5; i++) {
                assertServes();
            }

            assertThat(records(socket)).isEqualTo(RECORDS);
        }
    }

    /** What a client finds that reads at last. */
    private static long records(Socket socket) throws IOException {
        long records = 0;
        boolean done = false;
        BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            records += line.startsWith("{\"data\"") ? 1 : 0;
            done |= line.startsWith("{\"done\"");
        }
        assertThat(done).isTrue();
        return records;
    }
}
