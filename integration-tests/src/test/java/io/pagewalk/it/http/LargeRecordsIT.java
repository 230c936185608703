package io.pagewalk.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are nearly as large as what all pages may hold together, in a JVM that ends if its memory does. */
@Timeout(300)
class LargeRecordsIT {
    private static final String SECRET = "the-secret-of-these-tests";
    private static final int SIZE = 60_000_000;
    private static final int PARTITIONS = 3;
    /** One reader, and those that find none free. */
    private static final int CLIENTS = 6;

    private static ServeProcess serve;
    private static String topic;
    private static byte[] value;

    @BeforeAll
    static void start() throws IOException {
        topic = Broker.topic("sixtymb", 2 * PARTITIONS, Map.of("max.message.bytes", "70000000"));
        value = new byte[SIZE];
        // Half of it compresses.
        byte[] random = new byte[SIZE / 2];
        new Random(1).nextBytes(random);
        System.arraycopy(random, 0, value, 0, random.length);
        for (String compression : List.of("none", "gzip", "zstd")) {
            fill(compression);
        }
        serve = ServeProcess.start(
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
                Map.of("PAGEWALK_SECRET", SECRET),
                Broker.servers());
    }

    private static void fill(String compression) {
        Map<String, Object> large =
                Map.of("max.request.size", 70_000_000, "buffer.memory", 140_000_000L, "compression.type", compression);
        try (Records records = Records.into(topic, large)) {
            int first = List.of("none", "gzip", "zstd").indexOf(compression) * 2;
            for (int partition = first; partition < first + 2; partition++) {
                records.forget(partition, "key".getBytes(UTF_8), value);
                records.forget(partition, "key".getBytes(UTF_8), "small".getBytes(UTF_8));
            }
        }
    }

    @AfterAll
    static void stop() throws IOException {
        serve.close();
        value = new byte[0];
    }

    private static HttpResponse<String> get(String query) throws Exception {
        return serve.get(Serving.records(topic) + query, SECRET);
    }

    @Test
    void aPageShowsTheBeginningAndWhereTheRestIs() throws Exception {
        List<JsonNode> records = new ArrayList<>();
        String query = "?page_size=50";
        for (int pages = 0; query != null; pages++) {
            HttpResponse<String> answer = get(query);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = Output.json(answer.body());
            page.get("records").forEach(records::add);
            query = page.get("meta").get("next_page").textValue();
            assertThat(pages).isLessThan(20);
        }

        assertThat(records).hasSize(4 * PARTITIONS);
        for (JsonNode record : records) {
            if (record.get("offset").intValue() == 0) {
                assertThat(record.get("valueIsCut").booleanValue()).isTrue();
                assertThat(record.get("valueSize").intValue()).isEqualTo(SIZE);
                assertThat(record.get("valueLink").textValue()).endsWith("/0/value");
            } else {
                assertThat(record.has("valueIsCut")).isFalse();
            }
        }
    }

    @Test
    void allOfAValueComesByteForByte() throws Exception {
        for (int partition = 0; partition < 2 * PARTITIONS; partition += 2) {
            try (InputStream body = download(partition)) {
                assertThat(Arrays.equals(body.readAllBytes(), value)).isTrue();
            }
        }
    }

    private static InputStream download(int partition) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        serve.request(Serving.records(topic) + "/" + partition + "/0/value", SECRET)
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** Who is told to wait does so, and comes again. */
    @Test
    @LongTest
    void moreClientsThanReadersAreServedOrToldToWait() throws Exception {
        List<CompletableFuture<List<Integer>>> all = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < CLIENTS; i++) {
                String record = "/" + i + "/0";
                List<String> queries =
                        List.of(i % 2 == 0 ? "?page_size=50" : "?order=time&direction=desc", record, record + "/value");
                all.add(CompletableFuture.supplyAsync(
                        () -> queries.stream().map(LargeRecordsIT::statusAtLast).toList(), clients));
            }
            for (CompletableFuture<List<Integer>> one : all) {
                assertThat(one.join()).containsOnly(200);
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(serve.process().isAlive()).isTrue();
        assertThat(serve.process().err()).isEmpty();
        assertThat(get("?page_size=3&partitions=0").statusCode()).isEqualTo(200);
        try (InputStream body = download(1)) {
            assertThat(Arrays.equals(body.readAllBytes(), value)).isTrue();
        }
    }

    /** Bodies are read, but not kept. */
    private static int statusAtLast(String query) {
        try {
            while (true) {
                HttpResponse<Void> answer = HttpClient.newHttpClient()
                        .send(
                                serve.request(Serving.records(topic) + query, SECRET)
                                        .build(),
                                BodyHandlers.discarding());
                if (answer.statusCode() != 429) {
                    return answer.statusCode();
                }
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
                Thread.sleep(100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
