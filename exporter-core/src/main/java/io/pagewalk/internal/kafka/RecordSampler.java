package io.pagewalk.internal.kafka;

import io.pagewalk.error.Advice;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.consumer.PollBudget;
import io.pagewalk.internal.consumer.RecordAdapter;
import io.pagewalk.internal.consumer.Silence;
import io.pagewalk.internal.crossing.FirstTimes;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.record.RecordView;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Looks at the first and last records of each partition, to decide what payloads are and what a record weighs. Of a topic
 * with very many partitions it looks at some, spread evenly. Each record counts once. Records that retention takes away
 * meanwhile are passed over: what is pinned for the whole export is not to hang on that. Keeps no records.
 */
final class RecordSampler {
    private static final int RECORDS_AT_EACH_END = 16;
    private static final int MAX_PARTITIONS = 256;
    private static final int RECORDS_OF_FIRST_WINDOW = 256;
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final StopSignal stop;
    private final Waits waits;
    /** Up to where each partition was looked at, from its start. */
    private final Map<TopicPartition, Long> seenTo = new HashMap<>();

    private final PollBudget budget;
    private final Consumer<ByteBuffer, ByteBuffer> consumer;
    private final SampledRecords seen;
    private final FirstTimes first = new FirstTimes();
    private boolean atStart = true;
    private int wanted = RECORDS_AT_EACH_END;
    private final RecordAdapter adapter = new RecordAdapter();

    RecordSampler(
            KafkaSettings settings,
            StopSignal stop,
            Waits waits,
            PollBudget budget,
            Consumer<ByteBuffer, ByteBuffer> consumer,
            SampledRecords seen) {
        this.settings = settings;
        this.stop = stop;
        this.waits = waits;
        this.budget = budget;
        this.consumer = consumer;
        this.seen = seen;
    }

    /** @param also takes each record of the sample, too */
    static SampledRecords sample(
            Extent extent,
            IdleConsumers consumers,
            KafkaSettings settings,
            StopSignal stop,
            Waits waits,
            java.util.function.Consumer<RecordView> also) {
        SampledRecords seen = new SampledRecords(also);
        if (extent.size() == 0) {
            return seen;
        }
        try (IdleConsumers.Taken taken = consumers.take(extent.isolationLevel(), extent.topic(), stop)) {
            SampledRecords sampled =
                    new RecordSampler(settings, stop, waits, taken.budget(), taken.consumer(), seen).sample(extent);
            taken.keep();
            return sampled;
        }
    }

    /**
     * The earliest, over all partitions of an extent, of the median timestamp of the first records; empty if there are none.
     *
     * @throws UsageException if there are, without timestamps
     */
    static OptionalLong firstTime(
            Extent extent, IdleConsumers consumers, KafkaSettings settings, StopSignal stop, Waits waits) {
        if (extent.size() == 0) {
            return OptionalLong.empty();
        }
        try (IdleConsumers.Taken taken = consumers.take(extent.isolationLevel(), extent.topic(), stop)) {
            OptionalLong time = new RecordSampler(
                            settings, stop, waits, taken.budget(), taken.consumer(), new SampledRecords())
                    .firstTime(extent);
            taken.keep();
            return time;
        }
    }

    private OptionalLong firstTime(Extent extent) {
        Map<TopicPartition, OffsetRange> all = choose(extent, Integer.MAX_VALUE);
        wanted = RECORDS_OF_FIRST_WINDOW;
        try {
            read(all, (partition, range) -> range.start());
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot read the first records of topic " + extent.topic(), settings);
        }
        OptionalLong earliest = first.earliest(RECORDS_OF_FIRST_WINDOW);
        if (earliest.isEmpty() && seen.sample().records() > 0) {
            throw new UsageException(
                    "the first records of topic " + extent.topic() + " have no timestamps, so they are of no window",
                    Advice.SAY_WHERE_TO_BEGIN);
        }
        return earliest;
    }

