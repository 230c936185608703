package io.pagewalk.kafka;

import io.pagewalk.error.StoppedException;
import io.pagewalk.run.StopSignal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** The few questions to a cluster that an export asks, answered or failed within the retry timeout, or at a stop. */
final class AdminCalls implements AutoCloseable {
    private static final long STOP_CHECK_MS = 100;

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Admin admin;

    AdminCalls(KafkaSettings settings, StopSignal stop) {
        this.settings = settings;
        this.stop = stop;
        try {
            this.admin = Admin.create(settings.adminConfig());
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot connect to " + settings.bootstrapServers(), settings);
        }
    }

    String clusterId() {
        return await(admin.describeCluster().clusterId(), "cannot describe the cluster");
    }

    TopicDescription describe(String topic) {
        Map<String, TopicDescription> described =
                await(admin.describeTopics(List.of(topic)).allTopicNames(), "cannot describe topic " + topic);
        return Objects.requireNonNull(described.get(topic));
    }

    /** Whether the topic's cleanup policy compacts; false also where its configuration may not be read. */
    boolean isCompacted(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<ConfigResource, Config> configs =
                    awaitRaw(admin.describeConfigs(List.of(resource)).all());
            return compacts(Objects.requireNonNull(configs.get(resource)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw KafkaFailures.translate(e, "cannot read the configuration of topic " + topic, settings);
        }
    }

    private static boolean compacts(Config config) {
        ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        return policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    /** The offset of every partition that {@code spec} names; -1 where a timestamp has no record at or behind it. */
    Map<Integer, Long> offsets(
            String topic, Collection<Integer> partitions, OffsetSpec spec, IsolationLevel isolationLevel) {
        Map<Integer, Long> offsets = new HashMap<>();
        list(topic, partitions, spec, isolationLevel)
                .forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(
            String topic, Collection<Integer> partitions, OffsetSpec spec, IsolationLevel isolationLevel) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        for (int partition : partitions) {
            specs.put(new TopicPartition(topic, partition), spec);
        }
        return await(
                admin.listOffsets(specs, new ListOffsetsOptions(isolationLevel)).all(),
                "cannot list the offsets of topic " + topic);
    }

    /**
     * Where every partition ends, and the epoch of the leader that said so.
     *
     * @return by partition
     */
    Map<Integer, End> ends(String topic, Collection<Integer> partitions, IsolationLevel isolationLevel) {
        Map<Integer, End> ends = new HashMap<>();
        list(topic, partitions, OffsetSpec.latest(), isolationLevel)
                .forEach((partition, info) ->
                        ends.put(partition.partition(), new End(info.offset(), info.leaderEpoch())));
        return ends;
    }

    /** The end of a partition; the leader epoch is empty where the broker told none. */
    record End(long offset, Optional<Integer> leaderEpoch) {}

    private <T> T await(KafkaFuture<T> future, String doing) {
        try {
            return awaitRaw(future);
        } catch (ExecutionException e) {
            throw KafkaFailures.translate(e, doing, settings);
        }
    }

    private <T> T awaitRaw(KafkaFuture<T> future) throws ExecutionException {
        while (true) {
            if (stop.isRequested()) {
                throw new StoppedException("stopped on request");
            }
            try {
                return future.get(STOP_CHECK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // The client itself gives up at the retry timeout.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
