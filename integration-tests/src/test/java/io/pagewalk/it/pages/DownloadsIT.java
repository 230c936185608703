package io.pagewalk.it.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.DuckDb;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a browser downloads by a signed link. */
class DownloadsIT {
    private static Serving serving;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        serving = Serving.start();
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    @Test
    void aDatabaseReadsCsvWhateverIsInIt() throws Exception {
        String[] values = {
            "plain",
            "",
            null,
            "a \"quoted\" word",
            "\"",
            "one\r\ntwo\nthree\r",
            "1,2;3\t4",
            "{\"a\": \"b\\n\", \"id\": 9007199254740993}",
            "ü 🎉 \u202e",
            " around ",
            "'"
        };
        try (Records records = Records.into(Broker.topic("csv", 1))) {
            for (String value : values) {
                records.send(
                        0,
                        value == null ? null : value.getBytes(UTF_8),
                        value == null ? null : value.getBytes(UTF_8),
                        Records.header("h", "x\"y".getBytes(UTF_8)));
            }
            records.flush();

            List<List<String>> rows = query(
                    records.topic(),
                    "SELECT key, value, valueSize, headers, \"offset\" FROM FILE ORDER BY \"offset\"::BIGINT");

            assertThat(rows).extracting(row -> row.get(0)).containsExactly(values);
            assertThat(rows).extracting(row -> row.get(1)).containsExactly(values);
            assertThat(rows.get(6).get(2)).isEqualTo("7");
            assertThat(rows)
                    .extracting(row -> row.get(3))
                    .containsOnly("[{\"key\":\"h\",\"value\":\"x\\\"y\",\"valueFormat\":\"string\"}]");
        }
    }

    @Test
    void noCellIsAFormula() throws Exception {
        String[] values = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"};
        try (Records records = Records.into(Broker.topic("csvformulas", 1))) {
            for (String value : values) {
                records.send(0, value.getBytes(UTF_8), value.getBytes(UTF_8));
            }
            records.flush();

            List<List<String>> rows = query(records.topic(), "SELECT key, value FROM FILE ORDER BY \"offset\"::BIGINT");

            List<List<String>> expected = new ArrayList<>();
            Arrays.stream(values).forEach(value -> expected.add(List.of("'" + value, "'" + value)));
            assertThat(rows).isEqualTo(expected);
        }
    }

    private List<List<String>> query(String topic, String sql) throws Exception {
        HttpResponse<String> answer = serving.get(
                Serving.records(topic) + "?all=true&value_format=string&key_format=string", "Accept", "text/csv");
        assertThat(answer.statusCode()).isEqualTo(200);
        Path file = dir.resolve("records.csv");
        Files.writeString(file, answer.body());
        return DuckDb.query(sql.replace(
                "FILE",
                "read_csv('" + file + "', header=true, all_varchar=true, delim=',', quote='\"', escape='\"',"
                        + " new_line='\\r\\n', allow_quoted_nulls=false)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/records?all=true&format=csv",
                "/records?all=true&format=jsonl&direction=desc",
                "/records?page_size=2",
                "/records",
                "/records/0/1",
                "/records/0/1/value"
            })
    void aSignedLinkNeedsNoSecret(String of) {
        try (Records records = Records.filled("tickets", 5)) {
            String link = "/api/v1/topics/" + records.topic() + of;

            JsonNode ticket = Listed.page(serving.post("/api/v1/tickets", "link", link));

            String signed = ticket.get("link").textValue();
            assertThat(signed).startsWith(link);
            assertThat(ticket.get("seconds").intValue()).isEqualTo(60);
            assertThat(withoutSecret(link)).isEqualTo(401);
            assertThat(withoutSecret(signed)).isEqualTo(200);
            assertThat(withoutSecret(signed.replace("/" + records.topic() + "/", "/other/")))
                    .isEqualTo(401);
            assertThat(withoutSecret(signed.replaceFirst("[?&]ticket=", "&partitions=0$0")))
                    .isEqualTo(401);
            assertThat(withoutSecret(signed + "&partitions=0")).isEqualTo(401);
            assertThat(withoutSecret(signed.substring(0, signed.length() - 1))).isEqualTo(401);
        }
    }

    @Test
    void aLinkThatWasReadByItsTicketIsTheSame() {
        try (Records records = Records.filled("ticketsame", 30)) {
            String link = Serving.records(records.topic()) + "?page_size=7&direction=desc";
            String signed = Listed.page(serving.post("/api/v1/tickets", "link", link))
                    .get("link")
                    .textValue();

            HttpResponse<String> read = Serving.send(anonymous(signed));

            assertThat(Listed.page(read)).isEqualTo(serving.json(link));
            assertThat(Listed.page(read).get("meta").get("next_page").textValue())
                    .doesNotContain("ticket");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/metrics",
                "/api/v1/topics",
                "/api/v1/topics/a",
                "https://evil.example/api/v1/topics/a/records",
                "/api/v1/topics/a/records?ticket=1.x",
                "/api/v1/topics/a/records?a=b c"
            })
    void nothingElseIsSigned(String link) {
        assertThat(serving.post("/api/v1/tickets", "link", link).statusCode()).isEqualTo(400);
    }

    @Test
    void onlyWhoKnowsTheSecretHasALinkSigned() {
        assertThat(Serving.send(anonymous("/api/v1/tickets")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("link=/api/v1/topics/a/records")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(serving.post("/api/v1/tickets", "link", "/api/v1/topics/a/records", "other", "1")
                        .statusCode())
                .isEqualTo(400);
    }

    private static int withoutSecret(String pathAndQuery) {
        return Serving.send(anonymous(pathAndQuery)).statusCode();
    }

    private static HttpRequest.Builder anonymous(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serving.port() + pathAndQuery));
    }
}
