package io.pagewalk.internal.admin;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.model.ListedTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Which topics a cluster has, and how much is in them; asked of many topics at a time. Used by one thread. */
public final class TopicListing {
    /** What brokers answer about at once, and a client keeps in memory. */
    private static final int TOPICS_AT_ONCE = 500;

    private final AdminCalls admin;
    private final KafkaSettings settings;

    public TopicListing(AdminCalls admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /** All topics that the settings' user may see, in no order. */
    public List<ListedTopic> topics() {
        try {
            return admin
                    .ask(
                            "to list the topics",
                            client -> client.listTopics(new ListTopicsOptions().listInternal(true))
                                    .listings())
                    .stream()
                    .map(listing -> new ListedTopic(listing.name(), listing.isInternal()))
                    .toList();
        } catch (ExecutionException e) {
            throw KafkaFailures.translate(e, "cannot list the topics", settings);
        }
    }

    /**
     * How many offsets lie between the log start offsets and the ends of topics now.
     *
     * @return by topic; without those of which that cannot be told, such as one that is gone, or may not be read
     */
    public Map<String, Long> sizes(Collection<String> topics) {
        List<String> all = List.copyOf(topics);
        Map<String, Long> sizes = new HashMap<>();
        for (int i = 0; i < all.size(); i += TOPICS_AT_ONCE) {
            addSizes(all.subList(i, Math.min(all.size(), i + TOPICS_AT_ONCE)), sizes);
        }
        return sizes;
    }

    /** One topic that cannot be asked about makes the answer fail for all; then each is asked about alone. */
    private void addSizes(List<String> topics, Map<String, Long> sizes) {
        try {
            sizes.putAll(sizesOf(topics));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw KafkaFailures.translate(e, "cannot list the offsets of " + topics.size() + " topics", settings);
            }
            if (topics.size() > 1) {
                int half = topics.size() / 2;
                addSizes(topics.subList(0, half), sizes);
                addSizes(topics.subList(half, topics.size()), sizes);
            }
        }
    }

    private Map<String, Long> sizesOf(List<String> topics) throws ExecutionException {
        Map<String, TopicDescription> described = admin.ask(
                "to describe " + topics.size() + " topics",
                client -> client.describeTopics(topics).allTopicNames());
        List<TopicPartition> partitions = new ArrayList<>();
        described.forEach((topic, description) -> description
                .partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        Map<String, Long> sizes = new HashMap<>();
        topics.forEach(topic -> sizes.put(topic, 0L));
        ends.forEach((partition, end) -> {
            ListOffsetsResultInfo start = starts.get(partition);
            long size = start == null ? 0 : Math.max(0, end.offset() - start.offset());
            sizes.merge(partition.topic(), size, Long::sum);
        });
        return sizes;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, spec));
        return admin.ask(
                "to list the offsets of " + partitions.size() + " partitions",
                client -> client.listOffsets(specs, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all());
    }
}
