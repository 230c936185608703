package io.pagewalk.plan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;

/**
 * The windows of a zone. They tile time: each ends where the next begins. An hour that the zone repeats is one window of two hours, one
 * that it skips is none.
 *
 * @param unit how long a window is
 * @param zone where days begin
 */
public record WindowCalendar(Windows.Unit unit, ZoneId zone) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT);
    private static final DateTimeFormatter HOUR_ALONE = DateTimeFormatter.ofPattern("HH", Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
    /** Directories have four digits for the year. */
    private static final int LAST_YEAR = 9998;

    /**
     * The window that an instant is in.
     *
     * @throws IllegalArgumentException if it is outside of the years 1 to 9998
     */
    public Window containing(Instant instant) {
        int year = instant.atZone(zone).getYear();
        if (year < 1 || year > LAST_YEAR) {
            throw new IllegalArgumentException("there are no windows in the year " + year);
        }
        LocalDateTime local = floor(instant.atZone(zone).toLocalDateTime());
        // Where clocks go back, the local time may be that of a window that has ended.
        while (!instant.isBefore(begin(next(local)))) {
            local = next(local);
        }
        return from(local);
    }

    /** The window that begins where another one ends. */
    public Window after(Window window) {
        return containing(window.end());
    }

    private Window from(LocalDateTime local) {
        return new Window(begin(local), begin(next(local)));
    }

    private LocalDateTime floor(LocalDateTime local) {
        return switch (unit) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            case DAY -> local.truncatedTo(ChronoUnit.DAYS);
            case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    }

    private LocalDateTime next(LocalDateTime local) {
        return switch (unit) {
            case HOUR -> local.plusHours(1);
            case DAY -> local.plusDays(1);
            case MONTH -> local.plusMonths(1);
        };
    }

    /** The first instant with that local time, or with a later one where clocks skip it. */
    private Instant begin(LocalDateTime local) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    /** As people are told of it: {@code 2026-11-21T05}, {@code 2026-11-21} or {@code 2026-11}. */
    public String name(Window window) {
        return local(window)
                .format(
                        switch (unit) {
                            case HOUR -> HOUR;
                            case DAY -> DAY;
                            case MONTH -> MONTH;
                        });
    }

    /** Its directory in an output, one of {@link io.pagewalk.model.WindowDirectories}. */
    public String directory(Window window) {
        LocalDateTime local = local(window);
        return switch (unit) {
            case HOUR -> "dt=" + local.format(DAY) + "/hour=" + local.format(HOUR_ALONE);
            case DAY -> "dt=" + local.format(DAY);
            case MONTH -> "month=" + local.format(MONTH);
        };
    }

    private LocalDateTime local(Window window) {
        return floor(window.start().atZone(zone).toLocalDateTime());
    }
}
