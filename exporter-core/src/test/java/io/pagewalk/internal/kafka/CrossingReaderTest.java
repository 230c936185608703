package io.pagewalk.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.PollBudget;
import io.pagewalk.internal.crossing.CrossingSearch;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrossingReaderTest {
    private static final long END = 50_000;
    /** The timestamp of each record is its offset. */
    private static final long TIME = 30_000;

    private final StopSignal stop = new StopSignal();
    private final Logs logs = new Logs();

    @Test
    void readsAllPartitionsSideBySide() {
        Map<TopicPartition, List<CrossingSearch>> searches = new HashMap<>();
        for (int partition = 0; partition < 20; partition++) {
            searches.put(
                    new TopicPartition("orders", partition),
                    List.of(search(0, 5), search(0, TIME), new CrossingSearch(0, END, 7, END, 7)));
        }

        run(searches);

        searches.values().forEach(ofPartition -> {
            assertThat(ofPartition.get(0).result().first()).isEqualTo(TIME);
            assertThat(ofPartition.get(0).result().last()).isEqualTo(TIME);
            assertThat(ofPartition.get(1).result().first()).isEqualTo(TIME);
            assertThat(ofPartition.get(2).result().first()).isEqualTo(7);
        });
        assertThat(logs.together).isEqualTo(20);
    }

    @Test
    void passesOffsetsWithoutRecords() {
        logs.each = 700;
        CrossingSearch search = search(0, 700);

        run(Map.of(logs.partition(0), List.of(search)));

        assertThat(search.result().first()).isEqualTo(30_100);
    }

    /** The oldest records that are left stand for those that are gone. */
    @Test
    void goesOnWhereRetentionMovesTheLogStart() {
        logs.logStart = 20_000;
        CrossingSearch search = search(0, 5);

        run(Map.of(logs.partition(0), List.of(search)));

        assertThat(search.result().first()).isEqualTo(TIME);
    }

    @Test
    void isNotDisturbedByRetentionThatTakesAll() {
        logs.logStart = END;
        CrossingSearch search = search(0, 5);

        run(Map.of(logs.partition(0), List.of(search)));

        assertThat(search.result().first()).isBetween(0L, END);
    }

    @Test
    void ridesOutAPositionThatIsBeingValidated() {
        logs.validations = 3;
        CrossingSearch search = search(0, 5);

        run(Map.of(logs.partition(0), List.of(search)));

        assertThat(search.result().first()).isEqualTo(TIME);
    }

    @Test
    void givesUpWhereNothingArrives() {
        logs.silent = true;
        CrossingSearch search = search(0, 5);

        assertThatExceptionOfType(ExportFailedException.class)
                .isThrownBy(() -> run(Map.of(logs.partition(3), List.of(search))))
                .withMessageContaining("cannot look for a time in orders-3: nothing arrived at offset 5 for ")
                .withMessageContaining("run again");
    }

    @Test
    void endsWithAStop() {
        stop.request();

        assertThatExceptionOfType(StoppedException.class)
                .isThrownBy(() -> run(Map.of(logs.partition(0), List.of(search(0, 5)))));
    }

    private static CrossingSearch search(long start, long answer) {
        return new CrossingSearch(start, END, TIME, END, answer);
    }

    private void run(Map<TopicPartition, List<CrossingSearch>> searches) {
        KafkaSettings settings = new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofMillis(400));
        new CrossingReader(settings, stop, new Waits(), new PollBudget(4 << 20), logs).run(searches);
    }

    /** Partitions whose records have their offsets as timestamps; a few records of each a poll. */
    private static final class Logs extends MockConsumer<ByteBuffer, ByteBuffer> {
        private static final int POLL = 10;

        long each = 1;
        long logStart;
        int validations;
        boolean silent;
        int together;

        Logs() {
            super("none");
        }

        TopicPartition partition(int number) {
            return new TopicPartition("orders", number);
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> starts = new HashMap<>();
            partitions.forEach(partition -> starts.put(partition, logStart));
            return starts;
        }

        @Override
        public synchronized long position(TopicPartition partition, Duration timeout) {
            if (validations-- > 0) {
                throw new TimeoutException("still validating");
            }
            return super.position(partition);
        }

        @Override
        public synchronized ConsumerRecords<ByteBuffer, ByteBuffer> poll(Duration timeout) {
            if (silent) {
                return ConsumerRecords.empty();
            }
            Set<TopicPartition> active = new HashSet<>(assignment());
            active.removeAll(paused());
            together = Math.max(together, active.size());
            Map<TopicPartition, List<ConsumerRecord<ByteBuffer, ByteBuffer>>> polled =
                    new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
            for (TopicPartition partition : active) {
                long position = super.position(partition);
                if (position < logStart) {
                    throw new OffsetOutOfRangeException(Map.of(partition, position));
                }
                List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = records(partition, position);
                if (!records.isEmpty()) {
                    polled.put(partition, records);
                }
            }
            return new ConsumerRecords<>(polled, Map.of());
        }

        /** As a consumer does, it passes gaps silently. */
        private List<ConsumerRecord<ByteBuffer, ByteBuffer>> records(TopicPartition partition, long position) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
            long offset = position;
            for (; offset < Math.min(END, position + POLL * each); offset++) {
                if (offset % each == 0) {
                    records.add(record(partition, offset));
                }
            }
            super.seek(partition, offset);
            return records;
        }

        private static ConsumerRecord<ByteBuffer, ByteBuffer> record(TopicPartition partition, long offset) {
            return new ConsumerRecord<>(
                    "orders",
                    partition.partition(),
                    offset,
                    offset,
                    TimestampType.CREATE_TIME,
                    1,
                    1,
                    ByteBuffer.allocate(1),
                    ByteBuffer.allocate(1),
                    new RecordHeaders(),
                    Optional.empty());
        }
    }
}
