package io.pagewalk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.it.fixture.OpenedLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Which topics may hold a log, and how one is created. */
class KafkaLogTopicIT {
    private final String exportId = KafkaLogs.newExport();

    @Test
    void isCreatedWithSettingsThatKeepEverything() throws IOException {
        String topic = "created-" + exportId;
        try (OpenedLog store = KafkaLogs.open(topic, exportId)) {
            store.requireRoom(1000);
        }

        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = Broker.call(
                        admin -> admin.describeConfigs(List.of(resource)).all())
                .get(resource);
        assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config.get("max.message.bytes").value()).isEqualTo("8388608");
        assertThat(config.get("unclean.leader.election.enable").value()).isEqualTo("false");
        assertThat(Broker.call(admin -> admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic)
                        .partitions())
                .hasSize(1);
    }

    @Test
    void isCreatedLargeEnoughForTheLargestEntry() throws IOException {
        byte[] entry = new byte[12 * 1024 * 1024];
        new Random(1).nextBytes(entry);
        try (OpenedLog store = KafkaLogs.open("large-" + exportId, exportId)) {
            store.requireRoom(entry.length);
            store.append(0, entry);

            assertThat(store.read(0)).isEqualTo(entry);
        }
    }

    @Test
    void isRefusedIfItWouldForgetEntries() {
        assertRefused(Broker.topic("deleting", 1, Map.of("cleanup.policy", "delete")), 1000, "cleanup.policy=delete");
        assertRefused(
                Broker.topic("deleting-too", 1, Map.of("cleanup.policy", "compact,delete")),
                1000,
                "cleanup.policy=compact,delete");
    }

    @Test
    void isRefusedIfItHasPartitionsToLookThrough() {
        assertRefused(Broker.topic("wide", 3, Map.of("cleanup.policy", "compact")), 1000, "it has 3 partitions");
    }

    @Test
    void isRefusedIfItDoesNotTakeTheLargestEntry() throws IOException {
        String topic = Broker.topic("small", 1, Map.of("cleanup.policy", "compact", "max.message.bytes", "50000"));

        assertRefused(topic, 60_000, "it takes 50000; set its max.message.bytes to 61024 or more");

        byte[] largest = new byte[50_000 - 1024];
        new Random(2).nextBytes(largest);
        try (OpenedLog store = KafkaLogs.open(topic, exportId)) {
            store.requireRoom(largest.length);
            store.append(0, largest);
            assertThat(store.read(0)).isEqualTo(largest);
        }
    }

    @Test
    void isRefusedIfNoTopicTakesTheLargestEntry() {
        assertRefused("never-created", 100L * 1024 * 1024, "too many for a Kafka topic");
    }

    private void assertRefused(String topic, long bytes, String reason) {
        try (OpenedLog store = KafkaLogs.open(topic, exportId)) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> store.requireRoom(bytes))
                    .withMessageContaining(reason);
        }
    }
}
