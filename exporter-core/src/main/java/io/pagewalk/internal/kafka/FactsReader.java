package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.model.Compaction;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.plan.TopicFacts.Retention;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Reads what a topic is set to. */
final class FactsReader {
    private final TopicQuestions topics;

    FactsReader(TopicQuestions topics) {
        this.topics = topics;
    }

    TopicFacts read(TopicDescription description) {
        List<TopicPartitionInfo> partitions = description.partitions();
        int replicas = partitions.isEmpty() ? 0 : partitions.get(0).replicas().size();
        Optional<Config> configuration = topics.configuration(description.name());
        Map<String, String> own = configuration
                .map(config -> config.entries().stream()
                        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                        .collect(Collectors.toMap(ConfigEntry::name, entry -> String.valueOf(entry.value()))))
                .orElse(null);
        return new TopicFacts(
                partitions.size(),
                replicas,
                own,
                configuration.map(TopicQuestions::compaction).orElse(Compaction.UNKNOWN),
                configuration
                        .map(FactsReader::retention)
                        .orElseGet(() -> new Retention(Retention.UNKNOWN, Retention.UNKNOWN)),
                null);
    }

    /** The bytes that a batch of the topic's may have; empty where that may not be read. */
    OptionalLong maxMessageBytes(String topic) {
        return topics.configuration(topic)
                .map(config -> number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .filter(bytes -> bytes != Retention.UNKNOWN)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** A topic that only compacts lets go of no record for its age. */
    private static Retention retention(Config config) {
        ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy != null && policy.value() != null && !policy.value().contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return new Retention(Retention.UNLIMITED, Retention.UNLIMITED);
        }
        return new Retention(
                number(config, TopicConfig.RETENTION_MS_CONFIG), number(config, TopicConfig.RETENTION_BYTES_CONFIG));
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? Retention.UNKNOWN : Long.parseLong(entry.value());
    }
}
