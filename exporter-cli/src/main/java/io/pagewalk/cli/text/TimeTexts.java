package io.pagewalk.cli.text;

import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.Totals;
import java.util.ArrayList;
import java.util.List;

/** What is told of bounds by time. */
final class TimeTexts {
    private static final List<String> BOUNDS = List.of("from", "to");

    private TimeTexts() {}

    /** A line for each bound by time where timestamps have no order. */
    static List<String> unordered(PinnedOptions options) {
        List<String> lines = new ArrayList<>();
        for (String bound : BOUNDS) {
            String partitions = options.unordered(bound);
            if (!partitions.isEmpty()) {
                lines.add(
                        "timestamps have no order around " + where(options, bound) + " in partitions " + partitions
                                + ": a bound by time is a place in the log, and there it says little of the timestamps around it");
            }
        }
        return lines;
    }

    /** {@code 3 records are dated outside of --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z}. */
    static String outside(PinnedOptions options, Totals totals) {
        return Human.count(totals.outside(), "record") + (totals.outside() == 1 ? " is" : " are")
                + " dated outside of "
                + (options.window() == null
                        ? where(options, "from") + " " + where(options, "to")
                        : "the window " + WindowTexts.name(options));
    }

    private static String where(PinnedOptions options, String bound) {
        return bound.equals("to") && options.window() != null
                ? "the end of the window " + WindowTexts.name(options)
                : "--" + bound + " " + options.requested().getOrDefault(bound, "");
    }
}
