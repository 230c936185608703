package io.pagewalk.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.HandMovedTicks;
import io.pagewalk.internal.progress.Waits;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration POLL = Duration.ofMillis(100);

    private final HandMovedTicks ticks = new HandMovedTicks();
    private final Silence silence = new Silence(
            new Waits(ticks),
            new KafkaSettings("127.0.0.1:1", Map.of(), Duration.ofSeconds(45)),
            new MockConsumer<byte[], byte[]>("none"),
            POLL);

    @Test
    void isTooLongBehindTheRetryTimeout() {
        silence.begin(Waits.For.RECORDS, "orders-3", 120);

        assertThat(pollsUntilTooLong()).isEqualTo(451);
    }

    @Test
    void beginsAnewWithWhatComes() {
        silence.begin(Waits.For.RECORDS, "orders-3", 120);
        poll(400);

        silence.begin(Waits.For.RECORDS, "orders-3", 130);

        assertThat(pollsUntilTooLong()).isEqualTo(451);
    }

    @Test
    void isNotMadeLongByASuspension() {
        silence.begin(Waits.For.RECORDS, "orders-3", 120);
        poll(400);

        ticks.advance(Duration.ofHours(8));

        assertThat(silence.isTooLong()).isFalse();
        assertThat(pollsUntilTooLong()).isBetween(40, 51);
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            ticks.advance(POLL);
            assertThat(silence.isTooLong()).isFalse();
        }
    }

    private int pollsUntilTooLong() {
        int polls = 0;
        do {
            ticks.advance(POLL);
            polls++;
        } while (!silence.isTooLong());
        return polls;
    }
}
