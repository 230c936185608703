package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.plan.TopicFacts;
import io.pagewalk.record.RecordView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** Turns a request into a plan: the freeze. */
final class Planner {
    private final TopicQuestions topics;
    private final IdleConsumers consumers;
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final TopicCheck check;

    Planner(
            TopicQuestions topics,
            IdleConsumers consumers,
            KafkaSettings settings,
            StopSignal stop,
            Waits waits,
            TopicCheck check) {
        this.topics = topics;
        this.consumers = consumers;
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.check = check;
    }

    /** @param seen takes each record of the sample */
    ExportPlan plan(ExportSpec request, Consumer<RecordView> seen) {
        String clusterId = topics.clusterId();
        TopicDescription description = topics.describe(request.topic());
        int count = description.partitions().size();
        return plan(
                request, clusterId, description, request.partitions().select(request.topic(), count), null, null, seen);
    }

    /**
     * Plans a run of a series.
     *
     * @param before the one before it, or null for the first
     * @param window what it ends with, or null if it ends where the request does
     * @param seen takes each record of the sample
     */
    ExportPlan planRun(
            ExportSpec request, @Nullable RunBefore before, @Nullable PlannedWindow window, Consumer<RecordView> seen) {
        String clusterId = before == null ? topics.clusterId() : before.extent().clusterId();
        TopicDescription description = before == null ? topics.describe(request.topic()) : sameTopic(before);
        int count = description.partitions().size();
        return plan(request, clusterId, description, request.partitions().selectPresent(count), before, window, seen);
    }

