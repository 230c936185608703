package io.pagewalk.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.UsageException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "45s, PT45S",
        "30m, PT30M",
        "2h, PT2H",
        "1h30m, PT1H30M",
        "1d, P1D",
        "500ms, PT0.5S",
        "PT30M, PT30M",
        "pt1.5s, PT1.5S",
        "30M, PT30M"
    })
    void readsWhatPeopleWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "30", "0s", "-5s", "PT0S", "-PT5S", "5 apples", "1m1h", "99999999999h", "P99999999999999D"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not a duration");
    }
}
