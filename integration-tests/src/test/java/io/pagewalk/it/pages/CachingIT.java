package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers say of themselves: what they are written in, whether they may be kept, and whether one has them already. */
class CachingIT {
    private static Serving serving;
    private static Records records;
    private static String path;
    private static String token;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        records = Records.filled("caching", 50, 7);
        path = Serving.records(records.topic());
        token = serving.json(path + "?page_size=10")
                .get("meta")
                .get("next_page_token")
                .textValue();
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @Test
    void theSameTokenAtTheSameTimeGivesTheSameBytesAndTag() {
        List<HttpResponse<String>> answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> serving.get(path + "?page_token=" + token)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.get(0).body());
        assertThat(answers).extracting(CachingIT::tag).containsOnly(tag(answers.get(0)));
        assertThat(tag(answers.get(0))).matches("W/\"[A-Za-z0-9_-]+\"");
        assertThat(caching(answers.get(0))).isEqualTo("private, max-age=3600");
    }

    @Test
    void otherPagesHaveOtherTags() {
        String other = serving.json(path + "?page_token=" + token)
                .get("meta")
                .get("next_page_token")
                .textValue();

        assertThat(List.of(
                        "?page_token=" + token,
                        "?page_token=" + other,
                        "?page_token=" + token + "&page_size=20",
                        "?page_token=" + token + "&value_format=bytes"))
                .extracting(query -> tag(serving.get(path + query)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG", "STRONG", "*", "\"x\", TAG", "\"x\",TAG ,W/\"y\""})
    void whoHasAPageIsToldSoAndNothingIsRead(String known) {
        HttpResponse<String> page = serving.get(path + "?page_token=" + token);
        String read = pagesRead();

        HttpResponse<String> again = serving.get(
                path + "?page_token=" + token,
                "If-None-Match",
                known.replace("TAG", tag(page)).replace("STRONG", tag(page).substring(2)));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag(page));
        assertThat(caching(again)).isEqualTo(caching(page));
        assertThat(pagesRead()).isEqualTo(read);
    }

    @Test
    void whoHasAnotherPageIsGivenThisOne() {
        assertThat(serving.get(path + "?page_token=" + token, "If-None-Match", "W/\"x\"")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String pagesRead() {
        return serving.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("pagewalk_http_pages_total"))
                .findAny()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?page_size=10",
                "",
                "?page=1",
                "?key=a",
                "?page_token=TOKEN&format=ndjson",
                "?page_token=TOKEN&format=csv"
            })
    void whatDependsOnTheMomentIsNotKept(String query) {
        HttpResponse<String> answer = serving.get(path + query.replace("TOKEN", token));

        assertThat(caching(answer)).isEqualTo("no-store");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void aPageThatTheTimeHasCutIsNotKept() {
        try (Throttled throttled = Throttled.start("uncached")) {
            String first = throttled
                    .serving()
                    .json(throttled.path() + "?page_size=1")
                    .get("meta")
                    .get("next_page_token")
                    .textValue();

            HttpResponse<String> late = throttled
                    .serving()
                    .get(throttled.path() + "?page_size=5000&timeout=1&max_bytes=60000000&page_token=" + first);

            assertThat(Listed.page(late).get("meta").get("cut").textValue()).isEqualTo("time");
            assertThat(caching(late)).isEqualTo("no-store");
            assertThat(late.headers().firstValue("ETag")).isEmpty();
        }
    }

    @Test
    void whoHasAPageOfATopicThatWasCreatedAnewIsToldSo() {
        try (Records before = Records.filled("cachinganew", 30)) {
            String page = Serving.records(before.topic()) + "?page_token="
                    + serving.json(Serving.records(before.topic()) + "?page_size=10")
                            .get("meta")
                            .get("next_page_token")
                            .textValue();
            String known = tag(serving.get(page));
            Broker.recreate(before.topic(), 1);

            Eventually.isTrue(
                    "told within some seconds",
                    () -> serving.get(page, "If-None-Match", known).statusCode() == 410);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/records?page_size=10",
                "/records?page_token=TOKEN",
                "/records?page_size=10&format=ndjson",
                "/records?page_size=10&format=jsonl",
                "/records?page_size=10&format=csv",
                "/records?all=true",
                "/records?page_size=x",
                "/records/0/3",
                "/records/0/3/key",
                "/records/0/3/value",
                "/records/0/99",
                "",
                "/nothing"
            })
    void aHeadIsThatOfGet(String of) {
        String asked = "/api/v1/topics/" + records.topic() + of.replace("TOKEN", token);
        HttpResponse<String> get = serving.get(asked);

        HttpResponse<String> head = Serving.send(serving.request(asked).method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(headers(head)).isEqualTo(headers(get));
    }

    /** How a stream is sent is of its body. */
    private static Map<String, List<String>> headers(HttpResponse<String> answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers().map());
        headers.remove("Date");
        headers.remove("Transfer-Encoding");
        return headers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "application/x-ndjson | application/x-ndjson",
                "application/json;q=0.1, text/csv;q=0.2 | text/csv; charset=utf-8",
                "text/html, application/*;q=0.5 | application/json"
            })
    void isWrittenInWhatIsAcceptedMost(String accept, String type) {
        HttpResponse<String> answer = serving.get(path + "?page_size=3", "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.headers().firstValue("Vary").orElseThrow()).contains("Accept");
    }

    @Test
    void saysWhatThereIsWhereNothingIsAccepted() {
        HttpResponse<String> answer = serving.get(path + "?page_size=3", "Accept", "text/html, application/json;q=0");

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("application/x-ndjson", "application/jsonl", "text/csv");
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static String caching(HttpResponse<String> answer) {
        return answer.headers().firstValue("Cache-Control").orElseThrow();
    }
}
