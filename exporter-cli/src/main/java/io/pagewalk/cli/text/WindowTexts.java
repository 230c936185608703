package io.pagewalk.cli.text;

import io.pagewalk.log.PinnedOptions;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.Window;
import io.pagewalk.plan.WindowCalendar;
import io.pagewalk.plan.Windows;
import org.jspecify.annotations.Nullable;

/** How windows are called. */
final class WindowTexts {
    private WindowTexts() {}

    /** That of a run, such as {@code 2026-11-21}; null if it has none. */
    static @Nullable String name(PinnedOptions options) {
        Window window = options.window();
        WindowCalendar calendar = options.calendar();
        return window == null || calendar == null ? null : calendar.name(window);
    }

    /** Likewise, that of a plan. */
    static @Nullable String name(ExportPlan plan) {
        PlannedWindow planned = plan.window();
        Windows windows = plan.request().windows();
        return planned == null || windows == null
                ? null
                : new WindowCalendar(windows.unit(), plan.request().zone()).name(planned.window());
    }
}
