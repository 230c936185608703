package io.pagewalk.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HumanTest {
    @Test
    void writesCountsTheSameInEveryLocale() {
        assertThat(Human.count(1234567)).isEqualTo("1,234,567");
        assertThat(Human.count(1, "page")).isEqualTo("1 page");
        assertThat(Human.count(0, "page")).isEqualTo("0 pages");
    }

    @Test
    void writesBytesInBinaryUnits() {
        assertThat(Human.bytes(0L)).isEqualTo("0 B");
        assertThat(Human.bytes(1023L)).isEqualTo("1023 B");
        assertThat(Human.bytes(1536L)).isEqualTo("1.5 KiB");
        assertThat(Human.bytes(128L << 20)).isEqualTo("128 MiB");
        assertThat(Human.bytes((1L << 30) - 1)).isEqualTo("1 GiB");
        assertThat(Human.bytes(Long.MAX_VALUE)).isEqualTo("8 EiB");
    }

    @Test
    void roundsAShareUpToAllOnlyWhenItIsAll() {
        assertThat(Human.share(999_999, 1_000_000)).isEqualTo("99.9 %");
        assertThat(Human.share(5, 5)).isEqualTo("100 %");
        assertThat(Human.share(0, 0)).isEqualTo("100 %");
    }

    @Test
    void writesDurationsAndRates() {
        assertThat(Human.duration(Duration.ofMillis(840))).isEqualTo("0.8 s");
        assertThat(Human.duration(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(Human.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Human.rate(10_000_000, Duration.ofSeconds(2))).isEqualTo("5.0 MB/s");
        assertThat(Human.rate(10, Duration.ZERO)).isEqualTo("0.0 MB/s");
    }
}
