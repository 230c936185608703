package io.pagewalk.internal.kafka;

import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.kafka.AdminCalls.End;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.SourceTopic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster that holds the topic, as one run sees it. Used by one thread, but for {@link #readers}. */
public final class KafkaCluster implements SourceTopic, RecordSource {
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final AdminCalls admin;
    private final IdleConsumers consumers;
    private final TruncationCheck truncation;

    KafkaCluster(KafkaSettings settings, SharedAdmin admin, IdleConsumers consumers, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.consumers = consumers;
        this.admin = new AdminCalls(admin, stop, waits);
        this.truncation = new TruncationCheck(settings, stop, waits);
    }

    @Override
    public ExportPlan plan(ExportSpec request) {
        return new Planner(admin, consumers, settings, stop, waits).plan(request);
    }

    /** A reader of its own consumer, without a limit; called from any thread. */
    @Override
    public SliceReader newReader(IsolationLevel isolationLevel) {
        return readers(isolationLevel, RateLimit.none()).open(new Progress(waits));
    }

    @Override
    public SourceReaders readers(IsolationLevel isolationLevel, RateLimit limit) {
        return new Readers(settings, isolationLevel, limit);
    }

    /** Those of any topic are equal. */
    private record Readers(KafkaSettings settings, IsolationLevel isolationLevel, RateLimit limit)
            implements SourceReaders {
        @Override
        public RunReader open(Progress progress) {
            return KafkaSliceReader.open(settings, isolationLevel, limit, progress);
        }
    }

    /**
     * Checks that a token is of this cluster's topic of that name.
     *
     * @throws TopicChangedException naming what differs
     */
    public void validate(PageToken token) {
        requireSameTopic(token.clusterId(), token.topic(), token.topicId(), "the page token");
    }

    @Override
    public synchronized void validate(Extent extent) {
        requireSameTopic(extent.clusterId(), extent.topic(), extent.topicId(), "the export");
        List<Integer> reaching = extent.partitions().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (reaching.isEmpty()) {
            return;
        }
        Map<Integer, End> ends = admin.ends(extent.topic(), reaching, extent.isolationLevel());
        extent.partitions().forEach((partition, range) -> {
            End end = ends.get(partition);
            if (end != null && end.offset() < range.end()) {
                throw new TopicChangedException(
                        extent.topic() + "-" + partition + ": the log was truncated, it ends at "
                                + end.offset() + " now and the export's extent is " + range
                                + "; start a new export into another output");
            }
        });
        truncation.check(extent, ends);
    }

    @Override
    public Map<Integer, Long> logStarts(Extent extent) {
        return admin.offsets(
                extent.topic(), extent.partitions().keySet(), OffsetSpec.earliest(), extent.isolationLevel());
    }

    @Override
    public Compaction compaction(String topic) {
        return admin.compaction(topic);
    }

    private void requireSameTopic(String clusterId, String topic, Uuid topicId, String whose) {
        String currentCluster = admin.clusterId();
        if (!currentCluster.equals(clusterId)) {
            throw new TopicChangedException(
                    whose + " belongs to cluster " + clusterId + ", but " + settings.bootstrapServers() + " is cluster "
                            + currentCluster + "; connect to the cluster it belongs to");
        }
        TopicDescription current;
        try {
            current = admin.describe(topic);
        } catch (UsageException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new TopicChangedException(
                        "topic " + topic + ", to which " + whose + " belongs, is gone from "
                                + settings.bootstrapServers()
                                + ", or may not be seen any more; ask for DESCRIBE if it is there",
                        e);
            }
            throw e;
        }
        if (!current.topicId().equals(topicId)) {
            throw new TopicChangedException("topic " + topic + " was deleted and created again: " + whose
                    + " belongs to topic id " + topicId + ", it is " + current.topicId()
                    + " now; start a new export into another output");
        }
    }

    /** What it uses stays open. */
    @Override
    public void close() {}
}
