package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Cli;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.http.RawHttp.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that go away, or answer late: clients are told so in time, and go on where they were. */
@Timeout(120)
class BrokersAwayIT {
    private static final String SECRET = "the-secret-of-these-tests";
    private static final int RECORDS = 600;

    @TempDir
    static Path shared;

    private static ListenersBroker broker;
    private static ServeProcess serve;

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(shared);
        Topics.create(broker.servers(), "away", 2, Map.of());
        Random random = new Random(1);
        try (Records records = Records.into("away", Map.of("bootstrap.servers", broker.servers()))) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] value = new byte[2000];
                random.nextBytes(value);
                records.forget(i % 2, null, value);
            }
        }
        serve = ServeProcess.start(
                List.of(),
                Map.of("PAGEWALK_SECRET", SECRET),
                broker.proxiedServers(),
                "--readers",
                "8",
                "--retry-timeout",
                "3s",
                "--command-property",
                "request.timeout.ms=1500");
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            serve.close();
        } finally {
            broker.close();
        }
    }

    @AfterEach
    void mend() {
        broker.proxy().pass();
        broker.proxy().releaseAll();
        broker.proxy().cut();
    }

    private static HttpResponse<String> get(String pathAndQuery) {
        try {
            return serve.get(pathAndQuery, SECRET);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode page(String query) {
        HttpResponse<String> answer = get(Serving.records("away") + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Output.json(answer.body());
    }

    private static String next(JsonNode page) {
        return page.get("meta").get("next_page").textValue();
    }

    private static List<String> places(JsonNode page) {
        List<String> places = new ArrayList<>();
        page.get("records")
                .forEach(record -> places.add(record.get("partition").asText() + "/"
                        + record.get("offset").asText()));
        return places;
    }

    private static void assertAll(List<String> places) {
        assertThat(places)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS)
                        .mapToObj(i -> i % 2 + "/" + i / 2)
                        .toList());
    }

    @Test
    void saysThatTheBrokersAreAwayAndGoesOnOnceTheyAreBack() throws Exception {
        JsonNode first = page("?page_size=100");
        List<String> places = new ArrayList<>(places(first));
        broker.process().kill();

        try {
            List<CompletableFuture<Reply>> away = Stream.of(
                            Serving.records("away") + next(first),
                            Serving.records("away") + "?page_size=10",
                            Serving.records("away") + next(first) + "&format=ndjson",
                            Serving.records("away") + "/0/3/value",
                            "/api/v1/topics",
                            "/readyz")
                    .map(path -> CompletableFuture.supplyAsync(() -> timely(path)))
                    .toList();
            for (CompletableFuture<Reply> one : away) {
                assertToldAway(one.get(60, TimeUnit.SECONDS));
            }
            assertThat(get("/healthz").statusCode()).isEqualTo(200);
        } finally {
            broker.process().start();
        }
        awaitReady();
        for (String query = next(first); query != null; ) {
            JsonNode page = page(query);
            places.addAll(places(page));
            query = next(page);
        }
        assertAll(places);
    }

    private static void awaitReady() {
        Eventually.isTrue("it is ready", () -> get("/readyz").statusCode() == 200);
    }

    private static Reply timely(String path) {
        long began = System.nanoTime();
        try {
            return RawHttp.send(serve.port(), request(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as(path).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static String request(String pathAndQuery) {
        return RawHttp.head("GET", pathAndQuery, "Host: localhost", "Authorization: Bearer " + SECRET);
    }

    private static void assertToldAway(Reply reply) {
        if (reply.status() == 200) {
            // The stream had begun: what is wrong comes last, and its end is missing.
            assertThat(reply.header("Content-Type")).containsExactly("application/x-ndjson");
            assertThat(reply.body())
                    .contains("{\"error\":", "\"status\":503")
                    .doesNotContain("{\"done\"")
                    .doesNotEndWith("0\r\n\r\n");
            return;
        }
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.header("Content-Type")).containsExactly("application/problem+json");
        assertThat(Output.json(reply.body()).get("detail").textValue())
                .hasLineCount(1)
                .doesNotContain("unexpected");
    }

    @Test
    void aTopicThatIsDeletedBetweenPagesIsGone() throws Exception {
        Topics.create(broker.servers(), "deleted", 1, Map.of());
        try (Records records = Records.into("deleted", Map.of("bootstrap.servers", broker.servers()))) {
            records.send(0, 9).flush();
        }
        String first = get(Serving.records("deleted") + "?page_size=3").body();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
            admin.deleteTopics(List.of("deleted")).all().get(30, TimeUnit.SECONDS);
        }

        HttpResponse<String> second = get(Serving.records("deleted") + next(Output.json(first)));

        assertThat(second.statusCode()).as(second.body()).isEqualTo(410);
        assertThat(Output.json(second.body()).get("exitCode").intValue()).isEqualTo(7);
    }

    /** Some 150 kB a second: a page of 400 kB does not come in one. */
    @Test
    @LongTest
    void aDeadlineCutsPagesAndLosesNothing() {
        broker.proxy().throttle(150_000);
        List<String> places = new ArrayList<>();
        int cut = 0;
        int late = 0;
        String query = "?page_size=200&timeout=1";
        while (query != null) {
            HttpResponse<String> answer = get(Serving.records("away") + query);
            if (answer.statusCode() != 200) {
                // Nothing had come in time; the same token again.
                assertThat(answer.statusCode()).as(answer.body()).isIn(503, 504);
                late++;
                assertThat(late).isLessThan(20);
                continue;
            }
            JsonNode page = Output.json(answer.body());
            if (page.get("meta").get("cut").asText().equals("time")) {
                cut++;
                assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
                assertThat(page.get("records").size()).isLessThan(200);
            }
            places.addAll(places(page));
            query = next(page);
        }

        assertThat(cut).isPositive();
        assertAll(places);
    }

    @Test
    @LongTest
    void aPageOfBrokersThatSayNothingEndsInTime() {
        String query = next(page("?page_size=100"));
        broker.proxy().swallow();

        long began = System.nanoTime();
        HttpResponse<String> silent = get(Serving.records("away") + query + "&timeout=1");

        assertThat(silent.statusCode()).as(silent.body()).isIn(503, 504);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        broker.proxy().pass();
        broker.proxy().cut();
        awaitReady();
        assertThat(page(query).get("records")).hasSize(100);
    }

    /** The page takes long, so that all that could tell of the client are lines of progress. */
    @Test
    void aClientThatLeavesWhileItsPageIsReadIsNoticed() throws Exception {
        broker.proxy().throttle(20_000);
        String request = request(Serving.records("away") + "?contains=nowhere&scan_size=600&timeout=25&format=ndjson");
        try (Socket socket = RawHttp.connect(serve.port())) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String line = lines.readLine();
            while (!line.startsWith("{\"progress\"")) {
                line = lines.readLine();
            }
        }
        long left = System.nanoTime();

        Eventually.isTrue("it was noticed", () -> get("/metrics").body().contains("pagewalk_http_streams 0.0"));

        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(3));
        Eventually.isTrue("nobody reads", () -> get("/metrics").body().contains("pagewalk_http_busy_readers 0.0"));
    }

    /** What is held is a page's fetch. */
    @Test
    void aPageThatIsReadIsAnsweredBeforeTheServerStops() throws Exception {
        try (ServeProcess stopping = ServeProcess.start(
                List.of(), Map.of("PAGEWALK_SECRET", SECRET), broker.proxiedServers(), "--readers", "1")) {
            // What follows the names of client and topic in a fetch is not asked for here.
            stopping.get(Serving.records("away") + "?page_size=5", SECRET);
            broker.proxy().throttle(40_000);
            CompletableFuture<HttpResponse<String>> page = CompletableFuture.supplyAsync(() -> {
                try {
                    return stopping.get(Serving.records("away") + "?page_size=60&timeout=20", SECRET);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Eventually.isTrue("it is read", () -> isBusy(stopping));

            stopping.process().signal("TERM");

            HttpResponse<String> answer = page.get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(Output.json(answer.body()).get("records")).hasSize(60);
            Cli.Result end = stopping.process().await().exits(0);
            assertThat(end.err()).startsWith("stopping").doesNotContain("did not end");
        }
    }

    private static boolean isBusy(ServeProcess process) {
        try {
            return process.get("/metrics", SECRET).body().contains("pagewalk_http_busy_readers 1.0");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
