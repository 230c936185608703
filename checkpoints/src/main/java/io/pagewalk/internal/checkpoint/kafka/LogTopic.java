package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.admin.AdminCalls;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Patience;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Ticks;
import io.pagewalk.internal.progress.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
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
final class LogTopic {
    private static final String READ = "READ and DESCRIBE";
    private static final String CREATE = "CREATE, DESCRIBE and DESCRIBE_CONFIGS";

    /** Brokers hear of topics one after the other: how long one may not know of a topic that there is. */
    private static final Duration NEWS = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final LogFailures failures;
    private final TopicPartition partition;
    private final LogTopicRules rules;
    private final Ticks ticks;
    private final AdminCalls calls;
    /** Which one of this name it was when it was first seen. */
    private @Nullable Uuid id;

    LogTopic(LogCluster cluster, LogFailures failures, String name, StopSignal stop, Waits waits) {
        this.settings = cluster.settings();
        this.failures = failures;
        this.partition = new TopicPartition(name, 0);
        this.rules = new LogTopicRules(name);
        this.ticks = waits.ticks();
        this.calls = new AdminCalls(cluster.admin(), stop, waits);
    }

    TopicPartition partition() {
        return partition;
    }

    /** Which topic of its name it is. It must exist. */
    Uuid id() {
        return Objects.requireNonNull(id);
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
        return new ExportFailedException(
                "topic " + partition.topic()
                        + ", which holds the checkpoints, was deleted or recreated while it was in use",
                Advice.RESTORE_THE_LOG,
                null);
    }

    /**
     * Makes sure that there is a topic that keeps entries.
     *
     * @param recordBytes the largest record to be expected, with all that belongs to it
     * @throws UsageException if it would lose entries, or does not take records of that size
     * @throws ExportFailedException if it is not the one any more that was first seen
     */
    void ensure(long recordBytes) throws IOException {
        LogTopicRules.requirePossible(recordBytes);
        Optional<TopicDescription> found = describeSame(CREATE);
        if (found.isEmpty()) {
            create(LogTopicRules.messageBytes(recordBytes));
            found = awaitCreated();
        }
        TopicDescription topic = found.orElseThrow(
                () -> new IOException("topic " + partition.topic() + " was created, but did not come up within "
                        + settings.retryTimeout().toSeconds() + " s (the retry timeout)"));
        rules.require(topic, config(), recordBytes);
    }

    private Optional<TopicDescription> describeSame(String needed) throws IOException {
        Optional<TopicDescription> found = describe(needed);
        if (id == null) {
            id = found.map(TopicDescription::topicId).orElse(null);
            return found;
        }
        Patience patience = new Patience(NEWS, ticks);
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
                .orElseThrow(() -> new IOException("topic " + partition.topic() + " was deleted a moment ago"));
    }

    private void create(long messageBytes) throws IOException {
        try {
            int brokers = calls.ask(
                            "to create topic " + partition.topic(),
                            admin -> admin.describeCluster().nodes())
                    .size();
            NewTopic topic = rules.creation(brokers, messageBytes);
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
        Patience patience = new Patience(settings.retryTimeout(), ticks);
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
}
