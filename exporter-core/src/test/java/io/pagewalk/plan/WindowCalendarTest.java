package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.model.WindowDirectories;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowCalendarTest {
    @ParameterizedTest
    @CsvSource({
        "HOUR, UTC, 2026-11-21T05:59:59.999Z, 2026-11-21T05:00:00Z, 60, dt=2026-11-21/hour=05, 2026-11-21T05",
        "DAY, UTC, 2026-11-21T00:00:00Z, 2026-11-21T00:00:00Z, 1440, dt=2026-11-21, 2026-11-21",
        "MONTH, UTC, 2026-11-21T00:00:00Z, 2026-11-01T00:00:00Z, 43200, month=2026-11, 2026-11",
        "DAY, Europe/Berlin, 2026-11-20T23:00:00Z, 2026-11-20T23:00:00Z, 1440, dt=2026-11-21, 2026-11-21",
        // The clock goes forward, and back.
        "DAY, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 1380, dt=2026-03-29, 2026-03-29",
        "DAY, Europe/Berlin, 2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 1500, dt=2026-10-25, 2026-10-25",
        "HOUR, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z, 60, dt=2026-03-29/hour=03, 2026-03-29T03",
        "HOUR, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z, 120, dt=2026-10-25/hour=02, 2026-10-25T02",
        "HOUR, Europe/Berlin, 2026-10-25T01:30:00Z, 2026-10-25T00:00:00Z, 120, dt=2026-10-25/hour=02, 2026-10-25T02",
        // By half an hour; at midnight; a day that a zone has skipped; a second midnight.
        "HOUR, Australia/Lord_Howe, 2026-04-04T15:10:00Z, 2026-04-04T14:00:00Z, 90, dt=2026-04-05/hour=01, 2026-04-05T01",
        "HOUR, Australia/Lord_Howe, 2026-10-03T15:30:00Z, 2026-10-03T15:30:00Z, 30, dt=2026-10-04/hour=02, 2026-10-04T02",
        "DAY, Africa/Cairo, 2026-04-23T22:00:00Z, 2026-04-23T22:00:00Z, 1380, dt=2026-04-24, 2026-04-24",
        "DAY, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 1440, dt=2011-12-31, 2011-12-31",
        "DAY, America/St_Johns, 2006-10-29T02:50:00Z, 2006-10-29T02:30:00Z, 1500, dt=2006-10-29, 2006-10-29"
    })
    void hasWindowsAsTheZoneHasThem(
            Windows.Unit unit,
            String zone,
            Instant instant,
            Instant start,
            long minutes,
            String directory,
            String name) {
        WindowCalendar calendar = new WindowCalendar(unit, ZoneId.of(zone));
        Window window = calendar.containing(instant);

        assertThat(window.start()).isEqualTo(start);
        assertThat(Duration.between(window.start(), window.end())).isEqualTo(Duration.ofMinutes(minutes));
        assertThat(calendar.directory(window)).isEqualTo(directory);
        assertThat(calendar.name(window)).isEqualTo(name);
    }

    @ParameterizedTest
    @EnumSource
    void tilesTimeInEveryZone(Windows.Unit unit) {
        Random random = new Random(1);
        for (String id : ZoneId.getAvailableZoneIds()) {
            WindowCalendar calendar = new WindowCalendar(unit, ZoneId.of(id));
            Instant instant = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
            Window window = calendar.containing(instant);
            assertThat(window.start()).isBeforeOrEqualTo(instant);
            assertThat(window.end()).isAfter(instant);
            Set<String> directories = new HashSet<>();
            for (int i = 0; i < 400; i++) {
                Window next = calendar.after(window);
                assertThat(next.start()).as("%s after %s", id, window).isEqualTo(window.end());
                assertThat(calendar.containing(next.end().minusMillis(1))).isEqualTo(next);
                assertThat(calendar.directory(window)).matches(WindowDirectories::isOne);
                assertThat(directories.add(calendar.directory(window)))
                        .as("%s has %s once", id, calendar.directory(window))
                        .isTrue();
                window = next;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-0001-01-01T00:00:00Z", "0000-12-31T00:00:00Z", "9999-01-01T00:00:00Z", "+12000-01-01T00:00:00Z"
            })
    void refusesYearsThatDirectoriesHaveNoRoomFor(Instant instant) {
        WindowCalendar calendar = new WindowCalendar(Windows.Unit.DAY, ZoneId.of("UTC"));
        assertThatIllegalArgumentException().isThrownBy(() -> calendar.containing(instant));
    }

    @Test
    void readsWindowsAsTheyAreWritten() {
        Window window = new Window(Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));

        assertThat(window).hasToString("2026-11-21T00:00:00Z/2026-11-22T00:00:00Z");
        assertThat(Window.parse(window.toString())).isEqualTo(window);
        for (String text :
                new String[] {"", "day", "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z/2026-11-21T00:00:00Z"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Window.parse(text));
        }
    }

    @Test
    void holdsTheTimestampsUpToItsEnd() {
        AskedTimes times = new Window(Instant.ofEpochMilli(1_000), Instant.ofEpochMilli(2_000)).times();

        assertThat(times.contains(999)).isFalse();
        assertThat(times.contains(1_000)).isTrue();
        assertThat(times.contains(1_999)).isTrue();
        assertThat(times.contains(2_000)).isFalse();
    }
}
