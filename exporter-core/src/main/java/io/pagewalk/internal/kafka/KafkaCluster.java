package io.pagewalk.internal.kafka;

import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.admin.AdminCalls;
import io.pagewalk.internal.admin.SharedAdmin;
import io.pagewalk.internal.admin.TopicListing;
import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.consumer.KafkaSliceReader;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.listing.ListedTopic;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.listing.TopicDetails;
import io.pagewalk.listing.TopicSize;
import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.SliceReader;
import io.pagewalk.spi.SourceTopic;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** The cluster that holds the topic, as one run sees it. Used by one thread, but for {@link #readers}. */
public final class KafkaCluster implements SourceTopic, RecordSource {
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final AdminCalls admin;
    private final TopicQuestions questions;
    private final IdleConsumers consumers;
    private final TopicCheck check;

    KafkaCluster(KafkaSettings settings, SharedAdmin admin, IdleConsumers consumers, StopSignal stop, Waits waits) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.consumers = consumers;
        this.admin = new AdminCalls(admin, stop, waits);
        this.questions = new TopicQuestions(this.admin);
        this.check = new TopicCheck(questions, settings, stop, waits);
    }

    @Override
    public ExportPlan plan(ExportSpec request, Consumer<RecordView> sampled) {
        return planner().plan(request, sampled);
    }

    @Override
    public ExportPlan planRun(
            ExportSpec request,
            @Nullable RunBefore before,
            @Nullable PlannedWindow window,
            Consumer<RecordView> sampled) {
        return planner().planRun(request, before, window, sampled);
    }

    @Override
    public Optional<Instant> firstTime(ExportSpec request) {
        return planner().firstTime(request);
    }

    @Override
    public CommittedOffsets committedOffsets(String topic) {
        return new GroupReader(admin, settings, topic).read();
    }

    private Planner planner() {
        return new Planner(questions, consumers, settings, stop, waits, check);
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
        check.requireSame(token.clusterId(), token.topic(), token.topicId(), "the page token");
    }

    @Override
    public synchronized void validate(Extent extent) {
        check.validate(extent);
    }

    @Override
    public Map<Integer, Long> logStarts(Extent extent) {
        return questions.offsets(
                extent.topic(), extent.partitions().keySet(), OffsetSpec.earliest(), extent.isolationLevel());
    }

    @Override
    public Compaction compaction(String topic) {
        return questions.compaction(topic);
    }

    /** The token of a listing's first page. */
    public PageToken freeze(ListingSpec spec) {
        return new WalkFreezer(questions, consumers, settings, stop, waits).freeze(spec);
    }

    /** What a topic is at this moment. */
    public TopicDetails details(String topic) {
        return new TopicDescriber(questions).describe(topic);
    }

    /** The bytes that a batch of the topic's may have; empty where its configuration may not be read. */
    public OptionalLong maxMessageBytes(String topic) {
        return new FactsReader(questions).maxMessageBytes(topic);
    }

    /** All topics that may be seen, in no order. */
    public List<ListedTopic> topics() {
        return new TopicListing(admin, settings).topics();
    }

    /** As {@link TopicListing#sizes}. */
    public Map<String, Long> sizes(Collection<String> topics) {
        return new TopicListing(admin, settings).sizes(topics);
    }

    /** As {@link TopicListing#overview}. */
    public Map<String, TopicSize> overview(Collection<String> topics) {
        return new TopicListing(admin, settings).overview(topics);
    }

    /**
     * The keys of first records, of topics that are compacted and have one partition.
     *
     * @return by topic; without those of which none can be told
     */
    public Map<String, byte[]> firstKeysOfCompacted(Collection<String> topics) {
        return new FirstKeys(settings, stop, waits).of(new TopicListing(admin, settings).compacted(topics));
    }

    /** The cluster's id. */
    public String clusterId() {
        return admin.clusterId();
    }

    /** What it uses stays open. */
    @Override
    public void close() {}
}
