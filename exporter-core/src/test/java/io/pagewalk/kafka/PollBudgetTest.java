package io.pagewalk.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class PollBudgetTest {
    private static final Headers NONE = new RecordHeaders();

    private final PollBudget budget = new PollBudget(100);
    private final Deserializer<byte[]> keys = budget.keyDeserializer();
    private final Deserializer<byte[]> values = budget.valueDeserializer();

    @Test
    void letsTheFirstRecordOfAPollPassWhateverItsSize() {
        assertThat(keys.deserialize("t", NONE, new byte[500])).hasSize(500);
        assertThat(values.deserialize("t", NONE, new byte[500])).hasSize(500);
    }

    @Test
    void endsAPollBehindTheRecordThatSpentTheBudget() {
        values.deserialize("t", NONE, new byte[100]);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> values.deserialize("t", NONE, new byte[1]));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> keys.deserialize("t", NONE, new byte[1]));
    }

    @Test
    void countsHeaders() {
        Headers large = new RecordHeaders().add("h", new byte[100]);
        values.deserialize("t", large, new byte[1]);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> values.deserialize("t", NONE, new byte[1]));
    }

    @Test
    void beginsAnewWithEveryPoll() {
        values.deserialize("t", NONE, new byte[100]);
        budget.renew();

        assertThat(values.deserialize("t", NONE, new byte[1])).hasSize(1);
    }
}
