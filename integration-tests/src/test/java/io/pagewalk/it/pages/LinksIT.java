package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to other pages. What the pages of crates.io do otherwise, or once did, is not so here. */
class LinksIT {
    private static Serving serving;
    private static Records records;
    private static String path;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        records = Records.filled("links", 25, 0, 3);
        path = Serving.records(records.topic());
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?page_size=10", "?page=1&per_page=10", "?key=none&scan_size=10", "?page_size=10&order=time"})
    void theTotalOfTheLastPageIsThatOfTheFirst(String query) {
        List<JsonNode> pages = serving.walk(records.topic(), query);

        assertThat(pages)
                .hasSize(3)
                .allSatisfy(page ->
                        assertThat(page.get("meta").get("total").intValue()).isEqualTo(28));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page=2&seek=TOKEN",
                "?seek=TOKEN&page=2",
                "?page=&seek=",
                "?seek=&page=",
                "?page=2&seek=",
                "?seek=TOKEN&page=",
                "?page=2&page_token=TOKEN",
                "?seek=TOKEN&page_token=TOKEN"
            })
    void aPageHasANumberOrAToken(String query) {
        assertThat(serving.refused(400, path + query.replace("TOKEN", token()))
                        .get("exitCode")
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void theNextPageKeepsTheOtherParametersEncodedOnce() {
        String filter = "contains=%22number%22%3A&json.%2Fpartition=0&value_format=string";

        String next = next(serving.json(path + "?" + filter + "&scan_size=10"));

        assertThat(next).startsWith("?" + filter + "&scan_size=10&page_token=pl1.");
        assertThat(next(serving.json(path + next))).startsWith("?" + filter + "&scan_size=10&page_token=pl1.");
    }

    @Test
    void whoAsksByNumberGoesOnByNumber() {
        JsonNode page = serving.json(path + "?direction=desc&page=2&per_page=10");

        assertThat(next(page)).isEqualTo("?direction=desc&per_page=10&page=3");
        assertThat(page.get("meta").get("prev_page").textValue()).isEqualTo("?direction=desc&per_page=10&page=1");
        assertThat(page.get("meta").get("frozen").booleanValue()).isFalse();
        assertThat(serving.json(path + "?page=1").get("meta").get("prev_page").isNull())
                .isTrue();
        assertThat(next(serving.json(path + "?page=3&per_page=10"))).isNull();
    }

    @Test
    void whoSeeksHasNoPageBefore() {
        for (String query : List.of("?page_size=10", "?seek=" + token(), "?page_token=" + token())) {
            JsonNode meta = serving.json(path + query).get("meta");

            assertThat(meta.has("prev_page")).as(query).isFalse();
            assertThat(meta.get("frozen").booleanValue()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagesize=10", "limit=10", "cursor=x", "seek_token=x", "page%20size=1", "partition=0"})
    void aTypoDoesNotChangeAWalk(String parameter) {
        assertThat(serving.refused(400, path + "?page_size=10&" + parameter)
                        .get("detail")
                        .textValue())
                .startsWith("there is no parameter '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1",
                "pl1.",
                "pl1.AAAA.00000000",
                "pw1.x",
                "pl99.x",
                "%00",
                "%F0%9F%8E%89",
                "%7B%7D",
                "bnVsbA=="
            })
    void aBadTokenIsTheFaultOfWhoAsks(String token) {
        for (String name : List.of("seek", "page_token")) {
            assertThat(serving.refused(400, path + "?" + name + "=" + token)
                            .get("detail")
                            .textValue())
                    .startsWith(name + ": ");
        }
    }

    @Test
    void aTokenThatWasCutOrMistypedIsTheFaultOfWhoAsks() {
        String token = token();
        for (int at = 0; at < token.length(); at += 7) {
            serving.refused(400, path + "?seek=" + token.substring(0, at));
            serving.refused(
                    400,
                    path + "?seek=" + token.substring(0, at) + (token.charAt(at) == 'B' ? 'C' : 'B')
                            + token.substring(at + 1));
        }
    }

    @Test
    void theNextPageIsInTheHeadToo() {
        HttpResponse<String> first = serving.get(path + "?page_size=20");
        HttpResponse<String> second = serving.get(path + next(Listed.page(first)));

        assertThat(first.headers().firstValue("Link")).hasValue("<" + next(Listed.page(first)) + ">; rel=\"next\"");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void theTokenOfAPageGivesThatPage() {
        try (Records growing = Records.filled("linksgrow", 25)) {
            String growingPath = Serving.records(growing.topic());
            JsonNode first = serving.json(growingPath + "?page_size=10");
            growing.send(0, 3).flush();

            JsonNode again = serving.json(growingPath + "?page_token="
                    + first.get("meta").get("page_token").textValue());

            assertThat(again.get("records")).isEqualTo(first.get("records"));
            assertThat(again.get("meta").get("next_page_token"))
                    .isEqualTo(first.get("meta").get("next_page_token"));
        }
    }

    private static String token() {
        return serving.json(path + "?page_size=10")
                .get("meta")
                .get("next_page_token")
                .textValue();
    }

    private static String next(JsonNode page) {
        return page.get("meta").get("next_page").textValue();
    }
}
