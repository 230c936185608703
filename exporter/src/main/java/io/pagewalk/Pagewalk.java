package io.pagewalk;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.execution.AuditWork;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.FileOutcome;
import io.pagewalk.execution.FileWork;
import io.pagewalk.execution.Reach;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.internal.audit.FileAudit;
import io.pagewalk.internal.checkpoint.kafka.KafkaLogProvider;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Catalogue;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.Providers;
import io.pagewalk.internal.export.SlicePerformer;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.storage.ReadOnlyStorage;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.internal.typed.TypedPlan;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.listing.TopicDetails;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LogLocation;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The front door: knows how to reach a cluster and file systems, and opens exports. Any thread may use it, for any number of
 * exports side by side; they share its threads, its rate and its clients, which it has until it is closed. It prints nothing, and touches nothing that belongs to the whole process, but for Hadoop's security where
 * its settings ask for Kerberos.
 *
 * <pre>{@code
 * try (Pagewalk pagewalk = Pagewalk.connect("broker:9092").client("security.protocol", "SSL").open()) {
 *     ExportSpec spec = ExportSpec.builder("orders", FileSettings.parquet().pin()).build();
 *     ExportResult result = pagewalk.export(spec, ExportPlace.of("s3://lake/orders")).run(RunOptions.defaults());
 * }
 * }</pre>
 */
public final class Pagewalk implements AutoCloseable {
    private final Connection connection;

    Pagewalk(Connection connection) {
        this.connection = connection;
    }

    /**
     * Begins to describe how to reach a cluster.
     *
     * @param bootstrapServers {@code host:port}, comma-separated
     */
    public static PagewalkBuilder connect(String bootstrapServers) {
        return new PagewalkBuilder(bootstrapServers);
    }

    /** Likewise, as another process does. Its files of Hadoop's settings, and {@code HADOOP_CONF_DIR}, do not count. */
    public static PagewalkBuilder connect(Reach reach) {
        return PagewalkBuilder.as(reach);
    }

    /** Likewise, without one: for exports that are there already, and for what they have set aside. */
    public static PagewalkBuilder withoutCluster() {
        return new PagewalkBuilder(null);
    }

    /**
     * What an export would do, if it began now. Reads no records but samples, and writes nothing.
     *
     * @throws UsageException if the topic is not there, or the specification does not fit it
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public ExportPlan plan(ExportSpec spec) {
        return onCluster("a plan", cluster -> {
            if (!TypedPlan.isAskedFor(spec, connection.registry())) {
                return cluster.plan(spec);
            }
            TypedPlan typed = new TypedPlan(spec, connection.registry(), () -> false);
            return typed.of(cluster.plan(spec, typed));
        });
    }

    /**
     * The cluster's id.
     *
     * @throws io.pagewalk.error.ExportFailedException if it does not answer
     */
    public String clusterId() {
        return onCluster("a question", KafkaCluster::clusterId);
    }

    /**
     * All topics of the cluster that its user may see, in no order.
     *
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public List<ListedTopic> topics() {
        return onCluster("a list of topics", KafkaCluster::topics);
    }

    /**
     * Which of these topics hold logs of exports, by what is in them: they are compacted, have one partition, and their first
     * record is a log's. Asked of many topics at a time.
     *
     * @return without those that the cluster does not tell of, or that may not be read
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public Set<String> logTopics(Collection<String> topics) {
        return KafkaLogProvider.logsAmong(
                onCluster("a search for topics that hold logs", cluster -> cluster.firstKeysOfCompacted(topics)));
    }

    /**
     * How many offsets topics have now, from their log start offsets to their high watermarks; asked of many topics at a time.
     *
     * @return by topic; without those of which the cluster does not tell, such as one that is not there
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public Map<String, Long> sizes(Collection<String> topics) {
        return onCluster("the size of topics", cluster -> cluster.sizes(topics));
    }

    /**
     * Reads single pages of records. Close it before this.
     *
     * @param readers how many pages are read at a time, at least 1
     * @param maxBytes how many bytes of keys, values and headers pages hold together, at most
     * @throws UsageException if no cluster was named
     */
    public Pages pages(int readers, long maxBytes) {
        return new Pages(connection, readers, maxBytes);
    }

    /**
     * What a topic is at this moment.
     *
     * @throws UsageException if it is not there, or may not be described
     * @throws io.pagewalk.error.ExportFailedException if the cluster does not answer
     */
    public TopicDetails topic(String topic) {
        return onCluster("a question", cluster -> cluster.details(topic));
    }

