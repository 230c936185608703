package io.pagewalk.internal.admin;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.model.Compaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** Questions about single topics. Used by one thread. */
public final class TopicQuestions {
    private final AdminCalls calls;

    public TopicQuestions(AdminCalls calls) {
        this.calls = calls;
    }

    /** The id of the cluster. */
    public String clusterId() {
        return calls.clusterId();
    }

    /** What a topic is. */
    public TopicDescription describe(String topic) {
        return calls.await(client -> described(client, topic), "cannot describe topic " + topic);
    }

    private static KafkaFuture<TopicDescription> described(Admin client, String topic) {
        return Objects.requireNonNull(
                client.describeTopics(List.of(topic)).topicNameValues().get(topic));
    }

    /** Whether the topic's cleanup policy compacts; unknown where its configuration may not be read. */
    public Compaction compaction(String topic) {
        return configuration(topic).map(TopicQuestions::compaction).orElse(Compaction.UNKNOWN);
    }

    /** What a topic is set to, by itself or by the brokers; empty where that may not be read. */
    public Optional<Config> configuration(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<ConfigResource, Config> configs = calls.ask(
                    "to read the configuration of topic " + topic,
                    client -> client.describeConfigs(List.of(resource)).all());
            return Optional.of(Objects.requireNonNull(configs.get(resource)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw KafkaFailures.translate(e, "cannot read the configuration of topic " + topic, calls.settings());
        }
    }

    /** Likewise, of a configuration that was read. */
    public static Compaction compaction(Config config) {
        ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy == null || policy.value() == null) {
            return Compaction.UNKNOWN;
        }
        return policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT) ? Compaction.YES : Compaction.NO;
    }

    /** The offset of every partition that {@code spec} names; -1 where a timestamp has no record at or after it. */
    public Map<Integer, Long> offsets(
            String topic, Collection<Integer> partitions, OffsetSpec spec, IsolationLevel isolationLevel) {
        return offsets(calls.await(
                client -> list(client, topic, partitions, spec, isolationLevel),
                "cannot list the offsets of topic " + topic));
    }

    /**
     * Where every partition begins and ends; each is of another moment. They are asked for one after the other: where brokers hold
     * requests back for a quota, each answer has the retry timeout for itself.
     */
    public Bounds bounds(String topic, Collection<Integer> partitions) {
        return new Bounds(
                offsets(topic, partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED),
                ends(topic, partitions, IsolationLevel.READ_UNCOMMITTED),
                ends(topic, partitions, IsolationLevel.READ_COMMITTED));
    }

    /**
     * Where partitions begin and end.
     *
     * @param starts the log start offsets
     * @param highWatermarks where the logs end
     * @param lastStable where the first unfinished transaction begins, or else the log ends
     */
    public record Bounds(Map<Integer, Long> starts, Map<Integer, End> highWatermarks, Map<Integer, End> lastStable) {
        /** Those that readers of that isolation level come to. */
        public Map<Integer, End> ends(IsolationLevel isolationLevel) {
            return isolationLevel == IsolationLevel.READ_COMMITTED ? lastStable : highWatermarks;
        }
    }

    /**
     * Where every partition ends, and the epoch of the leader that said so.
     *
     * @return by partition
     */
    public Map<Integer, End> ends(String topic, Collection<Integer> partitions, IsolationLevel isolationLevel) {
        return ends(calls.await(
                client -> list(client, topic, partitions, OffsetSpec.latest(), isolationLevel),
                "cannot list the offsets of topic " + topic));
    }

    private static KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> list(
            Admin client,
            String topic,
            Collection<Integer> partitions,
            OffsetSpec spec,
            IsolationLevel isolationLevel) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        for (int partition : partitions) {
            specs.put(new TopicPartition(topic, partition), spec);
        }
        return client.listOffsets(specs, new ListOffsetsOptions(isolationLevel)).all();
    }

    private static Map<Integer, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> listed) {
        Map<Integer, Long> offsets = new HashMap<>();
        listed.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    private static Map<Integer, End> ends(Map<TopicPartition, ListOffsetsResultInfo> listed) {
        Map<Integer, End> ends = new HashMap<>();
        listed.forEach(
                (partition, info) -> ends.put(partition.partition(), new End(info.offset(), info.leaderEpoch())));
        return ends;
    }

    /** The end of a partition; the leader epoch is empty where the broker told none. */
    public record End(long offset, Optional<Integer> leaderEpoch) {}
}
