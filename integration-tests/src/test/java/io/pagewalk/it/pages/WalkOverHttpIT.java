package io.pagewalk.it.pages;

import static io.pagewalk.it.pages.Listed.assertEachOnce;
import static io.pagewalk.it.pages.Listed.places;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.LongCases;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import io.pagewalk.it.pages.Listed.Streamed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks over HTTP, from the first page to the one that has no next one. */
class WalkOverHttpIT {
    private static final int SOME = LongTests.count(6, 20);

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
    @CsvSource({"page_size=50, 50, 3000, asc", "per_page=50&page=1, 50, 2000, desc"})
    @LongCases({"page_size=50, 50, 3000, desc", "page_size=7, 7, 1000, desc", "per_page=50&page=1, 50, 1000, asc"})
    void walksPartitionsOfNoneOneTenAndManyRecords(String query, int perPage, int many, String direction) {
        try (Records records = Records.filled("httpwalk", 0, 1, 10, many)) {
            List<JsonNode> pages = serving.walk(records.topic(), "?" + query + "&direction=" + direction);

            assertEachOnce(places(pages), records.rows(), direction);
            assertThat(pages).hasSize((many + 11 + perPage - 1) / perPage);
            assertTotals(pages, many + 11);
        }
    }

    @ParameterizedTest
    @CsvSource({"page_size=50, asc", "page_size=50, desc", "per_page=50&page=1, asc", "per_page=50&page=1, desc"})
    void walksMorePartitionsThanAPageHasRecords(String query, String direction) {
        int[] sizes = new int[60];
        Arrays.setAll(sizes, partition -> partition % 4);
        try (Records records = Records.filled("httpsixty", sizes)) {
            List<JsonNode> pages = serving.walk(records.topic(), "?" + query + "&direction=" + direction);

            assertEachOnce(places(pages), records.rows(), direction);
            assertThat(pages).hasSize(2);
            assertTotals(pages, 90);
        }
    }