    private <T> T onCluster(String needing, ClusterQuestion<T> question) {
        Access access = connection.access(new StopSignal());
        return connection.ask(access, () -> {
            try (KafkaCluster cluster = connection.openCluster(needing, new StopSignal(), access.waits())) {
                return question.ask(cluster);
            }
        });
    }

    private interface ClusterQuestion<T> {
        T ask(KafkaCluster cluster) throws IOException;
    }

    /**
     * A run of an export. Nothing is opened yet.
     *
     * @throws UsageException if the specification cannot be exported to that place, or the cluster's address is none
     */
    public Export export(ExportSpec spec, ExportPlace place) {
        if (place.log() instanceof LogLocation log && spec.topic().equals(log.topic())) {
            throw new UsageException(
                    "the log cannot be in " + log + ": the topic that is exported cannot hold the log, too",
                    Advice.MOVE_THE_LOG);
        }
        if (spec.fromDeadLetters() == null) {
            connection.settings("an export of topic " + spec.topic());
        }
        return new Export(connection, spec, place);
    }

    /**
     * Does the work on one slice for a run of another process, and waits for it: adopts its file if that is there already, else reads
     * the slice, and publishes it. It may be called by any number of threads, and uses those of this connection.
     *
     * @throws io.pagewalk.error.PagewalkException if that fails for a reason that may pass
     */
    public SliceOutcome perform(ExportWork work, SliceWork slice) {
        return new SlicePerformer(connection, work).perform(slice);
    }

    /**
     * Checks one file for an audit of another process, and waits for it. It may be called by any number of threads, and works on
     * the thread that calls.
     *
     * @throws io.pagewalk.error.PagewalkException if the file cannot be read, or the output or its format is of a jar that is not here
     */
    public FileOutcome audit(AuditWork work, FileWork file) {
        Access access = connection.access(new StopSignal());
        return connection.ask(access, () -> {
            try (Storage output = new ReadOnlyStorage(access.storage(
                    Providers.parseDirectory(work.output()),
                    connection.newOrigin().run()))) {
                return new FileAudit(output, work, pinned -> RunFormats.of(pinned, output, connection.formats()))
                        .check(file);
            }
        });
    }

    /**
     * How it reaches the cluster and the stores, for a process that does work for its runs.
     *
     * @throws UsageException if settings cannot be read
     */
    public Reach reach() {
        return connection.reach();
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
        return connection.ask(
                access,
                () -> new Catalogue(access, output)
                        .all().stream()
                                .map(found -> stored(new ExportPlace(output, found.checkpoints(), found.exportId())))
                                .toList());
    }

    /**
     * The names of the directories in a place, sorted, without those that are Pagewalk's own.
     *
     * @throws io.pagewalk.error.ExportFailedException if it cannot be read
     */
    public List<String> directories(DirectoryLocation output) {
        Access access = connection.access(new StopSignal());
        return connection.ask(access, () -> new Catalogue(access, output).directories());
    }

    /**
     * Puts a small file into a directory that is not local, in place of any that is there: who reads it sees the one or the other, whole.
     * It is for what is told of exports, such as a report; what is in an output or a log is write-once.
     *
     * @param name the file's, without a {@code /}
     * @throws UsageException if that cannot be done there
     * @throws ExportFailedException if it fails
     */
    public void replaceFile(DirectoryLocation directory, String name, byte[] content) {
        onFiles(() -> connection.storages().replace(directory, name, content));
    }

    /**
     * Removes such a file; one that is not there is no error.
     *
     * @throws UsageException if that cannot be done there
     * @throws ExportFailedException if it fails
     */
    public void removeFile(DirectoryLocation directory, String name) {
        onFiles(() -> connection.storages().remove(directory, name));
    }

    private interface FileChange {
        void run() throws IOException;
    }

    private void onFiles(FileChange change) {
        connection.ask(connection.access(new StopSignal()), () -> {
            change.run();
            return true;
        });
    }

    /** The names of those client settings that are not used, because exact reading depends on them; sorted. */
    public static List<String> unused(Map<String, String> clientSettings) {
        return KafkaSettings.overridden(clientSettings);
    }

    /**
     * Ends what is under way, and waits a while for it; a run that is under way ends as if it was stopped, so what is committed stands.
     * Nothing can be asked afterwards.
     */
    @Override
    public void close() {
        connection.close();
    }
}
