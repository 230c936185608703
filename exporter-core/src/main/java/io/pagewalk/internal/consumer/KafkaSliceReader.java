package io.pagewalk.internal.consumer;

import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.model.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads slices with a plain consumer: assign and seek, no group. A slice ends where the consumer's position reaches its
 * end, because its last offsets may hold no record: compaction and transaction markers leave gaps.
 */
public final class KafkaSliceReader implements SourceReaders.RunReader {
    /**
     * So few that what was polled is still in the processor's cache when it is handed over. It also bounds what a poll of large records
     * without key and value holds, until it is known that there are such.
     */
    private static final int MAX_POLL_RECORDS = 500;

    private static final long MAX_POLL_BYTES = 4L << 20;
    /** Bounds how long a stop waits for a poll that gets nothing. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;
    private final PollBudget budget;
    private final IntFunction<Consumer<ByteBuffer, ByteBuffer>> consumers;
    private final RateLimit limit;
    private Progress progress;
    private Waits waits;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Consumer<ByteBuffer, ByteBuffer> consumer;
    private ConsumerMeter meter;
    private final Silence silence;
    private int maxPollRecords = MAX_POLL_RECORDS;
    private @Nullable TopicPartition assigned;
    private final PolledRecords polled = new PolledRecords();
    /** Where the consumer stands: behind what was polled, and behind gaps. */
    private long position;

    /** Where the next slice may begin without a seek; -1 after a failure. */
    private long resting = -1;

    private long consumerSince = System.nanoTime();
    /** The consumer may have fetched ahead before the run began that it serves. */
    private boolean stale;

    /** @param consumers makes a consumer whose polls bring so many records at most */
    KafkaSliceReader(
            KafkaSettings settings,
            IntFunction<Consumer<ByteBuffer, ByteBuffer>> consumers,
            PollBudget budget,
            RateLimit limit,
            Progress progress) {
        this.settings = settings;
        this.consumers = consumers;
        this.consumer = consumers.apply(MAX_POLL_RECORDS);
        this.budget = budget;
        this.limit = limit;
        this.progress = progress;
        this.meter = new ConsumerMeter(consumer, progress);
        this.waits = progress.waits();
        this.silence = new Silence(waits, settings, consumer, POLL);
    }

    public static KafkaSliceReader open(
            KafkaSettings settings, IsolationLevel isolationLevel, RateLimit limit, Progress progress) {
        PollBudget budget = new PollBudget(limit.pollBytes(MAX_POLL_BYTES));
        return new KafkaSliceReader(
                settings, most -> open(settings, isolationLevel, most, budget), budget, limit, progress);
    }

