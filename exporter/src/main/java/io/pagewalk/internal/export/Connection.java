package io.pagewalk.internal.export;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.Reach;
import io.pagewalk.internal.checkpoint.kafka.LogCluster;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.follow.TableCatalogs;
import io.pagewalk.internal.hadoop.HadoopProvider;
import io.pagewalk.internal.kafka.ClusterClient;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.schema.own.OwnSchemas;
import io.pagewalk.internal.slice.SliceThreads;
import io.pagewalk.internal.typed.RegistryPlace;
import io.pagewalk.internal.typed.SharedFormats;
import io.pagewalk.location.LogLocation;
import io.pagewalk.log.Origin;
import io.pagewalk.spi.PlaceSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all exports and questions of one {@link io.pagewalk.Pagewalk} share: the threads that work on slices, with their readers,
 * the clients of the cluster, the rate, and who watches that things move. Each is made when it is needed first. Any thread may use
 * it.
 */
public final class Connection implements AutoCloseable {
    /**
     * How to reach what an export reads and writes.
     *
     * @param cluster says how to reach the cluster, each time the same, or is null where none was named
     * @param storages those of its exports
     * @param retryTimeout for how long brokers or a store may not answer
     * @param host the name of this machine, as logs tell it
     * @param onStall told in one line of what is waited for and does not come
     * @param threads how many slices are worked on at a time
     * @param maxBytesPerSecond what is read at most; 0 for no limit
     * @param registry knows schemas, or is null where none was named
     */
    public record Settings(
            @Nullable Supplier<KafkaSettings> cluster,
            Storages storages,
            Duration retryTimeout,
            String host,
            Consumer<String> onStall,
            int threads,
            long maxBytesPerSecond,
            @Nullable RegistryPlace registry) {}

    private final Settings settings;
    private final Watchdog watchdog;
    private final SliceThreads threads;
    private final Once<Reach> reach = new Once<>(this::findReach);
    private final SharedFormats formats = new SharedFormats();
    private @Nullable RateLimit rate;
    private @Nullable ClusterClient client;
    private @Nullable LogCluster logs;
    private @Nullable OwnSchemas schemas;
    private final TableCatalogs tables;
    private volatile boolean closed;

    public Connection(Settings settings) {
        this.settings = settings;
        this.watchdog = new Watchdog(settings.retryTimeout(), settings.onStall());
        this.threads = new SliceThreads(settings.threads());
        this.tables = new TableCatalogs(settings.storages().settings());
    }

    /** An id that no other run has. */
    public Origin newOrigin() {
        return ThisRun.origin(settings.host());
    }

    /** Opens locations, for one run or one question. */
    public Access access(StopSignal stop) {
        return new Access(this, stop);
    }

    /** Opens files, for runs and for what is told of them. */
    public Storages storages() {
        return settings.storages();
    }

    /** The threads that work on slices. */
    public SliceThreads threads() {
        return threads;
    }

    /** The catalogs of tables that follow its exports. */
    public TableCatalogs tables() {
        return tables;
    }

    /** For how long brokers, stores and catalogs may not answer. */
    public Duration retryTimeout() {
        return settings.retryTimeout();
    }

    /** Typed columns of exports whose slices and files are given one by one. */
    public SharedFormats formats() {
        return formats;
    }

    /** What all that is read is held to. It begins when it is asked for first. */
    public synchronized RateLimit rate() {
        if (rate == null) {
            rate = settings.maxBytesPerSecond() == 0 ? RateLimit.none() : RateLimit.of(settings.maxBytesPerSecond());
        }
        return rate;
    }

    /**
     * The cluster as one run sees it, for one thread; asks nothing of it yet.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if none was named
     */
    public KafkaCluster openCluster(String needing, StopSignal stop, Waits waits) {
        return client(settings(needing)).open(stop, waits);
    }

