package io.pagewalk.it.pages;

import static io.pagewalk.it.pages.Listed.places;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What parameters do, and which are refused, by a server as it runs; all of them are in the unit tests. */
class QueryRulesIT {
    private static Serving serving;
    private static Records records;
    private static String path;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        records = Records.filled("rules", 70, 10);
        path = Serving.records(records.topic());
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @ParameterizedTest
    @CsvSource({
        "page_size=0, page_size, 50, 50",
        "page_size=10, page_size, 10, 10",
        "page_size=10001, page_size, 10000, 80",
        "page_size=10&max_results=3, page_size, 10, 10",
        "max_results=3, max_results, 3, 3",
        "max_results=0, max_results, 50, 50",
        "max_results=10001, max_results, 10000, 80",
        "'', max_results, 50, 50",
        "page=1, per_page, 50, 50",
        "per_page=10001, per_page, 10000, 80"
    })
    void tellsHowManyRecordsAPageMayHave(String query, String name, int effective, int listed) {
        JsonNode page = serving.json(path + "?" + query);

        assertThat(page.get("meta").get(name).intValue()).isEqualTo(effective);
        assertThat(page.get("records")).hasSize(listed);
    }

    @Test
    void aBoundedListingHasNoToken() {
        JsonNode meta = serving.json(path).get("meta");

        assertThat(meta.has("next_page_token")).isFalse();
        assertThat(meta.has("next_page")).isFalse();
        assertThat(meta.get("total").intValue()).isEqualTo(80);
        assertThat(meta.get("cut").textValue()).isEqualTo("records");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page_size=-1",
                "page_size=abc",
                "page_size=10&page_size=10",
                "page_size=10&key=a",
                "page_size=10&contains=a",
                "page_size=10&from=offset:-1",
                "page_size=10&partitions=7",
                "page_size=10&skip=1&order=time",
                "page_size=10&value_format=avro"
            })
    void refuses(String query) {
        assertThat(serving.refused(400, path + "?" + query).get("exitCode").intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "direction=desc, desc, asc",
        "order=time, time, rounds",
        "isolation_level=read_uncommitted, read_uncommitted, read_committed"
    })
    void namesBothValuesWhereATokenIsContradicted(String argument, String given, String inToken) {
        String token = serving.json(path + "?page_size=10")
                .get("meta")
                .get("next_page_token")
                .textValue();

        assertThat(serving.refused(400, path + "?page_token=" + token + "&" + argument)
                        .get("detail")
                        .textValue())
                .contains("'" + given + "'", "'" + inToken + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 1, 1",
        "1, 1, 0",
        "1, 3, 2",
        "9, 10, 1",
        "10, 11, 0",
        "3, 9007199254740993, 7",
        "9007199254740992, 9007199254740993, 0",
        "9, 9223372036854775807, 1"
    })
    void anExtentIsHalfOpen(String from, String to, int listed) {
        for (String direction : new String[] {"asc", "desc"}) {
            JsonNode page = serving.json(path + "?page_size=20&partitions=1&from=offset:" + from + "&to=offset:" + to
                    + "&direction=" + direction);

            assertThat(page.get("records")).hasSize(listed);
            assertThat(page.get("meta").get("total").intValue()).isEqualTo(listed);
            if (listed > 0) {
                assertThat(places(page)).contains(new Place(1, Long.parseLong(from)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void aListingAndThePagesOfAWalkComeInTheSameOrder(String direction) {
        assertThat(serving.json(path + "?max_results=40&direction=" + direction).get("records"))
                .isEqualTo(serving.json(path + "?page_size=40&direction=" + direction)
                        .get("records"));
    }

    @Test
    void recordsThatWereNotCommittedAreListedWhereThatIsAskedFor() {
        try (Records transactions = Records.transactional(Broker.topic("rulestx", 1))) {
            transactions.send(0, 4).commit();
            transactions.send(0, 3).abort();
            String of = Serving.records(transactions.topic()) + "?page_size=20&isolation_level=";

            assertThat(serving.json(of + "read_committed").get("records")).hasSize(4);
            assertThat(serving.json(of + "read_uncommitted").get("records")).hasSize(7);
        }
    }

    @Test
    void aPageEndsBeforeTheRecordThatWouldBeTooManyBytes() {
        try (Records large = Records.into(Broker.topic("rulesbytes", 2))) {
            for (int i = 0; i < 10; i++) {
                large.send(i % 2, null, new byte[1000]);
            }
            large.flush();
            JsonNode page = serving.json(Serving.records(large.topic()) + "?page_size=10&max_bytes=3500");

            assertThat(page.get("records")).hasSize(3);
            assertThat(page.get("meta").get("cut").textValue()).isEqualTo("bytes");
            assertThat(serving.walk(
                            large.topic(), page.get("meta").get("next_page").textValue()))
                    .extracting(next -> next.get("records").size())
                    .containsExactly(3, 3, 1);
        }
    }

    @Test
    void aNumberThatIsLargerThanDoublesHoldComesAsItIs() {
        try (Records numbers = Records.into(Broker.topic("rulesnumbers", 1))) {
            numbers.send(0, null, "{\"id\":9007199254740993,\"price\":1.50}".getBytes(UTF_8));
            numbers.flush();

            assertThat(serving.get(Serving.records(numbers.topic()) + "?page_size=1")
                            .body())
                    .contains("\"value\":{\"id\":9007199254740993,\"price\":1.50}");
        }
    }
}