    /** The same on every page, the last one too, and what remains goes down to nothing. */
    private static void assertTotals(List<JsonNode> pages, long total) {
        long before = 0;
        for (JsonNode page : pages) {
            before += page.get("records").size();
            JsonNode meta = page.get("meta");
            assertThat(meta.get("total").longValue()).isEqualTo(total);
            assertThat(meta.get("total_is").textValue()).isEqualTo("offsets");
            assertThat(meta.get("remaining").longValue()).isEqualTo(total - before);
        }
        assertThat(before).isEqualTo(total);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"page_size=20", "page_size=20&direction=desc", "page=1&per_page=20", "page_size=20&order=time"})
    void asManyRecordsAsThreePagesHaveAreThreePages(String query) {
        try (Records records = Records.filled("httpfull", 30, 0, 29, 1)) {
            List<JsonNode> pages = serving.walk(records.topic(), "?" + query);

            assertThat(pages).extracting(page -> page.get("records").size()).containsExactly(20, 20, 20);
            assertTotals(pages, 60);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_size=5", "page=1", "max_results=5", "page_size=5&order=time", "contains=x"})
    void anEmptyTopicIsOneEmptyPage(String query) {
        try (Records records = Records.filled("httpempty", 0, 0)) {
            JsonNode page = serving.json(Serving.records(records.topic()) + "?" + query);

            assertThat(page.get("records")).isEmpty();
            assertThat(page.get("meta").path("next_page").isTextual()).isFalse();
            assertThat(page.get("meta").get("total").longValue()).isZero();
        }
    }

    /** Naive arithmetic would read {@code N / partitions} of each, and so lose hundreds and double as many. */
    @ParameterizedTest
    @CsvSource("3, desc")
    @LongCases("2, asc")
    void thePageOfANumberIsTheOneTheTokensComeTo(int size, String direction) {
        try (Records records = Records.filled("httpnumbers", 1000, 10, 10)) {
            List<Streamed> walk = walk(records, size, direction);

            assertThat(walk).hasSize((1020 + size - 1) / size);
            for (int number : numbers(walk.size(), SOME)) {
                assertIsNumber(number, size, direction, records, walk);
            }
            assertThat(serving.json(Serving.records(records.topic()) + "?page=" + (walk.size() + 1) + "&per_page="
                                    + size)
                            .get("records"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "desc")
    @LongCases("asc")
    void thePageOfAHighNumberIsThatPartOfTheWalk(String direction) {
        int[] sizes = {10_000, 1000, 10, 1, 0};
        try (Records records = Records.filled("httphigh", sizes)) {
            List<Place> rounds = rounds(sizes, direction);
            int at = 0;
            for (Streamed page : walk(records, 600, direction)) {
                assertThat(page.records())
                        .extracting(Listed::place)
                        .containsExactlyInAnyOrderElementsOf(rounds.subList(at, Math.min(at += 600, rounds.size())));
            }

            for (int size : new int[] {2, 3}) {
                for (int number : numbers((rounds.size() + size - 1) / size, SOME)) {
                    JsonNode page = serving.json(Serving.records(records.topic()) + "?page=" + number + "&per_page="
                            + size + "&direction=" + direction);
                    assertThat(places(page))
                            .as("page %d of %d", number, size)
                            .containsExactlyInAnyOrderElementsOf(
                                    rounds.subList((number - 1) * size, Math.min(number * size, rounds.size())));
                }
            }
        }
    }

    /** The partitions take turns, by number, and who has nothing left is passed over. */
    private static List<Place> rounds(int[] sizes, String direction) {
        List<Place> rounds = new ArrayList<>();
        for (int round = 0; round < Arrays.stream(sizes).max().orElse(0); round++) {
            for (int partition = 0; partition < sizes.length; partition++) {
                if (sizes[partition] > round) {
                    rounds.add(new Place(partition, direction.equals("asc") ? round : sizes[partition] - 1 - round));
                }
            }
        }
        return rounds;
    }

    private static List<Streamed> walk(Records records, int size, String direction) {
        List<Streamed> walk = Listed.all(serving, records.topic(), "?page_size=" + size + "&direction=" + direction);
        List<Place> places = walk.stream()
                .flatMap(page -> page.records().stream().map(Listed::place))
                .toList();
        assertEachOnce(places, records.rows(), direction);
        return walk;
    }

    /** Those of the first and the last page, and some others. */
    private static Set<Integer> numbers(int pages, int some) {
        TreeSet<Integer> numbers = new TreeSet<>(List.of(1, 2, pages - 1, pages));
        new Random(1).ints(some, 1, pages + 1).forEach(numbers::add);
        return numbers;
    }

    private static void assertIsNumber(int number, int size, String direction, Records records, List<Streamed> walk) {
        JsonNode page = serving.json(
                Serving.records(records.topic()) + "?page=" + number + "&per_page=" + size + "&direction=" + direction);

        assertThat(Listed.records(page))
                .as("page %d", number)
                .isEqualTo(walk.get(number - 1).records());
        assertThat(page.get("meta").get("remaining"))
                .isEqualTo(walk.get(number - 1).meta().get("remaining"));
        JsonNode next = page.get("meta").get("next_page_token");
        assertThat(next.isNull()).isEqualTo(number == walk.size());
        if (!next.isNull()) {
            assertThat(Listed.records(
                            serving.json(Serving.records(records.topic()) + "?page_token=" + next.textValue())))
                    .as("the frozen token of page %d goes on behind it", number)
                    .isEqualTo(walk.get(number).records());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void skippingIsWalkingThereWithoutReading(String direction) {
        try (Records records = Records.filled("httpskip", 20, 3, 0, 5)) {
            String all = "?page_size=1&direction=" + direction;
            List<Place> walk = places(serving.walk(records.topic(), all));

            for (int skipped = 0; skipped <= 30; skipped += 3) {
                JsonNode page =
                        serving.json(Serving.records(records.topic()) + all.replace("=1&", "=4&") + "&skip=" + skipped);
                assertThat(places(page))
                        .as("behind %d", skipped)
                        .containsExactlyInAnyOrderElementsOf(
                                walk.subList(Math.min(skipped, 28), Math.min(skipped + 4, 28)));
                assertThat(page.get("meta").get("total").longValue()).isEqualTo(28);
            }
        }
    }

    @Test
    void skippingGoesOnFromAToken() {
        try (Records records = Records.filled("httpskiptoken", 20, 3, 0, 5)) {
            List<Place> walk = places(serving.walk(records.topic(), "?page_size=1"));
            String token = serving.json(Serving.records(records.topic()) + "?page_size=9")
                    .get("meta")
                    .get("next_page_token")
                    .textValue();

            JsonNode page = serving.json(Serving.records(records.topic()) + "?seek=" + token + "&skip=10&page_size=5");

            assertThat(places(page)).containsExactlyInAnyOrderElementsOf(walk.subList(19, 24));
            assertThat(page.get("meta").get("next_page").textValue()).doesNotContain("skip");
            assertThat(serving.json(Serving.records(records.topic()) + "?seek=" + token + "&skip=9223372036854775807")
                            .get("records"))
                    .isEmpty();
        }
    }
}
