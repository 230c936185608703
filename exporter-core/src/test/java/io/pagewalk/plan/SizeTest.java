package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.error.UsageException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "1,                    RECORDS, 1,                    1",
        "50000,                RECORDS, 50000,                50000",
        "0050,                 RECORDS, 50,                   50",
        "9223372036854775807,  RECORDS, 9223372036854775807,  9223372036854775807",
        "1B,                   BYTES,   1,                    1B",
        "512b,                 BYTES,   512,                  512B",
        "1024B,                BYTES,   1024,                 1KiB",
        "1000B,                BYTES,   1000,                 1KB",
        "128MiB,               BYTES,   134217728,            128MiB",
        "128 mib,              BYTES,   134217728,            128MiB",
        "0.5GiB,               BYTES,   536870912,            512MiB",
        "1.5KB,                BYTES,   1500,                 1500B",
        "100MB,                BYTES,   100000000,            100MB",
        "1GiB,                 BYTES,   1073741824,           1GiB",
        "1TB,                  BYTES,   1000000000000,        1TB",
        "1024GiB,              BYTES,   1099511627776,        1TiB",
        "9223372036854775807B, BYTES,   9223372036854775807,  9223372036854775807B",
    })
    void readsASizeAndWritesItShort(String text, Size.Unit unit, long amount, String canonical) {
        Size size = Size.parse(text);

        assertThat(size).isEqualTo(new Size(amount, unit)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0B",
                "0.1B",
                "-1",
                "+1",
                "1.5",
                "1.0",
                "1e6",
                "1_000",
                "1,000",
                "50k",
                "1G",
                "1GiBs",
                "GiB",
                ".5GiB",
                "1.GiB",
                "9223372036854775808",
                "9999999999999999999",
                "8388608TiB",
                "99999999999999999999999",
                "\u0661",
            })
    void refusesWhatIsNoSizeByTheOptionsName(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Size.parse(text))
                .withMessage("'" + text
                        + "' is neither a number of records (50000) nor of bytes (128MiB, 1GiB), at least 1");
    }

    @Test
    void readsWhatItWrote() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long amount = 1 + (random.nextLong() >>> (1 + random.nextInt(63)));
            long round = Math.max(1, amount >> 30) << random.nextInt(30);
            for (Size size : new Size[] {Size.records(amount), Size.bytes(amount), Size.bytes(round)}) {
                assertThat(Size.parse(size.toString())).isEqualTo(size);
            }
        }
    }

    @Test
    void comesToRecordsByTheirMeanSize() {
        assertThat(Size.records(50).toRecords(1_000)).isEqualTo(50);
        assertThat(Size.bytes(1_000).toRecords(300)).isEqualTo(3);
        assertThat(Size.bytes(1_000).toRecords(0.5)).isEqualTo(2_000);
        assertThat(Size.bytes(10).toRecords(5_000_000)).isEqualTo(1);
        assertThat(Size.bytes(Long.MAX_VALUE).toRecords(0.001)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void isAtLeastOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Size.records(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Size.bytes(-1));
    }
}
