package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.kafka.ClusterClient;
import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.Records;
import io.pagewalk.model.Allocation;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What reading a record costs, in bytes allocated: a guard that says the same on a slow machine as on a fast one. */
class ReadPathIT {
    private static final int RECORDS = 40_000;
    private static final int VALUE_BYTES = 400;

    /** Kafka's client takes 985 bytes for such a record, one copy of it among them. One more copy would be 1,385. */
    @Test
    void allocatesLittleMoreThanTheClientItself() throws IOException {
        String topic = Broker.topic("reading", 1);
        byte[] value = "x".repeat(VALUE_BYTES).getBytes(UTF_8);
        try (Records records = Records.into(topic)) {
            for (int i = 0; i < RECORDS; i++) {
                records.forget(0, Integer.toString(i).getBytes(UTF_8), value);
            }
        }

        try (ClusterClient client =
                        new ClusterClient(new KafkaSettings(Broker.servers(), Map.of(), Duration.ofSeconds(30)));
                KafkaCluster cluster = client.open(new StopSignal(), new Waits());
                SliceReader reader = cluster.newReader(IsolationLevel.READ_COMMITTED)) {
            Slice first = new Slice(new TopicPartition(topic, 0), new OffsetRange(0, RECORDS / 2));
            Slice second = new Slice(new TopicPartition(topic, 0), new OffsetRange(RECORDS / 2, RECORDS));
            read(reader, first);

            long allocated = Allocation.of(() -> read(reader, second));

            assertThat(allocated / (RECORDS / 2)).isLessThan(1_150);
        }
    }

    private static void read(SliceReader reader, Slice slice) {
        try {
            long[] bytes = new long[1];
            reader.read(slice, record -> bytes[0] += record.value().length());
            assertThat(bytes[0]).isEqualTo(slice.range().size() * VALUE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
