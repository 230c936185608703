package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import java.time.Instant;
import java.time.ZoneId;
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
        "2026-01-31,                        2026-01-31",
        "2026-01-31T00:00:00Z,              2026-01-31T00:00:00Z",
        "2026-01-31T12:00Z,                 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.250Z,          2026-01-31T12:00:00.250Z",
        "2026-01-31T12:00:00+02:00,         2026-01-31T10:00:00Z",
        "2024-02-29,                        2024-02-29",
        "1969-12-31T23:59:59.999Z,          1969-12-31T23:59:59.999Z",
        "today,                             today",
        "yesterday,                         yesterday",
        "now-1h,                            now-1h",
        "now-90m,                           now-90m",
        "now-120m,                          now-2h",
        "now-48h,                           now-2d",
        "now-61s,                           now-61s",
        "now-0s,                            now-0d",
    })
    void readsABoundAndWritesItCanonically(String text, String canonical) {
        OffsetBound bound = OffsetBound.parse(text);

        assertThat(bound).hasToString(canonical);
        assertThat(OffsetBound.parse(canonical)).isEqualTo(bound);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31,  UTC,              2026-01-31T00:00:00Z",
        "2026-01-31,  Europe/Berlin,    2026-01-30T23:00:00Z",
        "2026-03-29,  Europe/Berlin,    2026-03-28T23:00:00Z",
        "2026-03-30,  Europe/Berlin,    2026-03-29T22:00:00Z",
        "today,       UTC,              2026-01-31T00:00:00Z",
        "today,       Asia/Tokyo,       2026-01-31T15:00:00Z",
        "yesterday,   UTC,              2026-01-30T00:00:00Z",
        "yesterday,   America/New_York, 2026-01-30T05:00:00Z",
        "now-1h,      Asia/Tokyo,       2026-01-31T22:30:00Z",
        "now-2d,      UTC,              2026-01-29T23:30:00Z",
        "latest,      UTC,              latest",
        "offset:3,    UTC,              offset:3",
    })
    void isATimeOnceClockAndZoneAreKnown(String text, String zone, String fixed) {
        Instant now = Instant.parse("2026-01-31T23:30:00Z");

        assertThat(OffsetBound.parse(text).fixed(now, ZoneId.of(zone))).hasToString(fixed);
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
                "tomorrow",
                "now",
                "now-",
                "now-1w",
                "now-1.5h",
                "now+1h",
                "now-1234567d",
                "now-\u0661h",
            })
    void refusesWhatIsNoBoundByTheOptionsName(String text) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> OffsetBound.parse(text))
                .withMessage("'" + text + "' is neither earliest, latest, offset:N, a date (2026-01-31), an instant"
                        + " with its zone (2026-01-31T12:00:00Z), today, yesterday nor now-1h");
    }
}
