package io.pagewalk.it.pages;

import static io.pagewalk.it.pages.Listed.places;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters look through so many offsets at a time, and tell how far they have come. */
class ScansIT {
    private static Serving serving;
    private static Records records;
    private static String path;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        records = Records.into(Broker.topic("scans", 2));
        for (int i = 0; i < 200; i++) {
            records.send(
                    i % 2,
                    ("key-" + i % 20).getBytes(UTF_8),
                    ("{\"id\": " + (9_007_199_254_740_900L + i) + ", \"a\": {\"b\": [\"x" + i + "\", true]}}")
                            .getBytes(UTF_8),
                    Records.header("trace", Integer.toString(i).getBytes(UTF_8)));
        }
        records.send(0, null, null)
                .send(1, new byte[] {(byte) 0xFF}, "no JSON".getBytes(UTF_8))
                .flush();
        path = Serving.records(records.topic());
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "key=key-7, 10",
                "key=key-, 0",
                "key_prefix=key-1, 110",
                "contains=%22x77%22, 1",
                "contains=JSON, 1",
                "header.trace=150, 1",
                "json./id=9007199254740993, 1",
                "json./id=9007199254740992, 1",
                "json./a/b/1=true, 200",
                "json.%2Fa%2Fb%2F0=x9, 1",
                "key=key-7&header.trace=27, 1",
                "key=key-7&header.trace=28, 0"
            })
    void listsWhatMatches(String filter, int matched) {
        for (String direction : List.of("asc", "desc")) {
            List<JsonNode> pages = serving.walk(
                    records.topic(), "?max_results=1000&scan_size=90&direction=" + direction + "&" + filter);

            assertThat(places(pages)).hasSize(matched).doesNotHaveDuplicates();
            assertThat(pages)
                    .extracting(page -> page.get("meta").get("scanned").intValue())
                    .containsExactly(90, 90, 22);
        }
    }

    /** The neighbour is the same number as a double. */
    @Test
    void comparesWholeNumbersExactly() {
        JsonNode page = serving.json(path + "?json./id=9007199254740993");

        assertThat(places(page)).containsExactly(new Place(1, 46));
    }

    @Test
    void alwaysTellsHowFarItHasComeAlsoWithoutAMatch() {
        JsonNode page = serving.json(path + "?key=none&scan_size=120");

        assertThat(page.get("records")).isEmpty();
        JsonNode meta = page.get("meta");
        assertThat(meta.get("scan_size").intValue()).isEqualTo(120);
        assertThat(meta.get("scanned").intValue()).isEqualTo(120);
        assertThat(meta.get("matched").intValue()).isZero();
        assertThat(meta.get("remaining").intValue()).isEqualTo(82);
        assertThat(meta.get("total").intValue()).isEqualTo(202);
        assertThat(meta.get("cut").textValue()).isEqualTo("offsets");
        assertThat(meta.get("next_page").textValue()).startsWith("?key=none&scan_size=120&page_token=");

        JsonNode last = serving.json(path + meta.get("next_page").textValue()).get("meta");
        assertThat(last.get("scanned").intValue()).isEqualTo(82);
        assertThat(last.get("remaining").intValue()).isZero();
        assertThat(last.get("next_page").isNull()).isTrue();
        assertThat(last.get("total").intValue()).isEqualTo(202);
    }

    @Test
    void hasASizeOfItsOwnWithoutOneThatIsAskedFor() {
        JsonNode meta = serving.json(path + "?key=key-7").get("meta");

        assertThat(meta.get("scan_size").intValue()).isEqualTo(100_000);
        assertThat(meta.get("scanned").intValue()).isEqualTo(202);
        assertThat(meta.get("matched").intValue()).isEqualTo(10);
    }

    /** What was not looked through because enough was found comes with the token. */
    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void endsWhereEnoughWasFound(String direction) {
        List<JsonNode> pages = serving.walk(records.topic(), "?key=key-7&max_results=3&direction=" + direction);

        assertThat(pages)
                .extracting(page -> page.get("meta").get("matched").intValue())
                .containsExactly(3, 3, 3, 1);
        assertThat(places(pages)).hasSize(10).doesNotHaveDuplicates();
        assertThat(pages.stream()
                        .mapToInt(page -> page.get("meta").get("scanned").intValue())
                        .sum())
                .isEqualTo(202);
    }

    @Test
    void itsTokenIsGoodForItsFilterAlone() {
        String token = serving.json(path + "?key=none&scan_size=10")
                .get("meta")
                .get("next_page_token")
                .textValue();

        serving.refused(400, path + "?page_token=" + token);
        serving.refused(400, path + "?key=other&page_token=" + token);
        serving.refused(400, path + "?key=none&contains=x&page_token=" + token);
        assertThat(serving.json(path + "?key=none&page_token=" + token)
                        .get("meta")
                        .get("scanned")
                        .intValue())
                .isEqualTo(192);
    }
}
