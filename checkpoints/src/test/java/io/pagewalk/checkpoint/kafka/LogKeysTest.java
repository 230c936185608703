package io.pagewalk.checkpoint.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeysTest {
    private final LogKeys keys = new LogKeys("checkpoints", "orders");

    @Test
    void namesExportAndNumber() {
        assertThat(keys.keyOf(0)).isEqualTo("orders/00000000000000000000");
        assertThat(keys.keyOf(Long.MAX_VALUE)).isEqualTo("orders/09223372036854775807");
        assertThatIllegalArgumentException().isThrownBy(() -> keys.keyOf(-1));
        assertThat(keys.transactionalId()).isEqualTo("pagewalk/checkpoints/orders");
    }

    @Test
    void findsTheNumberAgain() {
        for (long sequence : new long[] {0, 1, 99, Long.MAX_VALUE}) {
            assertThat(keys.sequenceOf(keys.bytesOf(sequence))).hasValue(sequence);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "orders/",
                "orders/1",
                "orders/000000000000000000001",
                "orders/-0000000000000000001",
                "orders/+0000000000000000001",
                "orders/0000000000000000000x",
                "orders/0000000000000000000٣",
                "orders/10000000000000000000",
                "orders/09223372036854775808",
                "order/00000000000000000000",
                "orders-b/00000000000000000000",
                "x/orders/00000000000000000000"
            })
    void leavesOthersKeysAlone(String key) {
        assertThat(keys.sequenceOf(key.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void leavesKeysAloneThatAreNoText() {
        assertThat(keys.sequenceOf(new byte[] {(byte) 0xff, 0, 1})).isEmpty();
    }
}