    SampledRecords sample(Extent extent) {
        Map<TopicPartition, OffsetRange> sampled = choose(extent, MAX_PARTITIONS);
        if (sampled.isEmpty()) {
            return seen;
        }
        try {
            read(sampled, (partition, range) -> range.start());
            atStart = false;
            first.earliest(1).ifPresent(seen::startsAt);
            read(
                    sampled,
                    (partition, range) -> Math.max(
                            seenTo.getOrDefault(partition, range.start()),
                            range.last(RECORDS_AT_EACH_END).start()));
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot read a sample of topic " + extent.topic(), settings);
        }
        return seen;
    }

    private static Map<TopicPartition, OffsetRange> choose(Extent extent, int most) {
        List<Map.Entry<Integer, OffsetRange>> filled = extent.partitions().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .toList();
        Map<TopicPartition, OffsetRange> chosen = new HashMap<>();
        int count = Math.min(most, filled.size());
        for (int i = 0; i < count; i++) {
            Map.Entry<Integer, OffsetRange> entry = filled.get((int) ((long) i * filled.size() / count));
            chosen.put(new TopicPartition(extent.topic(), entry.getKey()), entry.getValue());
        }
        return chosen;
    }

    /** Reads some records of every partition from where {@code from} says, all partitions at a time. */
    private void read(Map<TopicPartition, OffsetRange> sampled, ToLongBiFunction<TopicPartition, OffsetRange> from) {
        Map<TopicPartition, Integer> missing = new HashMap<>();
        consumer.assign(sampled.keySet());
        sampled.forEach((partition, range) -> {
            consumer.seek(partition, from.applyAsLong(partition, range));
            missing.put(partition, wanted);
        });
        consumer.resume(sampled.keySet());
        finish(sampled, missing);
        try (Silence silence = new Silence(waits, settings, consumer, POLL)) {
            boolean moved = true;
            while (!missing.isEmpty()) {
                if (stop.isRequested()) {
                    throw new StoppedException("stopped on request");
                }
                TopicPartition next = missing.keySet().iterator().next();
                if (moved) {
                    silence.begin(Waits.For.BROKERS, "the sample of " + next, -1);
                }
                if (silence.isTooLong()) {
                    throw KafkaFailures.silence("cannot read a sample of " + next + ": nothing arrived", settings);
                }
                moved = poll(sampled, missing);
                moved |= finish(sampled, missing);
            }
        }
    }

    /** True if a record came. */
    private boolean poll(Map<TopicPartition, OffsetRange> sampled, Map<TopicPartition, Integer> missing) {
        budget.renew();
        ConsumerRecords<ByteBuffer, ByteBuffer> polled;
        try {
            polled = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            // Retention has passed where it stood; only these partitions go on from where they begin now.
            consumer.seekToBeginning(e.offsetOutOfRangePartitions().keySet());
            return false;
        }
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            Integer left = missing.get(partition);
            OffsetRange range = sampled.get(partition);
            if (left != null && left > 0 && range != null && isNew(partition, range, record.offset())) {
                seen.see(adapter.view(record));
                if (atStart) {
                    first.see(record.partition(), record.timestamp());
                }
                seenTo.put(partition, record.offset() + 1);
                missing.put(partition, left - 1);
            }
        }
        return !polled.isEmpty();
    }

    private boolean isNew(TopicPartition partition, OffsetRange range, long offset) {
        return range.contains(offset) && offset >= seenTo.getOrDefault(partition, range.start());
    }

    /** Takes out what has enough records, or stands at its end; true if there was any. */
    private boolean finish(Map<TopicPartition, OffsetRange> sampled, Map<TopicPartition, Integer> missing) {
        List<TopicPartition> done = new ArrayList<>();
        missing.forEach((partition, left) -> {
            OffsetRange range = sampled.get(partition);
            if (left == 0 || range == null || hasReached(partition, range.end())) {
                done.add(partition);
            }
        });
        missing.keySet().removeAll(done);
        consumer.pause(done);
        return !done.isEmpty();
    }

    private boolean hasReached(TopicPartition partition, long end) {
        try {
            return consumer.position(partition, POLL) >= end;
        } catch (TimeoutException e) {
            // Where its log begins is not known yet.
            return false;
        }
    }
}
