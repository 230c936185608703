package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetBoundTest {
    @ParameterizedTest
    @CsvSource({
        "earliest,                          earliest",
        "latest,                            latest",
        "offset:0,                          offset:0",
        "offset:007,                        offset:7",
        "offset:9223372036854775807,        offset:9223372036854775807",
        "2026-01-31,                        2026-01-31T00:00:00Z",
        "2026-01-31T00:00:00Z,              2026-01-31T00:00:00Z",
        "2026-01-31T12:00Z,                 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.250Z,          2026-01-31T12:00:00.250Z",
        "2026-01-31T12:00:00+02:00,         2026-01-31T10:00:00Z",
        "2024-02-29,                        2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999Z,          1969-12-31T23:59:59.999Z",
    })
    void readsABoundAndWritesItCanonically(String text, String canonical) {
        OffsetBound bound = OffsetBound.parse(text);

        assertThat(bound).hasToString(canonical);
        assertThat(OffsetBound.parse(canonical)).isEqualTo(bound);
    }

    @Test
    void takesADateForItsStartInUtc() {
        assertThat(OffsetBound.parse("2026-01-31"))
                .isEqualTo(new OffsetBound.AtTime(Instant.parse("2026-01-31T00:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Latest",
                "newest",
                "12",
                "offset:",
                "offset:-1",
                "offset:+1",
                "offset:\u0661",
                "offset:1.5",
                "offset:1e3",
                "offset: 1",
                "offset:9223372036854775808",
                "2026-02-30",
                "2026-1-31",
                "31.01.2026",
                "2026-01-31T12:00:00",
                "2026-01-31T25:00:00Z",
                "2026-01-31 12:00:00Z",
                "2026-01-31T12:00:00[Europe/Berlin]",
                "1767225600000",
            })
    void refusesWhatIsNoBoundByTheOptionsName(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> OffsetBound.parse(text))
                .withMessage("'" + text + "' is neither earliest, latest, offset:N, a date (2026-01-31) nor an"
                        + " instant with its zone (2026-01-31T12:00:00Z)");
    }
}