    /** A time that the first window has to hold; empty if there are no records. */
    Optional<Instant> firstTime(ExportSpec request) {
        String clusterId = topics.clusterId();
        TopicDescription description = topics.describe(request.topic());
        List<Integer> partitions = Arrays.stream(request.partitions()
                        .selectPresent(description.partitions().size()))
                .boxed()
                .toList();
        IsolationLevel isolation = request.isolationLevel();
        Map<Integer, Long> starts =
                topics.offsets(request.topic(), partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<Integer, Long> ends = offsets(topics.ends(request.topic(), partitions, isolation));
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        for (int partition : partitions) {
            long end = at(ends, partition);
            long from = request.from() instanceof OffsetBound.AtOffset given ? given.offset() : 0;
            ranges.put(partition, new OffsetRange(Math.min(end, Math.max(at(starts, partition), from)), end));
        }
        Extent extent =
                new Extent(clusterId, request.topic(), description.topicId(), isolation, ranges, new TreeMap<>());
        OptionalLong time = RecordSampler.firstTime(extent, consumers, settings, stop, waits);
        return time.isPresent() ? Optional.of(Instant.ofEpochMilli(time.getAsLong())) : Optional.empty();
    }

    private TopicDescription sameTopic(RunBefore before) {
        Extent passed = before.extent();
        return check.requireSame(passed.clusterId(), passed.topic(), passed.topicId(), "run " + before.number());
    }

    private ExportPlan plan(
            ExportSpec request,
            String clusterId,
            TopicDescription description,
            int[] chosen,
            @Nullable RunBefore before,
            @Nullable PlannedWindow window,
            Consumer<RecordView> seen) {
        String topic = request.topic();
        List<Integer> partitions = Arrays.stream(chosen).boxed().toList();
        IsolationLevel isolation = request.isolationLevel();
        TopicQuestions.Bounds now = topics.bounds(topic, partitions);
        Map<Integer, Long> starts = now.starts();
        Map<Integer, End> ending = now.ends(isolation);
        Map<Integer, Long> highWatermarks = offsets(now.highWatermarks());
        Map<Integer, Long> lastStable = offsets(now.lastStable());
        Map<Integer, Long> ends = offsets(ending);
        Instant frozenAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (before != null) {
            check.requireReached(before.passed(), ending);
        }
        SortedMap<Integer, OffsetRange> whole = new TreeMap<>();
        SortedMap<Integer, OffsetRange> lost = new TreeMap<>();
        for (int partition : partitions) {
            long logStart = at(starts, partition);
            long start = before == null ? logStart : Math.max(logStart, before.nextStart(partition));
            whole.put(partition, new OffsetRange(start, Math.max(start, at(ends, partition))));
            if (before != null && before.nextStart(partition) < logStart) {
                lost.put(partition, new OffsetRange(before.nextStart(partition), logStart));
            }
        }
        OffsetBound from = before == null ? request.fixedFrom(frozenAt) : new OffsetBound.Earliest();
        BoundResolver.Resolved bounds = new BoundResolver(
                        topics, consumers, settings, stop, waits, topic, isolation, whole, frozenAt)
                .resolve(
                        from,
                        window == null
                                ? request.fixedTo(frozenAt)
                                : new OffsetBound.AtTime(window.window().end()));

        List<PartitionState> states = new ArrayList<>();
        for (int partition : partitions) {
            // The two ends are of two moments; a transaction may have been committed in between.
            states.add(new PartitionState(
                    partition,
                    at(starts, partition),
                    at(lastStable, partition),
                    Math.max(at(highWatermarks, partition), at(lastStable, partition))));
        }
        Extent extent =
                new Extent(clusterId, topic, description.topicId(), isolation, bounds.ranges(), leaderEpochs(ending));
        SampledRecords sampled = sample(extent, seen);
        TopicFacts facts = new FactsReader(topics).read(description);
        return new ExportPlan(
                request,
                extent,
                firstToken(request, extent, sampled.sample(), window),
                before == null ? request.formats(sampled.formats()) : before.formats(),
                frozenAt,
                states,
                sampled.sample(),
                facts.compaction(),
                bounds.unordered(),
                null,
                before == null
                        ? null
                        : new NextRun(
                                before.number() + 1,
                                lost,
                                before.added(partitions),
                                new HeadRoom(
                                        frozenAt,
                                        facts.retention(),
                                        oldest(extent, whole, sampled),
                                        offsetsPassed(starts, whole))),
                facts,
                window == null ? null : window.of(extent, whole));
    }

    private SampledRecords sample(Extent extent, Consumer<RecordView> seen) {
        return RecordSampler.sample(extent, consumers, settings, stop, waits, seen);
    }

    /** Also of records that are not in the extent, because it ends before them. */
    private @Nullable Long oldest(Extent extent, SortedMap<Integer, OffsetRange> whole, SampledRecords sampled) {
        SortedMap<Integer, OffsetRange> unseen = new TreeMap<>();
        extent.partitions().forEach((partition, range) -> {
            OffsetRange all = whole.get(partition);
            if (range.isEmpty() && all != null) {
                unseen.put(partition, all);
            }
        });
        Long beyond = sample(
                        new Extent(
                                extent.clusterId(), extent.topic(), extent.topicId(), extent.isolationLevel(), unseen),
                        record -> {})
                .oldest();
        if (beyond != null) {
            sampled.startsAt(beyond);
        }
        return sampled.oldest();
    }

    private static long offsetsPassed(Map<Integer, Long> logStarts, SortedMap<Integer, OffsetRange> whole) {
        return whole.entrySet().stream()
                .mapToLong(entry -> entry.getValue().start() - at(logStarts, entry.getKey()))
                .min()
                .orElse(0);
    }

    private static Map<Integer, Long> offsets(Map<Integer, End> ends) {
        Map<Integer, Long> offsets = new HashMap<>();
        ends.forEach((partition, end) -> offsets.put(partition, end.offset()));
        return offsets;
    }

    private static SortedMap<Integer, Integer> leaderEpochs(Map<Integer, End> ends) {
        SortedMap<Integer, Integer> epochs = new TreeMap<>();
        ends.forEach((partition, end) -> end.leaderEpoch().ifPresent(epoch -> epochs.put(partition, epoch)));
        return epochs;
    }

    /** A page is a whole number of files, so that pages of full slices come out full. */
    private static PageToken firstToken(
            ExportSpec request, Extent extent, ExportPlan.Sample sample, @Nullable PlannedWindow window) {
        long page = request.pageRecords(sample.recordBytes());
        long slice = request.fileRecords(sample.recordBytes());
        // An empty file of one window would have the name of that of the next.
        if (extent.size() == 0 && window != null && window.directory().isEmpty()) {
            return PageToken.ofNothing(extent, request.direction(), page - page % slice, slice);
        }
        return PageToken.first(extent, request.direction(), page - page % slice, slice);
    }

    private static long at(Map<Integer, Long> offsets, int partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
