package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Walks over HTTP, from the first page to the one that has no next one. */
class PagesOverHttpIT {
    /** Where a record is. */
    private record Place(int partition, long offset) {}

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
    @CsvSource({
        "page_size=50, asc",
        "page_size=50, desc",
        "page_size=7, desc",
        "per_page=50&page=1, asc",
        "per_page=50&page=1, desc"
    })
    void walksPartitionsOfNoneOneTenAndTenThousandRecords(String size, String direction) {
        try (Records records = Records.filled("httpwalk", 0, 1, 10, size.contains("=7") ? 1_000 : 10_000)) {
            List<JsonNode> pages = serving.walk(records.topic(), "?" + size + "&direction=" + direction);

            assertWalked(pages, records);
            int perPage = size.contains("=7") ? 7 : 50;
            assertThat(pages).hasSize((records.rows().size() + perPage - 1) / perPage);
            assertThat(pages)
                    .allSatisfy(page -> assertThat(page.get("meta").get("total").asLong())
                            .isEqualTo(records.rows().size()));
        }
    }

    private static void assertWalked(List<JsonNode> pages, Records records) {
        assertThat(places(pages))
                .containsExactlyInAnyOrderElementsOf(records.rows().stream()
                        .map(row -> new Place(row.partition(), row.offset()))
                        .toList());
    }

    private static List<Place> places(List<JsonNode> pages) {
        return pages.stream().flatMap(PagesOverHttpIT::places).toList();
    }

    private static Stream<Place> places(JsonNode page) {
        Stream.Builder<Place> places = Stream.builder();
        page.get("records")
                .forEach(record -> places.add(new Place(
                        record.get("partition").intValue(), record.get("offset").longValue())));
        return places.build();
    }

    @Test
    void showsTopics() {
        String topic = Broker.topic("httptopic", 3);

        JsonNode details = serving.json("/api/v1/topics/" + topic);

        assertThat(details.get("partitions")).hasSize(3);
        assertThat(details.get("configuration").get("cleanup.policy").textValue())
                .isEqualTo("delete");
        assertThat(serving.json("/api/v1/topics").get("topics").findValuesAsText("topic"))
                .contains(topic)
                .isSorted();
        assertThat(serving.refused(404, "/api/v1/topics/httpnone")
                        .get("exitCode")
                        .intValue())
                .isEqualTo(2);
    }
}
