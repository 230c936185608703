package io.pagewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AskedTimesTest {
    @Test
    void haveTheirStartAndNotTheirEnd() {
        AskedTimes times = times("2026-01-01", "2026-01-02");
        long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        long end = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();

        assertThat(times.contains(start - 1)).isFalse();
        assertThat(times.contains(start)).isTrue();
        assertThat(times.contains(end - 1)).isTrue();
        assertThat(times.contains(end)).isFalse();
    }

    @Test
    void areWholeMilliseconds() {
        AskedTimes times = times("1970-01-01T00:00:00.0000001Z", "1970-01-01T00:00:00.002000001Z");

        assertThat(times).isEqualTo(new AskedTimes(1, 2));
    }

    /** Every timestamp there can be. */
    @Test
    void areAnyWithoutABoundByTime() {
        for (AskedTimes times : new AskedTimes[] {times("earliest", "latest"), times("offset:3", "offset:7")}) {
            assertThat(times).isEqualTo(AskedTimes.ANY);
            assertThat(times.contains(Long.MIN_VALUE)).isTrue();
            assertThat(times.contains(Long.MAX_VALUE)).isTrue();
        }
        assertThat(times("earliest", "1970-01-01").contains(-1)).isTrue();
        assertThat(times("earliest", "1970-01-01").contains(0)).isFalse();
    }

    @Test
    void areNoneBetweenBoundsThatMeet() {
        assertThat(times("2026-01-01", "2026-01-01")
                        .contains(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli()))
                .isFalse();
    }

    @Test
    void refuseWhatHasNoMilliseconds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AskedTimes.of(new OffsetBound.AtTime(Instant.MAX), new OffsetBound.Latest()));
    }

    private static AskedTimes times(String from, String to) {
        return AskedTimes.of(
                OffsetBound.parse(from).fixed(Instant.EPOCH, ExportSpec.UTC),
                OffsetBound.parse(to).fixed(Instant.EPOCH, ExportSpec.UTC));
    }
}
