package io.pagewalk.internal.series;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.Window;
import io.pagewalk.plan.WindowCalendar;
import io.pagewalk.plan.Windows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Tells which window a series goes on with, and from when on. */
final class DueWindows {
    /** So many windows of a topic's past are exported without having been asked for. */
    private static final int MOST_BACK = 1_000;

    private final ExportSpec spec;
    private final Windows windows;
    private final WindowCalendar calendar;
    private final Duration delay;
    private final Clock clock;

    /**
     * @param spec with windows
     * @param delay how long after its end a window is exported
     */
    DueWindows(ExportSpec spec, Duration delay, Clock clock) {
        this.spec = spec;
        this.windows = Objects.requireNonNull(spec.windows());
        this.calendar = new WindowCalendar(windows.unit(), spec.zone());
        this.delay = delay;
        this.clock = clock;
    }

    /**
     * The first: that of {@code from}, if it is a time, else that of the topic's first records; empty if there are none.
     *
     * @throws UsageException if that is too long ago to be meant, or there is no window then
     */
    Optional<DueWindow> first(RecordSource source) {
        if (spec.fixedFrom(clock.instant()) instanceof OffsetBound.AtTime from) {
            return Optional.of(due(containing(from.instant())));
        }
        Optional<Instant> time = source.firstTime(spec);
        time.ifPresent(this::requireRecent);
        return time.map(first -> due(containing(first)));
    }

    private Window containing(Instant instant) {
        try {
            return calendar.containing(instant);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "the series of topic " + spec.topic() + " would begin with the " + windows.unit() + " of " + instant
                            + ": " + e.getMessage(),
                    Advice.SAY_WHERE_TO_BEGIN,
                    e);
        }
    }

    private void requireRecent(Instant first) {
        Instant now = clock.instant();
        Window window = containing(first);
        for (int i = 0; i < MOST_BACK; i++) {
            if (window.end().isAfter(now)) {
                return;
            }
            window = calendar.after(window);
        }
        throw new UsageException(
                "the first records of topic " + spec.topic() + " are of " + first
                        + " by their timestamps, which is more than 1,000 windows back, each of one " + windows.unit(),
                Advice.SAY_WHERE_TO_BEGIN);
    }

    /** The one after another. */
    DueWindow after(Window window) {
        return due(calendar.after(window));
    }

    private DueWindow due(Window window) {
        boolean wanted = !(spec.fixedTo(clock.instant()) instanceof OffsetBound.AtTime end)
                || !window.end().isAfter(end.instant());
        return new DueWindow(
                calendar.name(window), window, wanted ? window.end().plus(delay) : null);
    }

    boolean isDue(DueWindow next) {
        return next.due() != null && !clock.instant().isBefore(next.due());
    }

    PlannedWindow planned(DueWindow next) {
        return new PlannedWindow(
                next.window(),
                switch (windows.layout()) {
                    case HIVE -> calendar.directory(next.window());
                    case FLAT -> "";
                });
    }
}
