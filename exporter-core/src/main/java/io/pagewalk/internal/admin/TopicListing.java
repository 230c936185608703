package io.pagewalk.internal.admin;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.listing.TopicSize;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.OffsetRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/** Which topics a cluster has, and how much is in them; asked of many topics at a time. Used by one thread. */
public final class TopicListing {
    /** What brokers answer about at once, and a client keeps in memory. */
    private static final int TOPICS_AT_ONCE = 500;
    /** What brokers say of a partition without records. */
    private static final long NO_TIMESTAMP = ListOffsetsResponse.UNKNOWN_TIMESTAMP;

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
        Map<String, Long> sizes = new HashMap<>();
        ask(topics, part -> {
            part.forEach(topic -> sizes.put(topic, 0L));
            ranges(describe(part).values())
                    .forEach((partition, range) -> sizes.merge(partition.topic(), range.size(), Long::sum));
        });
        return sizes;
    }

    /**
     * How much topics have now.
     *
     * @return by topic; without those of which that cannot be told, such as one that is gone, or may not be read
     */
    public Map<String, TopicSize> overview(Collection<String> topics) {
        Map<String, TopicSize> found = new HashMap<>();
        ask(topics, part -> {
            Map<String, TopicDescription> described = describe(part);
            Map<TopicPartition, OffsetRange> ranges = ranges(described.values());
            Map<TopicPartition, ListOffsetsResultInfo> newest = offsets(ranges.keySet(), OffsetSpec.maxTimestamp());
            described.values().forEach(topic -> found.put(topic.name(), size(topic, ranges, newest)));
        });
        return found;
    }

    private static TopicSize size(
            TopicDescription topic,
            Map<TopicPartition, OffsetRange> ranges,
            Map<TopicPartition, ListOffsetsResultInfo> newest) {
        long offsets = 0;
        long latest = NO_TIMESTAMP;
        for (TopicPartitionInfo info : topic.partitions()) {
            TopicPartition partition = new TopicPartition(topic.name(), info.partition());
            OffsetRange range = ranges.get(partition);
            ListOffsetsResultInfo last = newest.get(partition);
            offsets += range == null ? 0 : range.size();
            latest = Math.max(latest, last == null ? NO_TIMESTAMP : last.timestamp());
        }
        return new TopicSize(topic.partitions().size(), offsets, latest == NO_TIMESTAMP ? null : latest);
    }

    /**
     * The topics that are compacted, have one partition and are not empty.
     *
     * @return where their partition begins and ends now; without those of which that cannot be told
     */
    public Map<String, OffsetRange> compacted(Collection<String> topics) {
        Map<String, OffsetRange> found = new HashMap<>();
        ask(topics, part -> {
            List<TopicDescription> single = describe(part).values().stream()
                    .filter(topic -> topic.partitions().size() == 1)
                    .toList();
            Set<String> compacted = compactedOf(single);
            ranges(single.stream()
                            .filter(topic -> compacted.contains(topic.name()))
                            .toList())
                    .forEach((partition, range) -> {
                        if (!range.isEmpty()) {
                            found.put(partition.topic(), range);
                        }
                    });
        });
        return found;
    }

    private interface Question {
        void ask(List<String> topics) throws ExecutionException;
    }

    private void ask(Collection<String> topics, Question question) {
        List<String> all = List.copyOf(topics);
        for (int i = 0; i < all.size(); i += TOPICS_AT_ONCE) {
            askAbout(all.subList(i, Math.min(all.size(), i + TOPICS_AT_ONCE)), question);
        }
    }

    /** One topic that cannot be asked about makes the answer fail for all; then each is asked about alone. */
    private void askAbout(List<String> topics, Question question) {
        try {
            question.ask(topics);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw KafkaFailures.translate(e, "cannot ask about " + topics.size() + " topics", settings);
            }
            if (topics.size() > 1) {
                int half = topics.size() / 2;
                askAbout(topics.subList(0, half), question);
                askAbout(topics.subList(half, topics.size()), question);
            }
        }
    }

    private Map<String, TopicDescription> describe(List<String> topics) throws ExecutionException {
        return admin.ask(
                "to describe " + topics.size() + " topics",
                client -> client.describeTopics(topics).allTopicNames());
    }

    private Set<String> compactedOf(List<TopicDescription> topics) throws ExecutionException {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Set<String> compacted = new HashSet<>();
        admin.ask(
                        "to read the configuration of " + topics.size() + " topics",
                        client -> client.describeConfigs(resources).all())
                .forEach((topic, config) -> {
                    if (TopicQuestions.compaction(config) == Compaction.YES) {
                        compacted.add(topic.name());
                    }
                });
        return compacted;
    }

    private Map<TopicPartition, OffsetRange> ranges(Collection<TopicDescription> topics) throws ExecutionException {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
        offsets(partitions, OffsetSpec.latest()).forEach((partition, end) -> {
            ListOffsetsResultInfo start = starts.get(partition);
            long first = start == null ? end.offset() : start.offset();
            ranges.put(partition, new OffsetRange(first, Math.max(first, end.offset())));
        });
        return ranges;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Collection<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, spec));
        return admin.ask(
                "to list the offsets of " + partitions.size() + " partitions",
                client -> client.listOffsets(specs, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all());
    }
}
