package io.pagewalk.internal.cluster;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster. Holds credentials: it has no useful {@code toString}, and messages name settings, never values.
 */
public final class KafkaSettings {
    /** Settings that an exact export depends on; what is given for them is not used. */
    private static final Set<String> OWN = Set.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);

    /** Likewise of a producer, where an export keeps its log in a topic. */
    private static final Set<String> OWN_OF_PRODUCERS = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.BATCH_SIZE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG);

    private static final String CLIENT_ID = "pagewalk";
    private static final String PROVIDERS = "config.providers";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");

    private static final long BUFFER_MEMORY = 32L * 1024 * 1024;

    private static final long DEFAULT_REQUEST_TIMEOUT_MS = 30_000;

    /**
     * Nothing here waits for records yet to come. The consumer fetches ahead, and a fetch that waits at the end of one
     * partition holds up the first fetch of the next for as long.
     */
    private static final int FETCH_MAX_WAIT_MS = 20;

    /** A producer that has no connection yet waits for so long before it asks who coordinates its transactions; it grows with retries. */
    private static final int RETRY_BACKOFF_MS = 10;

    private final String bootstrapServers;
    private final Map<String, String> given;
    private final Duration retryTimeout;

    /**
     * @param bootstrapServers {@code host:port}, comma-separated
     * @param clientProperties settings of Kafka's clients, as its own tools take them
     * @param retryTimeout how long a cluster that does not answer is waited for
     * @throws UsageException if a server is not {@code host:port}
     */
    public KafkaSettings(String bootstrapServers, Map<String, String> clientProperties, Duration retryTimeout) {
        BootstrapServers.require(bootstrapServers);
        this.bootstrapServers = bootstrapServers;
        this.given = Map.copyOf(clientProperties);
        this.retryTimeout = retryTimeout;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public Duration retryTimeout() {
        return retryTimeout;
    }

    /**
     * The settings that were given, for another process: references to environment variables are replaced by what these hold here,
     * unless there are providers of others.
     */
    public Map<String, String> given(Map<String, String> environment) {
        if (given.containsKey(PROVIDERS)) {
            return given;
        }
        Map<String, String> resolved = new HashMap<>();
        given.forEach((name, value) -> resolved.put(
                name,
                VARIABLE.matcher(value)
                        .replaceAll(variable -> Matcher.quoteReplacement(
                                environment.getOrDefault(variable.group(1), variable.group())))));
        return resolved;
    }

    /**
     * What is wrong with the settings of TLS, and what to do, in words that name settings and files alone; null if nothing is found, or
     * the clients do not speak TLS.
     */
    public @Nullable String tlsFault() {
        return TlsSettings.fault(this);
    }

    /** What the clients speak to the brokers. */
    String securityProtocol() {
        return given.getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
    }

    /**
     * What to do where the brokers throttle the clients. They do not tell whose quota it is.
     *
     * @param quota which one has to be raised, unless it is that of requests
     */
    public String quotaAdvice(String quota) {
        return "ask their administrator for a higher " + quota + " (or request_percentage) for client.id "
                + given.getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID) + ", or for its user";
    }

    /** The names of the settings that are not used, because an exact export depends on them; sorted. */
    public static List<String> overridden(Map<String, String> clientProperties) {
        return clientProperties.keySet().stream().filter(OWN::contains).sorted().toList();
    }

    /** Of a client that gives a question up after one attempt. */
    public Map<String, Object> adminConfig() {
        Map<String, Object> config = new HashMap<>(given);
        config.keySet().removeAll(OWN);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT_ID);
        config.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.putIfAbsent(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, "false");
        if (!config.containsKey(PROVIDERS)) {
            config.put(PROVIDERS, "env");
            config.put("config.providers.env.class", EnvVarConfigProvider.class.getName());
        }
        int attempt = attemptMillis(requestTimeoutMs());
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, attempt);
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, attempt);
        config.putIfAbsent(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                attemptMillis(CommonClientConfigs.DEFAULT_SOCKET_CONNECTION_SETUP_TIMEOUT_MS));
        config.putIfAbsent(
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
                attemptMillis(CommonClientConfigs.DEFAULT_SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS));
        return config;
    }

    /** A connection that has gone silent is given up while there is time left to try another. */
    private int attemptMillis(long most) {
        return millis(Math.min(most, retryTimeout.toMillis() / 2));
    }

    /** Of a consumer that assigns and seeks, for the client alone: it holds credentials. */
    public Map<String, Object> consumerConfig(IsolationLevel isolationLevel, int maxPollRecords) {
        Map<String, Object> config = adminConfig();
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(retryTimeout.toMillis()));
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel.name().toLowerCase(Locale.ROOT));
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
        return config;
    }

    /**
     * Of a transactional producer whose every call ends within the retry timeout, for the client alone: it holds credentials.
     *
     * @param transactionalId who it is
     * @param transactionTimeout after which the broker aborts what was left unfinished
     * @param maxRequestSize the largest record it sends, in bytes, with all that belongs to it
     */
    public Map<String, Object> producerConfig(String transactionalId, Duration transactionTimeout, int maxRequestSize) {
        Map<String, Object> config = adminConfig();
        int patience = millis(retryTimeout.toMillis());
        config.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        config.keySet().removeAll(OWN_OF_PRODUCERS);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(transactionTimeout.toMillis()));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putIfAbsent(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestSize);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_MEMORY, 2L * maxRequestSize));
        return config;
    }

    private long requestTimeoutMs() {
        String text = given.get(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG);
        if (text == null) {
            return DEFAULT_REQUEST_TIMEOUT_MS;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(
                    CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG + " is not a number of milliseconds",
                    Advice.CHANGE_CLIENT_SETTINGS,
                    e);
        }
    }

    private static int millis(long millis) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, millis));
    }
}