    /**
     * Where the records of an export come from, for one thread.
     *
     * @param deadLetters the output of the export whose dead letters it is made of, or null if it is made of the topic
     */
    public RecordSource openSource(String topic, @Nullable String deadLetters, Access access, StopSignal stop) {
        return deadLetters == null
                ? openCluster("an export of topic " + topic, stop, access.waits())
                : DeadLetterPlaces.open(
                        access, Providers.parseDirectory(deadLetters), topic, newOrigin(), access.waits());
    }

    private synchronized ClusterClient client(KafkaSettings cluster) {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
        if (client == null) {
            client = new ClusterClient(cluster);
        }
        return client;
    }

    /**
     * What all exports share whose logs are in topics.
     *
     * @throws UsageException if no cluster was named
     */
    synchronized LogCluster logs(LogLocation location) {
        KafkaSettings cluster = settings("the checkpoints are in " + location + ", which");
        ClusterClient opened = client(cluster);
        if (logs == null) {
            logs = new LogCluster(cluster, opened.admin());
        }
        return logs;
    }

    /**
     * How to reach the cluster.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if none was named
     */
    public KafkaSettings settings(String needing) {
        if (settings.cluster() == null) {
            throw new UsageException(needing + " needs a cluster, and none was named", Advice.NAME_A_CLUSTER);
        }
        return settings.cluster().get();
    }

    /**
     * How all of this is reached, for another process.
     *
     * @throws UsageException if settings cannot be read
     */
    public Reach reach() {
        return reach.get();
    }

    private Reach findReach() {
        PlaceSettings places = settings.storages().settings();
        Map<String, String> files = HadoopProvider.asProperties(places);
        if (!namesCluster()) {
            return new Reach(null, Map.of(), files, settings.retryTimeout(), settings.maxBytesPerSecond());
        }
        KafkaSettings cluster = settings("a connection of another process");
        return new Reach(
                cluster.bootstrapServers(),
                cluster.given(places.environment()),
                files,
                settings.retryTimeout(),
                settings.maxBytesPerSecond());
    }

    /** Who knows schemas; null if nobody was named. */
    public @Nullable RegistryPlace registry() {
        return settings.registry();
    }

    /** What the registry has told of schemas, for those who look at payloads; null if no registry was named. */
    public @Nullable Supplier<OwnSchemas> schemas() {
        RegistryPlace registry = settings.registry();
        return registry == null ? null : () -> schemas(registry);
    }

    private synchronized OwnSchemas schemas(RegistryPlace registry) {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
        if (schemas == null) {
            schemas = new OwnSchemas(context -> registry.open(context, () -> closed));
        }
        return schemas;
    }

    /** Whether a cluster was named, so that a log in a topic can be reached. */
    public boolean namesCluster() {
        return settings.cluster() != null;
    }

    /**
     * Watches a run, until that is ended, and tells meanwhile of what is waited for.
     *
     * @param failures takes what ends the run
     */
    public Watchdog.Watching watch(Waits waits, Consumer<PagewalkException> failures) {
        return watchdog.watch(waits, failures);
    }

    /** Asks, and tells meanwhile of what is waited for. What is asked gives up by itself. */
    public <T> T ask(Access access, Callable<T> question) {
        Watchdog.Watching watching = watch(access.waits(), overdue -> {});
        try {
            return question.call();
        } catch (IOException e) {
            throw new ExportFailedException(Reasons.describe(e), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            watching.end();
        }
    }

    /** Ends what is under way, and waits a while for it. */
    @Override
    public void close() {
        ClusterClient opened;
        LogCluster openedLogs;
        OwnSchemas openedSchemas;
        synchronized (this) {
            closed = true;
            opened = client;
            openedLogs = logs;
            openedSchemas = schemas;
            client = null;
            logs = null;
            schemas = null;
        }
        if (openedSchemas != null) {
            openedSchemas.close();
        }
        threads.close();
        if (openedLogs != null) {
            openedLogs.close();
        }
        if (opened != null) {
            opened.close();
        }
        tables.close();
        settings.storages().close();
    }
}
