package io.pagewalk.internal.kafka;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.crossing.CrossingSearch;
import io.pagewalk.internal.crossing.Crossings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.UnorderedTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Turns what was asked for into offsets: {@code --from} and {@code --to} of every partition, at the freeze. */
final class BoundResolver {
    /** No clock is believed that is further ahead. */
    private static final Duration AHEAD = Duration.ofHours(1);

    /**
     * What the bounds come to.
     *
     * @param ranges the range of every partition
     * @param unordered the times whose place says little
     */
    record Resolved(SortedMap<Integer, OffsetRange> ranges, List<UnorderedTime> unordered) {}

    private final TopicQuestions topics;
    private final IdleConsumers consumers;
    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    private final String topic;
    private final IsolationLevel isolation;
    private final SortedMap<Integer, OffsetRange> whole;
    private final Instant frozenAt;
    private final List<UnorderedTime> unordered = new ArrayList<>();

    /**
     * @param whole what there is of each partition
     * @param frozenAt when that was so
     */
    BoundResolver(
            TopicQuestions topics,
            IdleConsumers consumers,
            KafkaSettings settings,
            StopSignal stop,
            Waits waits,
            String topic,
            IsolationLevel isolation,
            SortedMap<Integer, OffsetRange> whole,
            Instant frozenAt) {
        this.topics = topics;
        this.consumers = consumers;
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.topic = topic;
        this.isolation = isolation;
        this.whole = whole;
        this.frozenAt = frozenAt;
    }

    Resolved resolve(OffsetBound from, OffsetBound to) {
        Map<Integer, CrossingSearch> searchesFrom = searches(from);
        Map<Integer, CrossingSearch> searchesTo = searches(to);
        search(searchesFrom, searchesTo);
        Map<Integer, Crossings> crossingsFrom = results("from", from, searchesFrom);
        Map<Integer, Crossings> crossingsTo = results("to", to, searchesTo);
        SortedMap<Integer, OffsetRange> ranges = new TreeMap<>();
        whole.forEach((partition, range) -> {
            Crossings start = crossingsFrom.get(partition);
            Crossings end = crossingsTo.get(partition);
            long first = offset(from, range, start == null ? range.start() : start.first());
            long last = offset(to, range, end == null ? range.end() : end.last());
            ranges.put(partition, new OffsetRange(first, Math.max(first, last)));
        });
        return new Resolved(ranges, unordered);
    }

    private static long offset(OffsetBound bound, OffsetRange range, long crossing) {
        if (bound instanceof OffsetBound.Earliest) {
            return range.start();
        } else if (bound instanceof OffsetBound.Latest) {
            return range.end();
        } else if (bound instanceof OffsetBound.AtOffset given) {
            return Math.max(range.start(), Math.min(range.end(), given.offset()));
        }
        return crossing;
    }

    private Map<Integer, CrossingSearch> searches(OffsetBound bound) {
        if (!(bound instanceof OffsetBound.AtTime asked)) {
            return Map.of();
        }
        long time = millis(asked.instant());
        Map<Integer, Long> answers = answers(time);
        long latest = frozenAt.plus(AHEAD).toEpochMilli();
        Map<Integer, CrossingSearch> searches = new HashMap<>();
        whole.forEach((partition, range) -> searches.put(
                partition,
                new CrossingSearch(
                        range.start(), range.end(), time, latest, answers.getOrDefault(partition, range.start()))));
        return searches;
    }

    /** By partition; none for times that cannot be asked for. */
    private Map<Integer, Long> answers(long time) {
        return time < 0 ? Map.of() : topics.offsets(topic, whole.keySet(), OffsetSpec.forTimestamp(time), isolation);
    }

    private void search(Map<Integer, CrossingSearch> from, Map<Integer, CrossingSearch> to) {
        Map<TopicPartition, List<CrossingSearch>> underWay = new HashMap<>();
        for (int partition : whole.keySet()) {
            List<CrossingSearch> ofPartition = new ArrayList<>();
            addUnderWay(from.get(partition), ofPartition);
            addUnderWay(to.get(partition), ofPartition);
            if (!ofPartition.isEmpty()) {
                underWay.put(new TopicPartition(topic, partition), ofPartition);
            }
        }
        if (!underWay.isEmpty()) {
            try (IdleConsumers.Taken taken = consumers.take(isolation, topic, stop)) {
                new CrossingReader(settings, stop, waits, taken).run(underWay);
                taken.keep();
            }
        }
    }

    private static void addUnderWay(@Nullable CrossingSearch search, List<CrossingSearch> searches) {
        if (search != null && search.next() != null) {
            searches.add(search);
        }
    }

    private Map<Integer, Crossings> results(String name, OffsetBound bound, Map<Integer, CrossingSearch> searches) {
        Map<Integer, Crossings> results = new TreeMap<>();
        searches.forEach((partition, search) -> results.put(partition, search.result()));
        List<UnorderedTime.Place> places = new ArrayList<>();
        results.forEach((partition, found) -> {
            if (!found.ordered()) {
                places.add(new UnorderedTime.Place(
                        partition, found.first(), found.last(), found.samples(), found.disagreeing()));
            }
        });
        if (!places.isEmpty() && bound instanceof OffsetBound.AtTime asked) {
            unordered.add(new UnorderedTime(name, asked.instant(), places));
        }
        return results;
    }

    private static long millis(Instant instant) {
        try {
            return OffsetBound.millis(instant);
        } catch (ArithmeticException | DateTimeException e) {
            throw new UsageException(instant + " is too far from 1970 for Kafka to look up; give a nearer time", e);
        }
    }
}
