package io.pagewalk;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Catalogue;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.Once;
import io.pagewalk.internal.export.Storages;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.kafka.PageListing;
import io.pagewalk.internal.kafka.PageReader;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LogLocation;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door: knows how to reach a cluster and file systems, and opens exports. Any thread may use it, for any number of
 * exports side by side. It prints nothing, and touches nothing that belongs to the whole process, but for Hadoop's security where
 * its settings ask for Kerberos.
 *
 * <pre>{@code
 * ExportSpec spec = ExportSpec.builder("orders", FileSettings.parquet().pin()).build();
 * try (Pagewalk pagewalk = Pagewalk.connect("broker:9092").client("security.protocol", "SSL").open()) {
 *     ExportResult result = pagewalk.export(spec, ExportPlace.of("s3://lake/orders")).run(RunOptions.defaults());
 * }
 * }</pre>
 */
public final class Pagewalk implements AutoCloseable {
    private final Connection connection;

    private Pagewalk(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins to describe how to reach a cluster.
     *
     * @param bootstrapServers {@code host:port}, comma-separated
     */
    public static Builder connect(String bootstrapServers) {
        return new Builder(bootstrapServers);
    }

    /** Likewise, without one: for exports that are there already, and for what they have set aside. */
    public static Builder withoutCluster() {
        return new Builder(null);
    }

    /**
     * What an export would do, if it began now. Reads no records but samples, and writes nothing.
     *
     * @throws UsageException if the topic is not there, or the specification does not fit it
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public ExportPlan plan(ExportSpec spec) {
        Access access = connection.access(new StopSignal());
        return StoredExport.ask(connection, access, () -> {
            try (KafkaCluster cluster = openCluster("a plan", access.waits())) {
                return cluster.plan(spec);
            }
        });
    }

    /**
     * The token of a walk's first page. Freezes where the walk ends; stores nothing, the token has everything.
     *
     * @throws UsageException if the topic is not there, or the specification does not fit it
     */
    public PageToken firstPage(ExportSpec spec) {
        return plan(spec).token();
    }

    /**
     * Reads one page, or the first after it that has a record.
     *
     * @param maxBytes the most bytes of keys, values and headers the page may hold; it is held in memory
     * @param receiver given the records by timestamp, then partition, then offset, reversed in a descending walk; each is valid
     *     during its call
     * @return the token to go on with; empty exactly if no record remains
     * @throws UsageException if the page holds more than that
     * @throws io.pagewalk.error.TopicChangedException if the token is not of that cluster's topic of that name
     * @throws io.pagewalk.error.DataLossException if records of the page are gone
     */
    public Optional<PageToken> page(PageToken token, long maxBytes, Consumer<RecordView> receiver) {
        Access access = connection.access(new StopSignal());
        return StoredExport.ask(connection, access, () -> {
            try (KafkaCluster cluster = openCluster("a page", access.waits())) {
                PageListing listing = read(cluster, token, maxBytes);
                listing.records().forEach(receiver);
                return Optional.ofNullable(listing.next());
            }
        });
    }

    private static PageListing read(KafkaCluster cluster, PageToken token, long maxBytes) throws IOException {
        cluster.validate(token);
        PageListing listing;
        try (SliceReader reader = cluster.newReader(token.isolationLevel())) {
            listing = new PageReader(reader, maxBytes).read(token);
        }
        // A topic deleted and created again in the meantime would have given a mix.
        cluster.validate(token);
        return listing;
    }

    private KafkaCluster openCluster(String needing, Waits waits) {
        return connection.openCluster(needing, new StopSignal(), waits);
    }

    /**
     * A run of an export. Nothing is opened yet.
     *
     * @throws UsageException if the specification cannot be exported to that place, or the cluster's address is none
     */
    public Export export(ExportSpec spec, ExportPlace place) {
        if (place.log() instanceof LogLocation log && spec.topic().equals(log.topic())) {
            throw new UsageException(
                    "the log cannot be in " + log + ": the topic that is exported cannot hold the log, too");
        }
        if (spec.fromDeadLetters() == null) {
            connection.settings("an export of topic " + spec.topic());
        }
        return new Export(connection, spec, place);
    }

    /** An export that is there already. Nothing is opened yet. */
    public StoredExport stored(ExportPlace place) {
        return new StoredExport(connection, place);
    }

    /**
     * The exports that have claimed an output, in the order of their topics; without those whose deletion has begun.
     *
     * @throws io.pagewalk.error.ExportFailedException if it cannot be read
     */
    public List<StoredExport> exports(DirectoryLocation output) {
        Access access = connection.access(new StopSignal());
        return StoredExport.ask(
                connection,
                access,
                () -> new Catalogue(access, output)
                        .all().stream()
                                .map(found -> stored(new ExportPlace(output, found.checkpoints(), found.exportId())))
                                .toList());
    }

    /**
     * Frees what exports share, such as the clients of stores. What is still at work goes on and frees what it uses when it ends;
     * nothing can be begun any more.
     */
    @Override
    public void close() {
        connection.close();
    }

    /** The names of those client settings that are not used, because exact reading depends on them; sorted. */
    public static List<String> unused(Map<String, String> clientSettings) {
        return KafkaSettings.overridden(clientSettings);
    }

    /** Collects how to reach everything. For one thread. */
    public static final class Builder {
        private final @Nullable String bootstrapServers;
        private final Map<String, String> client = new LinkedHashMap<>();
        private Supplier<Map<String, String>> moreClient = Map::of;
        private final Map<String, String> hadoop = new LinkedHashMap<>();
        private final List<Path> hadoopFiles = new ArrayList<>();
        private Map<String, String> environment = System.getenv();
        private Duration retryTimeout = Duration.ofSeconds(45);
        private Consumer<String> onStall = line -> {};

        private Builder(@Nullable String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
        }

        /** One setting of Kafka's clients, as its own tools take it. */
        public Builder client(String name, String value) {
            client.put(name, value);
            return this;
        }

        public Builder client(Map<String, String> settings) {
            client.putAll(settings);
            return this;
        }

        /** Further ones, which are asked for when the cluster is needed first, once; those given already go before them. */
        public Builder client(Supplier<Map<String, String>> settings) {
            moreClient = settings;
            return this;
        }

        /** One setting of how places are reached, such as Hadoop's {@code fs.s3a.endpoint}. */
        public Builder hadoop(String name, String value) {
            hadoop.put(name, value);
            return this;
        }

        public Builder hadoop(Map<String, String> settings) {
            hadoop.putAll(settings);
            return this;
        }

        /** Files of settings in Hadoop's XML format; single settings go before them. */
        public Builder hadoopFiles(List<Path> files) {
            hadoopFiles.addAll(files);
            return this;
        }

        /**
         * The variables that name {@code HADOOP_CONF_DIR}, {@code HADOOP_USER_NAME}, a web identity and this machine; those of
         * the process unless it is said. What clients of stores read themselves, they read from the process's own.
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /** For how long brokers or a store may not answer before a run gives up; 45 s unless it is said. */
        public Builder retryTimeout(Duration timeout) {
            retryTimeout = timeout;
            return this;
        }

        /** Told in one line, by a thread of its own, of what is waited for and does not come. */
        public Builder onStall(Consumer<String> listener) {
            onStall = listener;
            return this;
        }

        /** Opens it; asks nothing of anybody yet. What is wrong with a server's address is told when it is needed. */
        public Pagewalk open() {
            return new Pagewalk(new Connection(
                    bootstrapServers == null ? null : cluster(bootstrapServers),
                    new Storages(new PlaceSettings(hadoop, hadoopFiles, retryTimeout, environment)),
                    retryTimeout,
                    ThisRun.host(environment),
                    onStall));
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
}
