package io.pagewalk.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.ThreadTimes.Activity;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaSliceReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final int POLL = 10;

    private final Endless consumer = new Endless();
    private final Progress progress = new Progress();

    @Test
    void handsOverASliceAndGoesOnWithoutASeek() throws Exception {
        KafkaSliceReader reader = reader(RateLimit.none());
        List<Long> offsets = new ArrayList<>();

        reader.read(slice(5, 25), record -> offsets.add(record.offset()));
        reader.read(slice(25, 30), record -> offsets.add(record.offset()));

        assertThat(offsets).hasSize(25).startsWith(5L).endsWith(29L).isSorted().doesNotHaveDuplicates();
        assertThat(consumer.seeks).isOne();
    }

    /** A sink that takes nothing is a reader that reads nothing: what is in memory is one poll. */
    @Test
    void readsNoFurtherThanAPollAheadOfASlowSink() throws Exception {
        KafkaSliceReader reader = reader(RateLimit.none());
        CountDownLatch never = new CountDownLatch(1);
        List<Long> ahead = new ArrayList<>();

        reader.read(slice(0, 100), record -> {
            if (record.offset() % 30 == 7) {
                await(never, 100);
            }
            ahead.add(consumer.polledTo - record.offset());
        });

        assertThat(ahead).hasSize(100).allMatch(records -> records > 0 && records <= POLL);
        assertThat(consumer.polls).isEqualTo(10);
    }

    @Test
    void accountsForHoldingBack() throws Exception {
        long begun = System.nanoTime();
        KafkaSliceReader reader = reader(RateLimit.of(10 * POLL * Endless.BYTES));

        reader.read(slice(0, 2 * POLL), record -> {});

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(progress.threadTimes().millis(Activity.THROTTLED)).isPositive();
    }

    /** What is waited for the rate is no time without progress: the limit for that is shorter here. */
    @Test
    void doesNotTakeHoldingBackForAStall() throws Exception {
        KafkaSliceReader reader = reader(RateLimit.of(2 * POLL * Endless.BYTES));
        consumer.emptyPolls = 1;
        List<Long> offsets = new ArrayList<>();

        reader.read(slice(0, 2 * POLL), record -> offsets.add(record.offset()));

        assertThat(offsets).hasSize(2 * POLL);
    }

    @Test
    void stopsWhileItHoldsBack() throws Exception {
        KafkaSliceReader reader = reader(RateLimit.of(1));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> reading = thread.submit(() -> {
                reader.read(slice(0, 2 * POLL), record -> {});
                return null;
            });
            assertThat(consumer.polled.await(20, TimeUnit.SECONDS)).isTrue();

            reader.stop();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(StoppedException.class);
        } finally {
            thread.shutdownNow();
        }
    }

    /** A position waits for its validation after a change of leader, while records have arrived. */
    @Test
    void doesNotTakeForLostWhatItHasHandedOver() {
        KafkaSliceReader reader = reader(RateLimit.none());
        consumer.positionTimesOutAtPoll = 2;
        consumer.outOfRangeAtPoll = 3;
        consumer.updateBeginningOffsets(Map.of(PARTITION, 50L));
        List<Long> offsets = new ArrayList<>();

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> reader.read(slice(0, 100), record -> offsets.add(record.offset())))
                .satisfies(loss -> {
                    assertThat(loss.start()).isEqualTo(2 * POLL);
                    assertThat(loss.end()).isEqualTo(50);
                })
                .withMessageContaining("orders-0: offsets [20, 50) are gone, the log starts at 50");
        assertThat(offsets).hasSize(2 * POLL);
    }

    @Test
    void triesAgainWhereALeaderThatWasBehindHasAnswered() throws IOException {
        KafkaSliceReader reader = reader(RateLimit.none());
        consumer.outOfRangeAtPoll = 3;
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 100L));
        List<Long> offsets = new ArrayList<>();

        reader.read(slice(0, 100), record -> offsets.add(record.offset()));

        assertThat(offsets).isEqualTo(LongStream.range(0, 100).boxed().toList());
    }

    @Test
    void knowsATruncatedLogByItsEnd() {
        KafkaSliceReader reader = reader(RateLimit.none());
        consumer.outOfRangeAtPoll = 3;
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 2L * POLL - 1));

        assertThatExceptionOfType(TopicChangedException.class)
                .isThrownBy(() -> reader.read(slice(0, 100), record -> {}))
                .withMessageContaining("the log no longer reaches offset " + 2 * POLL);
    }

    @Test
    void losesNoMoreThanTheSlice() {
        KafkaSliceReader reader = reader(RateLimit.none());
        consumer.outOfRangeAtPoll = 1;
        consumer.updateBeginningOffsets(Map.of(PARTITION, 5000L));

        assertThatExceptionOfType(DataLossException.class)
                .isThrownBy(() -> reader.read(slice(7, 100), record -> {}))
                .satisfies(loss -> {
                    assertThat(loss.start()).isEqualTo(7);
                    assertThat(loss.end()).isEqualTo(100);
                });
    }

    @Test
    void bringsFewerRecordsAPollWhereTheyAreHeadersAlone() throws IOException {
        PollBudget budget = new PollBudget(300);
        List<HeadersAlone> opened = new ArrayList<>();
        KafkaSliceReader reader = new KafkaSliceReader(
                new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofSeconds(20)),
                most -> {
                    opened.add(new HeadersAlone(Math.min(most, 100)));
                    return opened.get(opened.size() - 1);
                },
                budget,
                RateLimit.none(),
                progress);
        List<Long> offsets = new ArrayList<>();

        reader.read(slice(7, 500), record -> offsets.add(record.offset()));

        assertThat(offsets).isEqualTo(LongStream.range(7, 500).boxed().toList());
        assertThat(opened).extracting(consumer -> consumer.most).containsExactly(100, 2);
        assertThat(opened.get(0).closed()).isTrue();
        assertThat(budget.spent()).isEqualTo(2 * HeadersAlone.BYTES);
    }

    private KafkaSliceReader reader(RateLimit limit) {
        PollBudget budget = new PollBudget(limit.pollBytes(4 << 20));
        consumer.budget = budget;
        return new KafkaSliceReader(
                new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofMillis(400)),
                most -> consumer,
                budget,
                limit,
                progress);
    }

    private static Slice slice(long start, long end) {
        return new Slice(PARTITION, new OffsetRange(start, end));
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            assertThat(latch.await(millis, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A partition without an end, a few records a poll. */
    private static final class Endless extends MockConsumer<ByteBuffer, ByteBuffer> {
        static final int BYTES = 100;

        final CountDownLatch polled = new CountDownLatch(1);
        PollBudget budget = new PollBudget(1);
        int emptyPolls;
        int outOfRangeAtPoll;
        int positionTimesOutAtPoll;
        int polls;
        long polledTo;
        int seeks;

        Endless() {
            super("none");
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            seeks++;
            super.seek(partition, offset);
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            if (polls == positionTimesOutAtPoll) {
                throw new TimeoutException("still validating");
            }
            return super.position(partition, timeout);
        }

        @Override
        public synchronized ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
            polls++;
            polled.countDown();
            if (polls == outOfRangeAtPoll) {
                throw new OffsetOutOfRangeException(Map.of(PARTITION, position(PARTITION)));
            }
            if (polls > 1 && emptyPolls-- > 0) {
                return ConsumerRecords.empty();
            }
            long from = position(PARTITION);
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
            for (long offset = from; offset < from + POLL; offset++) {
                Headers headers = new RecordHeaders();
                ByteBuffer value = budget.deserializer().deserialize("orders", headers, ByteBuffer.allocate(BYTES));
                records.add(new ConsumerRecord<>("orders", 0, offset, ByteBuffer.allocate(0), value));
            }
            polledTo = from + POLL;
            super.seek(PARTITION, polledTo);
            return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
        }
    }

    /** A partition without an end, whose records have no key and no value. */
    private static final class HeadersAlone extends MockConsumer<ByteBuffer, ByteBuffer> {
        static final int BYTES = 101;

        final int most;

        HeadersAlone(int most) {
            super("none");
            this.most = most;
        }

        @Override
        public synchronized ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
            long from = position(PARTITION);
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
            for (long offset = from; offset < from + most; offset++) {
                ConsumerRecord<ByteBuffer, ByteBuffer> record = new ConsumerRecord<>("orders", 0, offset, null, null);
                record.headers().add("h", new byte[BYTES - 1]);
                records.add(record);
            }
            super.seek(PARTITION, from + most);
            return new ConsumerRecords<>(Map.of(PARTITION, records), Map.of());
        }
    }
}
