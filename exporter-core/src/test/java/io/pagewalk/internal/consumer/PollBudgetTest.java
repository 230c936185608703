package io.pagewalk.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PollBudgetTest {
    private final PollBudget budget = new PollBudget(100);
    private final Deserializer<ByteBuffer> keys = budget.deserializer();
    private final Deserializer<ByteBuffer> values = budget.deserializer();

    @Test
    void letsTheFirstRecordOfAPollPassWhateverItsSize() {
        Headers record = headers(0);

        assertThat(keys.deserialize("t", record, ByteBuffer.allocate(500))).isEqualTo(ByteBuffer.allocate(500));
        assertThat(values.deserialize("t", record, ByteBuffer.allocate(500))).isEqualTo(ByteBuffer.allocate(500));
        assertThat(budget.spent()).isEqualTo(1001);
    }

    @Test
    void endsAPollBehindTheRecordThatSpentTheBudget() {
        values.deserialize("t", headers(0), ByteBuffer.allocate(100));

        assertSpent(values);
        assertSpent(keys);
    }

    @Test
    void countsHeaders() {
        values.deserialize("t", headers(99), ByteBuffer.allocate(1));

        assertSpent(values);
    }

    @Test
    void countsHeadersOnce() {
        Headers record = headers(50);

        keys.deserialize("t", record, ByteBuffer.allocate(1));
        values.deserialize("t", record, ByteBuffer.allocate(1));

        assertThat(budget.spent()).isEqualTo(53);
    }

    @Test
    void tellsARecordWithoutAKeyFromAValueOfTheOneBefore() {
        keys.deserialize("t", headers(0), ByteBuffer.allocate(10));

        values.deserialize("t", headers(200), ByteBuffer.allocate(1));

        assertThat(budget.spent()).isEqualTo(1 + 10 + 201 + 1);
        assertSpent(values);
    }

    @Test
    void beginsAnewWithEveryPoll() {
        values.deserialize("t", headers(0), ByteBuffer.allocate(100));
        budget.renew();

        assertThat(values.deserialize("t", headers(0), ByteBuffer.allocate(1))).isEqualTo(ByteBuffer.allocate(1));
    }

    @Test
    void countsARecordOfHeadersAlone() {
        values.deserialize("t", headers(0), ByteBuffer.allocate(10));

        int most = budget.polled(List.of(record(headers(0), ByteBuffer.allocate(10)), record(headers(60), null)));

        assertThat(budget.spent()).isEqualTo(1 + 10 + 61);
        assertThat(most).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void saysHowManyRecordsOfHeadersAloneAPollMayBring() {
        assertThat(budget.polled(List.of(
                        record(headers(49), null),
                        record(headers(49), null),
                        record(headers(49), null),
                        record(headers(49), null))))
                .isEqualTo(2);
        budget.renew();
        assertThat(budget.polled(List.of(record(headers(1000), null)))).isOne();
    }

    private static void assertSpent(Deserializer<ByteBuffer> deserializer) {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> deserializer.deserialize("t", headers(0), ByteBuffer.allocate(1)));
    }

    /** One header of a key of one byte, as each record has its own. */
    private static Headers headers(int bytes) {
        return new RecordHeaders().add("h", new byte[bytes]);
    }

    private static ConsumerRecord<ByteBuffer, ByteBuffer> record(Headers headers, ByteBuffer value) {
        return new ConsumerRecord<>(
                "t", 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, null, value, headers, Optional.empty());
    }
}
