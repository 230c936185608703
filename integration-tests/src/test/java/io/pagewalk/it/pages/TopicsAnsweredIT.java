package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.it.fixture.Serving;
import org.junit.jupiter.api.Test;

/** What is told of topics. */
class TopicsAnsweredIT {
    @Test
    void showsTopics() {
        String topic = Broker.topic("httptopic", 3);
        try (Serving serving = Serving.start()) {
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

    @Test
    void tellsHowMuchTopicsHaveAndOfWhen() {
        String empty = Broker.topic("httpsizes", 2);
        try (Records records = Records.filled("httpsizes", 5, 0, 7);
                Serving serving = Serving.start()) {
            Broker.deleteRecords(records.topic(), 0, 2);

            JsonNode topics = serving.json("/api/v1/topics");

            assertThat(of(records.topic(), topics))
                    .hasToString(
                            "{\"topic\":\"" + records.topic() + "\",\"internal\":false,\"partitions\":3,\"offsets\":10,"
                                    + "\"newest\":" + (Records.FIRST_TIMESTAMP + 11_000) + "}");
            assertThat(of(empty, topics))
                    .hasToString("{\"topic\":\"" + empty
                            + "\",\"internal\":false,\"partitions\":2,\"offsets\":0,\"newest\":null}");
        }
    }

    private static JsonNode of(String topic, JsonNode topics) {
        for (JsonNode each : topics.get("topics")) {
            if (each.get("topic").textValue().equals(topic)) {
                return each;
            }
        }
        throw new AssertionError(topic + " is not among " + topics);
    }

    @Test
    void tellsHowMuchIsNewerThanAListing() {
        try (Records records = Records.filled("httpnewer", 5, 7);
                Serving serving = Serving.start()) {
            String path = "/api/v1/topics/" + records.topic();
            String token = serving.json(path + "/records?page_size=3")
                    .at("/meta/page_token")
                    .textValue();
            assertThat(serving.json(path + "/newer?page_token=" + token)).hasToString("{\"offsets\":0}");

            records.send(0, 2).send(1, 3).flush();

            assertThat(serving.json(path + "/newer?page_token=" + token)).hasToString("{\"offsets\":5}");
            serving.refused(400, path + "/newer");
            serving.refused(400, "/api/v1/topics/another/newer?page_token=" + token);
        }
    }

    @Test
    void nothingIsNewerThanAListingOfATopicThatWasJustMadeAnew() {
        try (Records records = Records.filled("httpanew", 5);
                Serving serving = Serving.start()) {
            String path = "/api/v1/topics/" + records.topic();
            String token = serving.json(path + "/records?page_size=3")
                    .at("/meta/page_token")
                    .textValue();
            assertThat(serving.json(path + "/newer?page_token=" + token)).hasToString("{\"offsets\":0}");

            Broker.recreate(records.topic(), 1);

            serving.refused(410, path + "/newer?page_token=" + token);
        }
    }

    @Test
    void aPageOfAWalkEndsAfterSoManyOffsets() {
        try (Records records = Records.filled("httpoffsets", 5, 7);
                Serving serving = Serving.start()) {
            String path = Serving.records(records.topic());

            JsonNode page = serving.json(path + "?page_size=100&skip=2&max_offsets=4");

            assertThat(page.get("records")).hasSize(4);
            assertThat(page.at("/meta/remaining").intValue()).isEqualTo(6);
            assertThat(serving.json(path + page.at("/meta/next_page").textValue())
                            .get("records"))
                    .hasSize(4);
        }
    }
}
