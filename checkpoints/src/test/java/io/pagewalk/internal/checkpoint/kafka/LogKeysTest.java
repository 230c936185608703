package io.pagewalk.internal.checkpoint.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.internal.log.LogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeysTest {
    private final LogKeys keys = new LogKeys("checkpoints", new LogName("orders", 2));

    @Test
    void namesExportAndNumber() {
        assertThat(keys.keyOf(new LogKeys.Entry(1, 0))).isEqualTo("orders/2/1/00000000000000000000");
        assertThat(keys.keyOf(new LogKeys.Entry(12, Long.MAX_VALUE))).isEqualTo("orders/2/12/09223372036854775807");
        assertThatIllegalArgumentException().isThrownBy(() -> keys.keyOf(new LogKeys.Entry(1, -1)));
        assertThat(keys.transactionalId()).isEqualTo("pagewalk/checkpoints/orders/2");
    }

    @Test
    void findsTheEntryAgain() {
        for (long sequence : new long[] {0, 1, 99, Long.MAX_VALUE}) {
            LogKeys.Entry entry = new LogKeys.Entry(7, sequence);
            assertThat(keys.entryOf(keys.bytesOf(entry))).hasValue(entry);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "orders/00000000000000000000",
                "orders/1/1/00000000000000000000",
                "orders/2/00000000000000000000",
                "orders/2/0/00000000000000000000",
                "orders/2/01/00000000000000000000",
                "orders/2/1234567890/00000000000000000000",
                "orders/2/expired/00000000000000000000",
                "orders/2/1/",
                "orders/2/1/1",
                "orders/2/1/000000000000000000001",
                "orders/2/1/-0000000000000000001",
                "orders/2/1/+0000000000000000001",
                "orders/2/1/0000000000000000000x",
                "orders/2/1/0000000000000000000٣",
                "orders/2/1/10000000000000000000",
                "orders/2/1/09223372036854775808",
                "order/2/1/00000000000000000000",
                "orders-b/2/1/00000000000000000000",
                "x/orders/2/1/00000000000000000000"
            })
    void leavesOthersKeysAlone(String key) {
        assertThat(keys.entryOf(key.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void leavesKeysAloneThatAreNoText() {
        assertThat(keys.entryOf(new byte[] {(byte) 0xff, 0, 1})).isEmpty();
    }
}
