package io.pagewalk.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.Output;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import io.pagewalk.it.http.RawHttp.Reply;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests at random: nobody is told of a fault of the server's, and nobody waits for ever. */
@Timeout(120)
class FuzzIT {
    private static final int REQUESTS = LongTests.count(300, 1_000);

    private static Serving serving;
    private static Records records;
    private static String token;
    private static String ticket;

    @BeforeAll
    static void start() {
        serving = Serving.start();
        records = Records.filled("fuzzed", 5, 0, 40);
        JsonNode meta =
                serving.json(Serving.records(records.topic()) + "?page_size=7").get("meta");
        token = meta.get("next_page_token").textValue();
        ticket = Output.json(serving.post("/api/v1/tickets", "link", Serving.records(records.topic()) + "?format=csv")
                        .body())
                .get("link")
                .textValue();
    }

    @AfterAll
    static void stop() {
        records.close();
        serving.close();
    }

    @Test
    void nothingIsAFaultOfTheServers() throws Exception {
        long seed = System.nanoTime();
        RequestMaker requests = new RequestMaker(new Random(seed), records.topic(), token, ticket);
        int good = 0;
        for (int i = 0; i < REQUESTS; i++) {
            String request = requests.next();
            Reply reply;
            try {
                reply = RawHttp.send(serving.port(), request);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + request, e);
            }
            assertAnswered(reply, "seed " + seed + ": " + request);
            good += reply.status() == 200 ? 1 : 0;
        }

        assertThat(good).as("requests that were good all the same").isBetween(REQUESTS / 50, REQUESTS / 2);
        assertThat(serving.get("/metrics").body())
                .contains("pagewalk_http_busy_readers 0.0", "pagewalk_http_streams 0.0");
        assertThat(serving.json(Serving.records(records.topic())).get("records"))
                .hasSize(45);
    }

    private static void assertAnswered(Reply reply, String request) {
        // A page of a deadline of a second may be late on a busy machine, which is said with a status of its own.
        assertThat(reply.status())
                .as("%s: %s", request, reply)
                .satisfiesAnyOf(
                        status -> assertThat(status).isIn(List.of(0, 200, 204, 304, 501, 504, 505)),
                        status -> assertThat(status).isBetween(400, 499));
        if (reply.status() >= 400 && !request.contains(": HEAD ")) {
            assertThat(reply.header("Content-Type")).as(request).containsExactly("application/problem+json");
            JsonNode problem = Output.json(reply.body());
            assertThat(problem.get("status").intValue()).as(request).isEqualTo(reply.status());
            assertThat(problem.get("detail").textValue())
                    .as(request)
                    .isNotBlank()
                    .hasLineCount(1)
                    .doesNotContain("unexpected", "Exception", "null");
        }
    }
}
