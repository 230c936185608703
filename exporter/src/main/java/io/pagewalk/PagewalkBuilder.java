package io.pagewalk;

import io.pagewalk.execution.Reach;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.Once;
import io.pagewalk.internal.export.Storages;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.typed.RegistryPlace;
import io.pagewalk.spi.PlaceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects how to reach everything. For one thread. */
public final class PagewalkBuilder {
    private final @Nullable String bootstrapServers;
    private final Map<String, String> client = new LinkedHashMap<>();
    private Supplier<Map<String, String>> moreClient = Map::of;
    private final Map<String, String> hadoop = new LinkedHashMap<>();
    private final List<Path> hadoopFiles = new ArrayList<>();
    private Map<String, String> environment = System.getenv();
    private Duration retryTimeout = Duration.ofSeconds(45);
    private Consumer<String> onStall = line -> {};
    private int threads = defaultThreads();
    private long maxBytesPerSecond;
    private @Nullable String registry;
    private @Nullable Supplier<Map<String, String>> registrySettings;

    PagewalkBuilder(@Nullable String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    static PagewalkBuilder as(Reach reach) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.remove("HADOOP_CONF_DIR");
        return new PagewalkBuilder(reach.bootstrapServers())
                .client(reach.client())
                .hadoop(reach.files())
                .environment(variables)
                .retryTimeout(reach.retryTimeout())
                .maxBytesPerSecond(reach.maxBytesPerSecond());
    }

    /** One setting of Kafka's clients, as its own tools take it. */
    public PagewalkBuilder client(String name, String value) {
        client.put(name, value);
        return this;
    }

    public PagewalkBuilder client(Map<String, String> settings) {
        client.putAll(settings);
        return this;
    }

    /** Further ones, which are asked for when the cluster is needed first, once; those given already go before them. */
    public PagewalkBuilder client(Supplier<Map<String, String>> settings) {
        moreClient = settings;
        return this;
    }

    /** One setting of how places are reached, such as Hadoop's {@code fs.s3a.endpoint}. */
    public PagewalkBuilder hadoop(String name, String value) {
        hadoop.put(name, value);
        return this;
    }

    public PagewalkBuilder hadoop(Map<String, String> settings) {
        hadoop.putAll(settings);
        return this;
    }

    /** Files of settings in Hadoop's XML format; single settings go before them. */
    public PagewalkBuilder hadoopFiles(List<Path> files) {
        hadoopFiles.addAll(files);
        return this;
    }

    /**
     * The variables that name {@code HADOOP_CONF_DIR}, {@code HADOOP_USER_NAME}, a web identity and this machine; those of
     * the process unless it is said. What clients of stores read themselves, they read from the process's own.
     */
    public PagewalkBuilder environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** For how long brokers or a store may not answer before a run gives up; 45 s unless it is said. */
    public PagewalkBuilder retryTimeout(Duration timeout) {
        retryTimeout = timeout;
        return this;
    }

    /** Told in one line, by a thread of its own, of what is waited for and does not come. */
    public PagewalkBuilder onStall(Consumer<String> listener) {
        onStall = listener;
        return this;
    }

    /**
     * How many slices are worked on at a time, over all its exports; {@link #defaultThreads} unless it is said. Each thread has a reader, and holds one row group in memory.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public PagewalkBuilder threads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("threads: " + number);
        }
        threads = number;
        return this;
    }

    /**
     * What all its exports together read at most, in bytes of keys, values and headers without the topic's compression; 0 for no
     * limit, as it is unless it is said.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public PagewalkBuilder maxBytesPerSecond(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBytesPerSecond: " + bytes);
        }
        maxBytesPerSecond = bytes;
        return this;
    }

    /**
     * The schema registry that is asked which schemas payloads have.
     *
     * @param urls comma-separated, or {@code glue:} and a region of AWS; null where the settings name them
     * @param settings of its client, with Confluent's names, which are asked for when it is needed first, once
     */
    public PagewalkBuilder schemaRegistry(@Nullable String urls, Supplier<Map<String, String>> settings) {
        registry = urls;
        registrySettings = settings;
        return this;
    }

    /** As many as there are processors, at most 8: more readers than that rarely help one process, and each costs memory. */
    public static int defaultThreads() {
        return Math.min(8, Runtime.getRuntime().availableProcessors());
    }

    /** Opens it; asks nothing of anybody yet. What is wrong with a server's address is told when it is needed. */
    public Pagewalk open() {
        return new Pagewalk(new Connection(new Connection.Settings(
                bootstrapServers == null ? null : cluster(bootstrapServers),
                new Storages(new PlaceSettings(hadoop, hadoopFiles, retryTimeout, environment)),
                retryTimeout,
                ThisRun.host(environment),
                onStall,
                threads,
                maxBytesPerSecond,
                registry())));
    }

    private @Nullable RegistryPlace registry() {
        return registrySettings == null
                ? null
                : new RegistryPlace(registry, new Once<>(registrySettings), environment, retryTimeout);
    }

    private Supplier<KafkaSettings> cluster(String servers) {
        Map<String, String> given = Map.copyOf(client);
        return new Once<>(() -> {
            Map<String, String> settings = new LinkedHashMap<>(moreClient.get());
            settings.putAll(given);
            return new KafkaSettings(servers, settings, retryTimeout);
        });
    }
}
