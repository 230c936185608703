package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.listing.ListingSpec;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.OffsetBound;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;

/** Freezes what a listing is of. Somebody waits for its first page, so it asks for no more than that: no samples, and nothing of what the topic is set to. */
final class WalkFreezer {
    private final TopicQuestions topics;
    private final IdleConsumers consumers;
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;

    WalkFreezer(TopicQuestions topics, IdleConsumers consumers, KafkaSettings settings, StopSignal stop, Waits waits) {
        this.topics = topics;
        this.consumers = consumers;
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
    }

    /** The token of the first page, over single offsets. */
    PageToken freeze(ListingSpec spec) {
        String clusterId = topics.clusterId();
        TopicDescription description = topics.describe(spec.topic());
        List<Integer> partitions = Arrays.stream(spec.partitions()
                        .select(spec.topic(), description.partitions().size()))
                .boxed()
                .toList();
        Map<Integer, Long> starts =
                topics.offsets(spec.topic(), partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
        Map<Integer, End> ends = topics.ends(spec.topic(), partitions, spec.isolationLevel());
        Instant now = Instant.now();
        SortedMap<Integer, OffsetRange> whole = new TreeMap<>();
        for (int partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            End end = ends.get(partition);
            whole.put(partition, new OffsetRange(start, Math.max(start, end == null ? start : end.offset())));
        }
        SortedMap<Integer, OffsetRange> ranges = isWhole(spec) ? whole : resolved(spec, whole, now);
        return PageToken.first(
                new Extent(clusterId, spec.topic(), description.topicId(), spec.isolationLevel(), ranges),
                spec.direction(),
                spec.pageSize(),
                1);
    }

    private static boolean isWhole(ListingSpec spec) {
        return spec.from() instanceof OffsetBound.Earliest && spec.to() instanceof OffsetBound.Latest;
    }

    private SortedMap<Integer, OffsetRange> resolved(
            ListingSpec spec, SortedMap<Integer, OffsetRange> whole, Instant now) {
        return new BoundResolver(
                        topics, consumers, settings, stop, waits, spec.topic(), spec.isolationLevel(), whole, now)
                .resolve(spec.from().fixed(now, ZoneOffset.UTC), spec.to().fixed(now, ZoneOffset.UTC))
                .ranges();
    }
}
