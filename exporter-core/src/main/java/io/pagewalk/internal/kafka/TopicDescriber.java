package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.admin.TopicQuestions.Bounds;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.listing.TopicDetails;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/** Reads what a topic is, for people who look at it. */
final class TopicDescriber {
    private final TopicQuestions topics;

    TopicDescriber(TopicQuestions topics) {
        this.topics = topics;
    }

    TopicDetails describe(String topic) {
        TopicDescription description = topics.describe(topic);
        List<Integer> numbers = description.partitions().stream()
                .map(TopicPartitionInfo::partition)
                .toList();
        Bounds bounds = topics.bounds(topic, numbers);
        return new TopicDetails(
                topic,
                description.topicId(),
                description.isInternal(),
                description.partitions().stream()
                        .map(info -> partition(info, bounds))
                        .toList(),
                topics.configuration(topic).map(TopicDescriber::settings).orElse(null));
    }

    private static TopicDetails.Partition partition(TopicPartitionInfo info, Bounds bounds) {
        int partition = info.partition();
        return new TopicDetails.Partition(
                partition,
                leader(info),
                ids(info.replicas()),
                ids(info.isr()),
                bounds.starts().getOrDefault(partition, 0L),
                offset(bounds.lastStable(), partition),
                offset(bounds.highWatermarks(), partition));
    }

    private static @Nullable Integer leader(TopicPartitionInfo info) {
        Node leader = info.leader();
        return leader == null || leader.isEmpty() ? null : leader.id();
    }

    private static List<Integer> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    private static long offset(Map<Integer, End> ends, int partition) {
        End end = ends.get(partition);
        return end == null ? 0 : end.offset();
    }

    private static SortedMap<String, String> settings(Config config) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (!entry.isSensitive() && entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }
        return settings;
    }
}
