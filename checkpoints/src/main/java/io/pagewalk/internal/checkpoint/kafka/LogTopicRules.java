package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** What a topic has to be like to keep a log: what is asked of one that is there, and what one is created with. */
final class LogTopicRules {
    /** Takes the entries of 10,000 partitions, and is no more than managed clusters allow. */
    private static final long USUAL_MESSAGE_BYTES = 8L * 1024 * 1024;
    /** What brokers take as one request is 100 MiB, unless they are told otherwise. */
    static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;

    private static final int MOST_REPLICAS = 3;

    private final String topic;

    LogTopicRules(String topic) {
        this.topic = topic;
    }

    /**
     * What the topic is created with.
     *
     * @param brokers how many there are
     */
    NewTopic creation(int brokers, long messageBytes) {
        short replicas = (short) Math.min(MOST_REPLICAS, brokers);
        Map<String, String> configs = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Long.toString(messageBytes),
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                replicas == MOST_REPLICAS ? "2" : "1");
        return new NewTopic(topic, 1, replicas).configs(configs);
    }

    /** How large an entry a new topic takes at least, in bytes. */
    static long messageBytes(long largestEntry) {
        return Math.max(USUAL_MESSAGE_BYTES, largestEntry);
    }

    /**
     * Checks that no topic is asked for that takes more than brokers do.
     *
     * @param recordBytes the largest record to be expected
     */
    static void requirePossible(long recordBytes) {
        if (recordBytes > MOST_MESSAGE_BYTES) {
            throw new UsageException(
                    "a checkpoint may come to " + recordBytes + " bytes, too many for a Kafka topic; keep"
                            + " the checkpoints elsewhere, or make them smaller",
                    Advice.MAKE_CHECKPOINTS_SMALLER);
        }
    }

    /**
     * Checks a topic that is there.
     *
     * @throws UsageException if it would lose entries, or does not take records of that size
     */
    void require(TopicDescription found, Config config, long recordBytes) {
        requireKeepingEntries(found, config);
        requireRoom(recordBytes, Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
    }

    private void requireKeepingEntries(TopicDescription found, Config config) {
        int partitions = found.partitions().size();
        if (partitions != 1) {
            throw refused("it has " + partitions + " partitions, and a log needs a topic of one");
        }
        String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (Arrays.asList(policy.split(",", -1)).contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            throw refused("with " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy
                    + " it loses entries in time; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        boolean replicated = found.partitions().get(0).replicas().size() > 1;
        if (replicated && Boolean.parseBoolean(value(config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            throw refused("with " + TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG
                    + "=true it can lose its last entries; set it to false");
        }
    }

    private void requireRoom(long needed, long taken) {
        if (taken < needed) {
            throw refused(
                    "a checkpoint may come to " + needed + " bytes, and it takes " + taken + "; set its "
                            + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " to " + needed + " or more",
                    Advice.MAKE_CHECKPOINTS_SMALLER);
        }
    }

    private UsageException refused(String reason) {
        return refused(reason, Advice.NONE);
    }

    private UsageException refused(String reason, Advice advice) {
        return new UsageException("topic " + topic + " cannot hold checkpoints: " + reason, advice);
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? "" : Objects.toString(entry.value(), "");
    }
}
