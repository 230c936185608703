package io.pagewalk.it.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagewalk.it.fixture.Broker;
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
}
