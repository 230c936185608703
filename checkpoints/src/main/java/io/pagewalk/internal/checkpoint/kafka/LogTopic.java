package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.kafka.AdminCalls;
import io.pagewalk.internal.kafka.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The topic that holds logs. It has one partition, so that a log has one end and is read in the order in which it was
 * written. A topic whose settings would lose entries is refused; how well one is replicated is left to those who created it.
 */
final class LogTopic implements AutoCloseable {
    private static final String READ = "READ and DESCRIBE";
    private static final String CREATE = "CREATE, DESCRIBE and DESCRIBE_CONFIGS";

    /** Takes the entries of 10,000 partitions, and is no more than managed clusters allow. */
    private static final long USUAL_MESSAGE_BYTES = 8L * 1024 * 1024;
    /** What brokers take as one request is 100 MiB, unless they are told otherwise. */
    static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;

    private static final int MOST_REPLICAS = 3;
    /** Brokers hear of topics one after the other: how long one may not know of a topic that there is. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final TopicPartition partition;
    private final AdminCalls calls;
    /** Which one of this name it was when it was first seen. */
    private @Nullable Uuid id;

    LogTopic(KafkaSettings settings, LogFailures failures, String name, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.failures = failures;
        this.partition = new TopicPartition(name, 0);
        this.calls = new AdminCalls(settings, stop, waits);
    }

    TopicPartition partition() {
        return partition;
    }

    /**
     * Whether there is such a topic.
     *
     * @throws ExportFailedException if it is not the one any more that was first seen
     */
    boolean exists() throws IOException {
        return describeSame(READ).isPresent();
    }

    /**
     * Checks that it is still the one that was first seen. What was read or written between two such checks was of that one,
     * because ids are not used twice.
     *
     * @throws ExportFailedException if it is another one, or none
     */
    void requireSame() throws IOException {
        if (!exists()) {
            throw replaced();
        }
    }

    /** The failure of a run whose log is lost. */
    ExportFailedException replaced() {
        return new ExportFailedException("topic " + partition.topic()
                + ", which holds the checkpoints, was deleted or recreated while it was in use; this log of the export is"
                + " lost: remove the output and export again");
    }

