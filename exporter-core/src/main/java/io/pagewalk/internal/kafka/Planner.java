package io.pagewalk.internal.kafka;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.kafka.AdminCalls.End;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.ExportSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;

/** Turns a request into a plan: the freeze. */
final class Planner {
    private final AdminCalls admin;
    private final IdleConsumers consumers;
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;

    Planner(AdminCalls admin, IdleConsumers consumers, KafkaSettings settings, StopSignal stop, Waits waits) {
        this.admin = admin;
        this.consumers = consumers;
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
    }

    ExportPlan plan(ExportSpec request) {
        String topic = request.topic();
        String clusterId = admin.clusterId();
        TopicDescription description = admin.describe(topic);
        List<Integer> partitions = Arrays.stream(request.partitions()
                        .select(topic, description.partitions().size()))
                .boxed()
                .toList();
        IsolationLevel isolation = request.isolationLevel();
        Map<Integer, Long> starts = admin.offsets(topic, partitions, OffsetSpec.earliest(), isolation);
        Map<Integer, End> uncommitted = admin.ends(topic, partitions, IsolationLevel.READ_UNCOMMITTED);
        Map<Integer, End> committed = admin.ends(topic, partitions, IsolationLevel.READ_COMMITTED);
        Map<Integer, End> ending = isolation == IsolationLevel.READ_COMMITTED ? committed : uncommitted;
        Map<Integer, Long> highWatermarks = offsets(uncommitted);
        Map<Integer, Long> lastStable = offsets(committed);
        Map<Integer, Long> ends = offsets(ending);
        Instant frozenAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SortedMap<Integer, OffsetRange> whole = new TreeMap<>();
        for (int partition : partitions) {
            long start = at(starts, partition);
            whole.put(partition, new OffsetRange(start, Math.max(start, at(ends, partition))));
        }
        BoundResolver.Resolved bounds = new BoundResolver(
                        admin, consumers, settings, stop, waits, topic, isolation, whole, frozenAt)
                .resolve(request.from(), request.to());

        List<PartitionState> states = new ArrayList<>();
        for (int partition : partitions) {
            // The two ends were asked for one after the other; a transaction may have been committed in between.
            states.add(new PartitionState(
                    partition,
                    at(starts, partition),
                    at(lastStable, partition),
                    Math.max(at(highWatermarks, partition), at(lastStable, partition))));
        }
        Extent extent =
                new Extent(clusterId, topic, description.topicId(), isolation, bounds.ranges(), leaderEpochs(ending));
        SampledRecords sampled = RecordSampler.sample(extent, consumers, settings, stop, waits);
        return new ExportPlan(
                request,
                extent,
                firstToken(request, extent, sampled.sample()),
                request.formats(sampled.formats()),
                frozenAt,
                states,
                sampled.sample(),
                admin.compaction(topic),
                bounds.unordered(),
                null);
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
    private static PageToken firstToken(ExportSpec request, Extent extent, ExportPlan.Sample sample) {
        long page = request.pageRecords(sample.recordBytes());
        long slice = request.fileRecords(sample.recordBytes());
        return PageToken.first(extent, request.direction(), page - page % slice, slice);
    }

    private static long at(Map<Integer, Long> offsets, int partition) {
        return offsets.getOrDefault(partition, 0L);
    }
}
