package io.pagewalk.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRateTest {
    @ParameterizedTest
    @CsvSource({"10MB, 10000000", "50MiB, 52428800", "1.5 kb, 1500", "' 2GiB/s ', 2147483648", "1B, 1"})
    void readsBytesASecond(String text, long bytes) {
        assertThat(ByteRate.parse(text).bytesPerSecond()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0MB", "-1MB", "10", "fast", "MB", "10MB/m", "99999999TB", "10Mbit", "/s"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ByteRate.parse(text))
                .withMessage("'" + text + "' is not a number of bytes a second such as 20MB or 64MiB");
    }
}
