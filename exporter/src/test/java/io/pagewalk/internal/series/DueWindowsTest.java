package io.pagewalk.internal.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.slice.SourceReaders;
import io.pagewalk.model.Extent;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import io.pagewalk.plan.Windows;
import io.pagewalk.record.RecordView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DueWindowsTest {
    private static final Duration DELAY = Duration.ofMinutes(10);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aWindowIsDueSomeTimeAfterItsEnd() {
        DueWindow yesterday = windows(NOON, "latest", "earliest")
                .first(new Source("2026-11-20T15:00:00Z"))
                .orElseThrow();

        assertThat(yesterday.name()).isEqualTo("2026-11-20");
        assertThat(yesterday.due()).isEqualTo("2026-11-21T00:10:00Z");
        assertThat(isDue(yesterday, "2026-11-21T00:09:59Z")).isFalse();
        assertThat(isDue(yesterday, "2026-11-21T00:10:00Z")).isTrue();
        assertThat(isDue(yesterday, "2026-11-22T00:00:00Z"))
                .as("a clock that is ahead")
                .isTrue();
        assertThat(isDue(yesterday, "2026-11-20T12:00:00Z"))
                .as("one that is behind")
                .isFalse();
    }

    private static boolean isDue(DueWindow window, String now) {
        return windows(Instant.parse(now), "latest", "earliest").isDue(window);
    }

    @Test
    void everyDayThatWasMissedIsDue() {
        DueWindows windows = windows(NOON, "latest", "2025-10-17");
        DueWindow next = windows.first(new Source(null)).orElseThrow();
        assertThat(next.name()).isEqualTo("2025-10-17");
        int missed = 0;
        while (windows.isDue(next)) {
            next = windows.after(next.window());
            missed++;
        }

        assertThat(missed).isEqualTo(400);
        assertThat(next.name()).isEqualTo("2026-11-21");
    }

    @Test
    void noWindowIsDueThatEndsAfterTheEndThatWasAskedFor() {
        DueWindows windows = windows(NOON, "2026-11-20", "2026-11-19");
        DueWindow first = windows.first(new Source(null)).orElseThrow();

        assertThat(windows.isDue(first)).isTrue();
        DueWindow second = windows.after(first.window());
        assertThat(second.due()).isNull();
        assertThat(windows.isDue(second)).isFalse();
    }

    @Test
    void aTopicWithoutRecordsHasNoFirstWindow() {
        assertThat(windows(NOON, "latest", "earliest").first(new Source(null))).isEmpty();
    }

    @Test
    void goesBackAThousandWindowsWithoutBeingAsked() {
        DueWindows windows = windows(NOON, "latest", "earliest");
        Instant far = NOON.minus(Duration.ofDays(999));

        assertThat(windows.first(new Source(far.toString()))).isPresent();
        for (Instant first : new Instant[] {far.minus(Duration.ofDays(1)), Instant.EPOCH}) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> windows.first(new Source(first.toString())))
                    .satisfies(e -> assertThat(e.advice()).isEqualTo(Advice.SAY_WHERE_TO_BEGIN))
                    .withMessageContaining("more than 1,000 windows back, each of one day");
        }
        assertThat(windows(NOON, "latest", "1970-01-01").first(new Source(null)))
                .as("who asks for it gets it")
                .isPresent();
    }

    @Test
    void refusesYearsThatNoDirectoryCanName() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> windows(NOON, "latest", "earliest").first(new Source("+12000-01-01T00:00:00Z")))
                .withMessageContaining("there are no windows in the year 12000");
    }

    @Test
    void filesOfAFlatLayoutHaveNoDirectory() {
        DueWindows windows = windows(NOON, "latest", "2026-11-19");
        DueWindow first = windows.first(new Source(null)).orElseThrow();
        assertThat(windows.planned(first).directory()).isEqualTo("dt=2026-11-19");

        DueWindows flat = new DueWindows(
                spec("latest", "2026-11-19", Windows.Layout.FLAT), DELAY, Clock.fixed(NOON, ZoneOffset.UTC));
        assertThat(flat.planned(first).directory()).isEmpty();
    }

    private static DueWindows windows(Instant now, String to, String from) {
        return new DueWindows(spec(to, from, Windows.Layout.HIVE), DELAY, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static ExportSpec spec(String to, String from, Windows.Layout layout) {
        return ExportSpec.builder("orders", Map.of())
                .from(OffsetBound.parse(from))
                .to(OffsetBound.parse(to))
                .windows(new Windows(Windows.Unit.DAY, layout))
                .build();
    }

    /** Knows when the topic begins, and nothing else. */
    private record Source(@Nullable String first) implements RecordSource {
        @Override
        public Optional<Instant> firstTime(ExportSpec request) {
            return Optional.ofNullable(first).map(Instant::parse);
        }

        @Override
        public ExportPlan plan(ExportSpec request, Consumer<RecordView> sampled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ExportPlan planRun(
                ExportSpec request,
                @Nullable RunBefore before,
                @Nullable PlannedWindow window,
                Consumer<RecordView> sampled) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SourceReaders readers(IsolationLevel isolationLevel, RateLimit limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void validate(Extent extent) {}

        @Override
        public void close() {}
    }
}
