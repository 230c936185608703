package io.pagewalk.it.pages;

import static io.pagewalk.it.pages.Listed.assertEachOnce;
import static io.pagewalk.it.pages.Listed.places;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Row;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.fixture.Survivors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the paged listing of Redpanda Console 3.10, as far as it was found; none of it is so here. */
class KnownDefectsIT {
    private static final String KEY_5 = Base64.getEncoder().encodeToString("key-5".getBytes(UTF_8));
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private static Serving serving;

    @BeforeAll
    static void start() {
        serving = Serving.start();
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void aPartitionThatIsExhaustedIsNeitherListedAgainNorTheEnd(String direction) {
        try (Records records = Records.filled("exhausted", 1000, 10, 10)) {
            assertWalked(records.topic(), "?page_size=50&direction=" + direction, records.rows(), direction);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void anEmptyPartitionIsNotWaitedFor(String direction) {
        try (Records records = Records.filled("oneempty", 12, 0, 3)) {
            long began = System.nanoTime();

            assertWalked(records.topic(), "?page_size=4&direction=" + direction, records.rows(), direction);

            assertThat(System.nanoTime() - began).isLessThan(PATIENCE_NANOS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void noPartitionFallsOutWhereThereAreMoreThanAPageHasRecords(String direction) {
        try (Records records = Records.filled(
                "moreparts", IntStream.generate(() -> 3).limit(60).toArray())) {
            List<JsonNode> pages =
                    assertWalked(records.topic(), "?page_size=50&direction=" + direction, records.rows(), direction);

            assertThat(pages).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0,2", "1-2"})
    void partitionsCanBeChosenWhilePaging(String partitions) {
        try (Records records = Records.filled("chosen", 9, 20, 4)) {
            List<Row> chosen = records.rows().stream()
                    .filter(row -> partitions.equals("0,2")
                            ? row.partition() != 1
                            : row.partition() == 1 || (partitions.equals("1-2") && row.partition() == 2))
                    .toList();

            assertWalked(records.topic(), "?page_size=5&partitions=" + partitions, chosen, "asc");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void recordsAroundTheGapsOfCompactionComeOnce(String direction) {
        try (Records records = Records.into(Broker.topic("gaps", 1, Topics.compacted()))) {
            List<Row> survivors = Survivors.compact(records);

            List<JsonNode> pages =
                    assertWalked(records.topic(), "?page_size=5&direction=" + direction, survivors, direction);

            assertThat(pages.subList(0, pages.size() - 1))
                    .allSatisfy(page -> assertThat(page.get("records")).hasSize(5));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void recordsAroundTransactionMarkersComeOnceAndAHoleAtTheEndIsNotWaitedFor(String direction) {
        try (Records records = Records.transactional(Broker.topic("holes", 2))) {
            for (int i = 0; i < 5; i++) {
                records.send(0, 4).send(1, 1).commit();
                records.send(0, 3).send(1, 7).abort();
            }
            long began = System.nanoTime();

            assertWalked(records.topic(), "?page_size=4&direction=" + direction, records.rows(), direction);

            assertThat(System.nanoTime() - began).isLessThan(PATIENCE_NANOS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void thePageSizeMayChangeInTheMiddleOfAWalk(String direction) {
        try (Records records = Records.filled("resized", 100, 7, 30)) {
            int[] sizes = {20, 3, 50, 1, 30, 10_000};
            List<JsonNode> pages = new ArrayList<>();
            String query = "?direction=" + direction;
            for (int size : sizes) {
                JsonNode page = serving.json(Serving.records(records.topic()) + query + "&page_size=" + size);
                pages.add(page);
                query = "?page_token=" + page.get("meta").get("next_page_token").textValue();
            }

            assertThat(pages).extracting(page -> page.get("records").size()).containsExactly(20, 3, 50, 1, 30, 33);
            assertEachOnce(places(pages), records.rows(), direction);
        }
    }

    @Test
    void theTokenOfAnotherTopicIsRefusedAndNoEmptyListing() {
        try (Records records = Records.filled("mine", 9);
                Records others = Records.filled("others", 9)) {
            String token = token(others.topic(), "?page_size=3");

            assertThat(serving.refused(400, Serving.records(records.topic()) + "?page_token=" + token)
                            .get("detail")
                            .textValue())
                    .contains("'" + records.topic() + "'", "'" + others.topic() + "'");
        }
    }

    @Test
    void aPageThatRanOutOfTimeHasTheTokenOfWhatItHas() {
        try (Throttled throttled = Throttled.start("late")) {
            JsonNode late = Listed.page(
                    throttled.serving().get(throttled.path() + "?page_size=5000&timeout=1&max_bytes=60000000"));
            throttled.unlimit();

            assertThat(late.get("meta").get("cut").textValue()).isEqualTo("time");
            List<JsonNode> pages = new ArrayList<>(List.of(late));
            pages.addAll(serving.walk(
                    throttled.topic(), late.get("meta").get("next_page").textValue()));
            assertEachOnce(places(pages), throttled.rows(), "asc");
        }
    }

    @Test
    void twoHundredAndFiftyPartitionsAreNotTooManyForAToken() {
        try (Records records = Records.filled(
                "manyparts", IntStream.generate(() -> 5).limit(250).toArray())) {
            for (int size : new int[] {500, 10_000}) {
                assertWalked(records.topic(), "?direction=desc&page_size=" + size, records.rows(), "desc");
            }

            String path = Serving.records(records.topic());
            String token = token(records.topic(), "?page_size=500");
            assertThat(Listed.page(serving.post(path, "page_token", token, "page_size", "20"))
                            .get("records"))
                    .as("where it is too long for a path")
                    .isEqualTo(serving.json(path + "?page_size=20&page_token=" + token)
                            .get("records"));
        }
    }

    @Test
    void recordsThatKeepComingDoNotKeepAWalkFromEnding() {
        try (Records records = Records.filled("coming", 10, 10)) {
            List<Row> frozen = records.rows();
            List<JsonNode> pages = new ArrayList<>();
            String query = "?page_size=3";
            while (query != null) {
                JsonNode page = serving.json(Serving.records(records.topic()) + query);
                pages.add(page);
                query = page.get("meta").get("next_page").textValue();
                records.send(0, 3).send(1, 3).flush();
            }

            assertEachOnce(places(pages), frozen, "asc");
            assertThat(pages).hasSize(7);
        }
    }

    @Test
    void whoFiltersGetsATokenToo() {
        try (Records records = Records.filled("filtered", 300, 40)) {
            List<JsonNode> pages = serving.walk(records.topic(), "?key=key-5&scan_size=50");

            assertThat(pages).hasSize(7);
            assertEachOnce(
                    places(pages),
                    records.rows().stream()
                            .filter(row -> row.key().equals(KEY_5))
                            .toList(),
                    "asc");
        }
    }

    private static List<JsonNode> assertWalked(String topic, String query, List<Row> rows, String direction) {
        List<JsonNode> pages = serving.walk(topic, query);
        assertEachOnce(places(pages), rows, direction);
        return pages;
    }

    private static String token(String topic, String query) {
        return serving.json(Serving.records(topic) + query)
                .get("meta")
                .get("next_page_token")
                .textValue();
    }
}