    private static Consumer<ByteBuffer, ByteBuffer> open(
            KafkaSettings settings, IsolationLevel isolationLevel, int maxPollRecords, PollBudget budget) {
        try {
            return new KafkaConsumer<>(
                    settings.consumerConfig(isolationLevel, maxPollRecords),
                    budget.deserializer(),
                    budget.deserializer());
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, "cannot open a consumer", settings);
        }
    }

    @Override
    public void serve(Progress other, long since) {
        stale = consumerSince - since < 0;
        if (stale) {
            resting = -1;
        }
        progress = other;
        waits = other.waits();
        meter.serve(other);
        silence.serve(waits);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void read(Slice slice, RecordHandler handler) throws IOException {
        if (slice.range().isEmpty()) {
            return;
        }
        if (!continuesWith(slice)) {
            seek(slice);
        }
        resting = -1;
        try {
            readOn(slice, handler);
        } finally {
            meter.account();
        }
        resting = slice.range().end();
    }

    private void readOn(Slice slice, RecordHandler handler) throws IOException {
        TopicPartition partition = slice.topicPartition();
        long end = slice.range().end();
        while (!handOver(slice, end, handler) && position < end) {
            awaitProgress(slice, partition);
            holdBack(slice);
        }
    }

    private void awaitProgress(Slice slice, TopicPartition partition) {
        long before = position;
        silence.begin(Waits.For.RECORDS, slice, position);
        try {
            while (position == before && polled.isEmpty()) {
                if (stopped.getCount() == 0) {
                    throw stoppedAt(slice);
                }
                if (silence.isTooLong()) {
                    throw KafkaFailures.silence(slice + ": nothing arrived at offset " + position, settings);
                }
                poll(slice, partition);
            }
        } finally {
            silence.close();
        }
    }

    private void holdBack(Slice slice) {
        long nanos = limit.take(budget.spent());
        if (nanos <= 0) {
            return;
        }
        Waits.Wait wait = waits.begin(Waits.For.RATE, slice, position);
        try {
            if (stoppedWithin(nanos)) {
                throw stoppedAt(slice);
            }
        } finally {
            wait.end();
        }
    }

    private boolean stoppedWithin(long nanos) {
        long begun = System.nanoTime();
        try {
            return stopped.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            meter.throttled(System.nanoTime() - begun);
        }
    }

    private StoppedException stoppedAt(Slice slice) {
        return new StoppedException("stopped while reading " + slice + " at offset " + position);
    }

    private boolean continuesWith(Slice slice) {
        return slice.topicPartition().equals(assigned) && slice.range().start() == resting;
    }

    private void seek(Slice slice) {
        TopicPartition partition = slice.topicPartition();
        polled.take(List.of());
        if (stale && assigned != null && assigned.topic().equals(partition.topic())) {
            replaceConsumer(maxPollRecords);
            assigned = null;
        }
        if (!partition.equals(assigned)) {
            consumer.assign(List.of(partition));
            assigned = partition;
        }
        consumer.seek(partition, slice.range().start());
        position = slice.range().start();
    }

    /** Hands over what was polled; true once a record at or behind {@code end} shows that the slice is done. */
    private boolean handOver(Slice slice, long end, RecordHandler handler) throws IOException {
        if (polled.isEmpty()) {
            return false;
        }
        Waits.Wait wait = waits.begin(Waits.For.STORAGE, slice, polled.nextOffset());
        try {
            polled.handOver(end, handler);
            return !polled.isEmpty();
        } finally {
            wait.end();
        }
    }

    private void poll(Slice slice, TopicPartition partition) {
        long begun = System.nanoTime();
        try {
            budget.renew();
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records =
                    consumer.poll(POLL).records(partition);
            polled.take(records);
            int most = budget.polled(records);
            if (!records.isEmpty()) {
                position = records.get(records.size() - 1).offset() + 1;
            }
            position = consumer.position(partition, POLL);
            if (most < maxPollRecords) {
                bringLess(partition, most);
            }
        } catch (TimeoutException e) {
            // A position that waits for its validation after a change of leader has not advanced.
            return;
        } catch (OffsetOutOfRangeException e) {
            tryAgainUnlessGone(slice, partition, e);
        } catch (KafkaException e) {
            throw KafkaFailures.translate(e, partition + " at offset " + position, settings);
        } finally {
            meter.polled(System.nanoTime() - begun);
        }
    }

    /** The setting is a consumer's for life. */
    private void bringLess(TopicPartition partition, int most) {
        meter.account();
        replaceConsumer(most);
        consumer.assign(List.of(partition));
        consumer.seek(partition, position);
    }

    private void replaceConsumer(int most) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        consumerSince = System.nanoTime();
        stale = false;
        consumer = consumers.apply(most);
        meter = new ConsumerMeter(consumer, progress);
        silence.continueWith(consumer);
        maxPollRecords = most;
    }

    /** Where the log has the offset after all, a leader that was behind has answered, before its log start or its end moved. */
    private void tryAgainUnlessGone(Slice slice, TopicPartition partition, OffsetOutOfRangeException failure) {
        new OffsetNotInLog(slice, position, failure).throwUnlessFound(consumer, settings);
        consumer.seek(partition, position);
        if (stoppedWithin(POLL.toNanos())) {
            throw stoppedAt(slice);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
