package io.pagewalk.it.pages;

import static io.pagewalk.it.pages.Listed.assertEachOnce;
import static io.pagewalk.it.pages.Listed.lines;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.pages.Listed.Place;
import io.pagewalk.it.pages.Listed.Streamed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are sent while others are read. */
class StreamsIT {
    private static final String NDJSON = "&format=ndjson";

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
    @ValueSource(
            strings = {
                "page_size=10",
                "page_size=100",
                "max_results=10",
                "page=2&per_page=10",
                "key=key-1",
                "page_size=10&order=time"
            })
    void aPageIsTheSameInLinesAsInADocument(String query) {
        try (Records records = Records.filled("streampage", 12, 0, 13)) {
            String path = Serving.records(records.topic()) + "?" + query;
            JsonNode document = serving.json(path);

            List<JsonNode> lines = lines(serving.get(path, "Accept", "application/x-ndjson"));

            assertThat(names(lines)).startsWith("phase").endsWith("done");
            assertThat(names(lines.subList(1, lines.size() - 1))).allMatch("data"::equals);
            assertThat(lines.stream().filter(line -> line.has("data")).map(line -> line.get("data")))
                    .isEqualTo(Listed.records(document));
            assertThat(withoutTokens(lines.get(lines.size() - 1).get("done")))
                    .isEqualTo(withoutTokens(document.get("meta")));
        }
    }

    private static List<String> names(List<JsonNode> lines) {
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(1));
        return lines.stream()
                .map(line -> line.fieldNames().next())
                .filter(name -> !name.equals("progress"))
                .toList();
    }

    /** The next query has the format that was asked for. */
    private static JsonNode withoutTokens(JsonNode meta) {
        return ((ObjectNode) meta.deepCopy()).without("next_page");
    }

    @ParameterizedTest
    @CsvSource({"asc, rounds", "desc, rounds", "asc, time", "desc, time"})
    void aWholeTopicIsOneStream(String direction, String order) {
        try (Records records = Records.filled("streamall", 300, 0, 7, 90)) {
            List<Streamed> pages =
                    Listed.all(serving, records.topic(), "?page_size=50&direction=" + direction + "&order=" + order);

            assertEachOnce(places(pages), records.rows(), direction);
            assertThat(pages)
                    .hasSize(8)
                    .extracting(page -> page.meta().get("total").intValue())
                    .containsOnly(397);
            assertThat(pages.get(7).meta().get("next_page_token").isNull()).isTrue();
            assertThat(pages.get(6).meta().get("next_page_token").isTextual()).isTrue();
        }
    }

    private static List<Place> places(List<Streamed> pages) {
        return pages.stream()
                .flatMap(page -> page.records().stream().map(Listed::place))
                .toList();
    }

    /** A client keeps what came before the last page line that it has, and goes on with its token. */
    @ParameterizedTest
    @ValueSource(strings = {"asc", "desc"})
    void aDownloadThatWasCutGoesOnFromItsLastPage(String direction) throws Exception {
        try (Records records = Records.filled("streamcut", 400, 30)) {
            List<Place> kept = new ArrayList<>();
            String token = null;
            try (BufferedReader stream = open(records.topic(), "?page_size=20&all=true&direction=" + direction)) {
                List<Place> page = new ArrayList<>();
                for (int pages = 0; pages < 3; ) {
                    JsonNode line = Output.json(stream.readLine());
                    if (line.has("data")) {
                        page.add(Listed.place(line.get("data")));
                    } else if (line.has("page")) {
                        kept.addAll(page);
                        page.clear();
                        token = line.get("page").get("next_page_token").textValue();
                        pages++;
                    }
                }
            }

            List<Streamed> rest = Listed.all(serving, records.topic(), "?page_size=77&seek=" + token);

            kept.addAll(places(rest));
            assertEachOnce(kept, records.rows(), direction);
            assertThat(rest.get(0).meta().get("total").intValue()).isEqualTo(430);
        }
    }

    @Test
    @LongTest
    void aTopicThatIsCreatedAnewMeanwhileEndsAStreamWithoutItsEnd() throws Exception {
        try (Records records = Records.into(Broker.topic("streamanew", 1))) {
            for (int i = 0; i < 4000; i++) {
                records.send(0, null, new byte[10_000]);
            }
            records.flush();
            List<String> names = new ArrayList<>();
            JsonNode last = null;

            try (BufferedReader stream = open(records.topic(), "?page_size=100&all=true&value_format=bytes")) {
                while (!names.contains("page")) {
                    names.add(Output.json(stream.readLine()).fieldNames().next());
                }
                Broker.recreate(records.topic(), 1);
                while (last == null) {
                    JsonNode line = Output.json(stream.readLine());
                    names.add(line.fieldNames().next());
                    last = line.get("error");
                }
                assertThatThrownBy(() -> assertThat(stream.readLine())
                                .as("a line behind the error")
                                .isNotNull())
                        .isInstanceOf(IOException.class);
            }

            assertThat(last.get("status").intValue()).isEqualTo(410);
            assertThat(last.get("detail").textValue()).contains(records.topic());
            assertThat(names).doesNotContain("done").contains("data");
            assertThat(names.indexOf("error")).isEqualTo(names.size() - 1);
        }
    }

    @Test
    void whatIsWrongFromTheBeginningHasAStatus() {
        try (Records records = Records.filled("streambad", 10)) {
            String path = Serving.records(records.topic());
            String token = serving.json(path + "?page_size=3")
                    .get("meta")
                    .get("next_page_token")
                    .textValue();
            Broker.deleteRecords(records.topic(), 0, 5);

            serving.refused(400, path + "?page_size=x" + NDJSON);
            serving.refused(404, Serving.records("streamnone") + "?page_size=3" + NDJSON);
            JsonNode lost = serving.refused(410, path + "?page_token=" + token + NDJSON);
            assertThat(lost.get("lostStart").intValue()).isEqualTo(3);
            assertThat(lost.get("lostEnd").intValue()).isEqualTo(5);
        }
    }

    /** A record that cannot be shown so is told where it stands: the answer has begun. */
    @Test
    void aRecordThatContradictsItsFormatEndsTheStreamThere() {
        try (Records records = Records.into(Broker.topic("streamformat", 1))) {
            records.send(0, null, "{}".getBytes(UTF_8))
                    .send(0, null, "no JSON".getBytes(UTF_8))
                    .flush();
            String path = Serving.records(records.topic()) + "?page_size=5&value_format=json";

            assertThat(serving.refused(422, path).get("detail").textValue()).contains("offset 1");
            assertThatThrownBy(() -> serving.get(path + NDJSON)).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> serving.get(path + "&format=jsonl")).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> serving.get(path + "&format=csv")).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void jsonlIsARecordALine() {
        try (Records records = Records.filled("streamjsonl", 120, 5)) {
            String path = Serving.records(records.topic());

            HttpResponse<String> answer = serving.get(path + "?all=true", "Accept", "application/jsonl");

            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/jsonl");
            assertThat(lines(answer)).isEqualTo(Listed.records(serving.json(path + "?page_size=1000")));
        }
    }

    /** Not with the newer client of the JDK, which throws away what it has once it sees that the end is missing. */
    private static BufferedReader open(String topic, String query) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + serving.port() + Serving.records(topic) + query + NDJSON)
                        .toURL()
                        .openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + Serving.SECRET);
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
    }
}
