package io.pagewalk.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.Advice;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.PollBudget;
import io.pagewalk.internal.progress.HandMovedTicks;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.SampledRecords;
import io.pagewalk.model.Extent;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.payload.PayloadFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordSamplerTest {
    private static final int BYTES = 10;

    private final StopSignal stop = new StopSignal();
    private final HandMovedTicks ticks = new HandMovedTicks();
    private final Logs logs = new Logs(ticks);

    @Test
    void looksAtBothEndsOfEachPartition() {
        SampledRecords result = sample(extent(100, 1000), Duration.ofSeconds(20));

        assertThat(result.sample().records()).isEqualTo(4 * 16);
        assertThat(result.sample().bytes()).isEqualTo(4 * 16 * BYTES);
        assertThat(result.formats().value()).isEqualTo(PayloadFormat.JSON);
        assertThat(logs.read.get(0)).hasSize(32).contains(0L, 15L, 84L, 99L);
    }

    @Test
    void countsTheRecordsOfSmallPartitionsOnce() {
        SampledRecords result = sample(extent(5, 16, 20, 0), Duration.ofSeconds(20));

        assertThat(result.sample().records()).isEqualTo(5 + 16 + 20);
    }

    @Test
    void goesOnWhereThePartitionThatRetentionHasPassedBeginsNow() {
        logs.expire(1, 40);

        SampledRecords result = sample(extent(100, 100, 100), Duration.ofSeconds(20));

        assertThat(result.sample().records()).isEqualTo(3 * 32);
        assertThat(result.formats().value()).isEqualTo(PayloadFormat.JSON);
        assertThat(logs.read.get(1)).startsWith(40L).contains(99L);
    }

    @Test
    void goesOnWhereRetentionPassesTheEndThatItLooksAt() {
        logs.expiring = polls -> {
            if (polls == 3) {
                logs.expire(0, 95);
            }
        };

        SampledRecords result = sample(extent(100, 100), Duration.ofSeconds(20));

        assertThat(result.sample().records()).isEqualTo(16 + 5 + 32);
        assertThat(logs.read.get(0)).contains(99L).doesNotHaveDuplicates();
    }

    @Test
    void passesOverAPartitionOfWhichNothingIsLeft() {
        logs.expire(0, 100);

        SampledRecords result = sample(extent(100, 100), Duration.ofSeconds(20));

        assertThat(result.sample().records()).isEqualTo(32);
    }

    @Test
    void hasTimeAsLongAsRecordsCome() {
        logs.pause = Duration.ofMillis(60);

        // A poll a partition: together far more than the timeout.
        long[] ends = new long[20];
        Arrays.fill(ends, 100);
        SampledRecords result = sample(extent(ends), Duration.ofMillis(900));

        assertThat(result.sample().records()).isEqualTo(20 * 32);
    }

    @Test
    void givesUpOnAPartitionOfWhichNothingArrives() {
        logs.silentFrom = 20;

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> sample(extent(100), Duration.ofSeconds(1)))
                .withMessage("cannot read a sample of orders-0: nothing arrived for 1 s; " + Advice.WAIT_LONGER.text());
    }

    @Test
    void stopsOnRequest() {
        stop.request();

        assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> sample(extent(100), Duration.ofSeconds(20)));
    }

    private SampledRecords sample(Extent extent, Duration retryTimeout) {
        KafkaSettings settings = new KafkaSettings("127.0.0.1:1", Map.of(), retryTimeout);
        return new RecordSampler(settings, stop, new Waits(ticks), new PollBudget(4 << 20), logs, new SampledRecords())
                .sample(extent);
    }

    private static Extent extent(long... ends) {
        Map<Integer, OffsetRange> ranges = new TreeMap<>();
        for (int partition = 0; partition < ends.length; partition++) {
            ranges.put(partition, new OffsetRange(0, ends[partition]));
        }
        return new Extent("cluster", "orders", new Uuid(1, 2), IsolationLevel.READ_COMMITTED, ranges);
    }

    /** Logs without an end; what expires is gone, and to read there is an error that names the partition. */
    private static final class Logs extends MockConsumer<ByteBuffer, ByteBuffer> {
        interface Expiring {
            void before(int polls);
        }

        private static final byte[] VALUE = "{\"a\": 123}".getBytes(StandardCharsets.UTF_8);
        private static final int POLL = 16;

        private final HandMovedTicks ticks;
        private final Map<Integer, Long> starts = new HashMap<>();
        final Map<Integer, List<Long>> read = new HashMap<>();
        Expiring expiring = polls -> {};
        /** How long a poll takes. */
        Duration pause = Duration.ofMillis(100);
        /** No record from this offset on ever arrives. */
        long silentFrom = Long.MAX_VALUE;

        private int polls;
        private int turn;

        Logs(HandMovedTicks ticks) {
            super("none");
            this.ticks = ticks;
        }

        void expire(int partition, long start) {
            starts.put(partition, start);
        }

        @Override
        public synchronized ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
            expiring.before(++polls);
            ticks.advance(pause);
            List<TopicPartition> active = assignment().stream()
                    .filter(partition -> !paused().contains(partition))
                    .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
                    .toList();
            for (TopicPartition partition : active) {
                updateBeginningOffsets(Map.of(partition, start(partition)));
                if (position(partition) < start(partition)) {
                    throw new OffsetOutOfRangeException(Map.of(partition, position(partition)));
                }
            }
            TopicPartition next = active.get(turn++ % active.size());
            return records(next);
        }

        private ConsumerRecords<ByteBuffer, ByteBuffer> records(TopicPartition partition) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
            long from = position(partition);
            for (long offset = from; offset < Math.min(from + POLL, silentFrom); offset++) {
                records.add(record(partition, offset));
                read.computeIfAbsent(partition.partition(), number -> new ArrayList<>())
                        .add(offset);
            }
            seek(partition, from + records.size());
            return records.isEmpty()
                    ? ConsumerRecords.empty()
                    : new ConsumerRecords<>(Map.of(partition, records), Map.of());
        }

        private static ConsumerRecord<ByteBuffer, ByteBuffer> record(TopicPartition partition, long offset) {
            return new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    0,
                    TimestampType.CREATE_TIME,
                    -1,
                    VALUE.length,
                    null,
                    ByteBuffer.wrap(VALUE),
                    new RecordHeaders(),
                    Optional.empty());
        }

        private long start(TopicPartition partition) {
            return starts.getOrDefault(partition.partition(), 0L);
        }
    }
}
