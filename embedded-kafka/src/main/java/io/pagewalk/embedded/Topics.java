package io.pagewalk.embedded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics. */
public final class Topics {
    private static final int LIMIT_SECONDS = 30;

    private Topics() {}

    /** Topic configuration with which a new record makes the cleaner run within about a second. */
    public static Map<String, String> compacted() {
        return Map.of(
                "cleanup.policy", "compact",
                "min.cleanable.dirty.ratio", "0.001",
                "segment.ms", "100",
                "max.compaction.lag.ms", "100",
                "delete.retention.ms", "0",
                "segment.bytes", "1048576");
    }

    /**
     * Creates a topic with the cluster's default replication factor and waits until all its partitions are served.
     *
     * @param configs topic settings; {@code retention.ms} is -1 (records stay, however old) unless given
     * @return the topic's id
     * @throws EmbeddedKafkaException if the topic exists or the cluster does not answer within half a minute
     */
    public static Uuid create(String bootstrapServers, String topic, int partitions, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(Map.of("retention.ms", "-1"));
        all.putAll(configs);
        NewTopic creation = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(all);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            CreateTopicsResult result = admin.createTopics(List.of(creation));
            Uuid id = result.topicId(topic).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            awaitLeaders(admin, topic, partitions);
            return id;
        } catch (ExecutionException | TimeoutException e) {
            throw new EmbeddedKafkaException("cannot create topic " + topic + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedKafkaException("interrupted while creating topic " + topic, e);
        }
    }

    /**
     * A producer that is faster than the brokers gets its first batch refused and the second one accepted, and then retries
     * the first for ever.
     */
    private static void awaitLeaders(Admin admin, String topic, int partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            try {
                // The client itself asks again where there is no leader yet, but not where the topic is not known yet.
                admin.listOffsets(ends).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }
}