    /**
     * Makes sure that there is a topic that keeps entries.
     *
     * @param recordBytes the largest record to be expected, with all that belongs to it
     * @throws UsageException if it would lose entries, or does not take records of that size
     * @throws ExportFailedException if it is not the one any more that was first seen
     */
    void ensure(long recordBytes) throws IOException {
        if (recordBytes > MOST_MESSAGE_BYTES) {
            throw new UsageException(
                    "a checkpoint may come to " + recordBytes + " bytes, too many for a Kafka topic: keep"
                            + " the checkpoints elsewhere, or use a smaller --page-size or a larger --file-size");
        }
        Optional<TopicDescription> found = describeSame(CREATE);
        if (found.isEmpty()) {
            create(Math.max(USUAL_MESSAGE_BYTES, recordBytes));
            found = awaitCreated();
        }
        TopicDescription topic = found.orElseThrow(
                () -> new IOException("topic " + partition.topic() + " was created, but did not come up within "
                        + settings.retryTimeout().toSeconds() + " s (--retry-timeout)"));
        Config config = config();
        requireKeepingEntries(topic, config);
        requireRoom(recordBytes, Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)));
    }

    private void requireKeepingEntries(TopicDescription topic, Config config) {
        int partitions = topic.partitions().size();
        if (partitions != 1) {
            throw refused("it has " + partitions + " partitions, and a log needs a topic of one");
        }
        String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (Arrays.asList(policy.split(",", -1)).contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            throw refused("with " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy
                    + " it loses entries in time; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        boolean replicated = topic.partitions().get(0).replicas().size() > 1;
        if (replicated && Boolean.parseBoolean(value(config, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            throw refused("with " + TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG
                    + "=true it can lose its last entries; set it to false");
        }
    }

    private void requireRoom(long needed, long taken) {
        if (taken < needed) {
            throw refused("a checkpoint may come to " + needed + " bytes, and it takes " + taken + "; set its "
                    + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " to " + needed
                    + " or more, or start with a smaller --page-size");
        }
    }

    private UsageException refused(String reason) {
        return new UsageException("topic " + partition.topic() + " cannot hold checkpoints: " + reason);
    }

    private Optional<TopicDescription> describeSame(String needed) throws IOException {
        Optional<TopicDescription> found = describe(needed);
        if (id == null) {
            id = found.map(TopicDescription::topicId).orElse(null);
            return found;
        }
        Patience patience = new Patience(NEWS);
        while (found.isEmpty() && patience.pause()) {
            found = describe(needed);
        }
        if (found.isEmpty() || !found.get().topicId().equals(id)) {
            throw replaced();
        }
        return found;
    }

    private Optional<TopicDescription> describe(String needed) throws IOException {
        String name = partition.topic();
        return known(admin -> admin.describeTopics(List.of(name)).allTopicNames(), needed, topics -> topics.get(name));
    }

    private Config config() throws IOException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, partition.topic());
        return known(admin -> admin.describeConfigs(List.of(resource)).all(), CREATE, configs -> configs.get(resource))
                .orElseThrow(() -> new IOException("topic " + partition.topic() + " was deleted this moment"));
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? "" : Objects.toString(entry.value(), "");
    }

    private void create(long messageBytes) throws IOException {
        try {
            int brokers = calls.ask(
                            "to create topic " + partition.topic(),
                            admin -> admin.describeCluster().nodes())
                    .size();
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
            NewTopic topic = new NewTopic(partition.topic(), 1, replicas).configs(configs);
            calls.ask(
                    "to create topic " + partition.topic(),
                    admin -> admin.createTopics(List.of(topic)).all());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof PolicyViolationException
                    || cause instanceof InvalidConfigurationException
                    || cause instanceof InvalidReplicationFactorException
                    || cause instanceof InvalidTopicException) {
                throw new UsageException(
                        "topic " + partition.topic() + " cannot be created for checkpoints: " + cause.getMessage()
                                + "; create it with one partition, cleanup.policy=compact and max.message.bytes="
                                + messageBytes,
                        e);
            }
            if (!(cause instanceof TopicExistsException)) {
                throw failures.translate(e, CREATE);
            }
        }
    }

    /** Brokers hear of a new topic one after the other. */
    private Optional<TopicDescription> awaitCreated() throws IOException {
        Patience patience = new Patience(settings.retryTimeout());
        while (true) {
            Optional<TopicDescription> topic = end().isPresent() ? describeSame(CREATE) : Optional.empty();
            if (topic.isPresent() || !patience.pause()) {
                return topic;
            }
        }
    }

    /** The first offset; empty if there is no such topic. */
    OptionalLong start() throws IOException {
        return offset(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * Behind all that was ever acknowledged, also where an unfinished transaction of somebody else hides it from readers yet;
     * empty if there is no such topic.
     */
    OptionalLong end() throws IOException {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Where the first unfinished transaction begins, or else the end; empty if there is no such topic. */
    OptionalLong readableEnd() throws IOException {
        return offset(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** What the brokers know of the last transaction of that id; unknown where they do not tell. */
    TransactionState transaction(String transactionalId) throws IOException {
        try {
            return calls.ask(
                            "about transactions in topic " + partition.topic(),
                            admin -> admin.describeTransactions(List.of(transactionalId))
                                    .description(transactionalId))
                    .state();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw failures.translate(e, READ);
            }
            return TransactionState.UNKNOWN;
        }
    }

    private OptionalLong offset(OffsetSpec spec, IsolationLevel isolationLevel) throws IOException {
        return known(
                        admin -> admin.listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolationLevel))
                                .partitionResult(partition),
                        READ,
                        info -> info.offset())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** The answer's part, or empty if there is no such topic. */
    private <A, T> Optional<T> known(Function<Admin, KafkaFuture<A>> question, String needed, Function<A, T> part)
            throws IOException {
        try {
            return Optional.of(part.apply(calls.ask("about topic " + partition.topic(), question)));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failures.translate(e, needed);
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
