package io.pagewalk.cli.text;

import io.pagewalk.log.PinnedOptions;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.UnorderedTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
                        "timestamps have no order around --" + bound + " "
                                + options.requested().getOrDefault(bound, "") + " in partitions " + partitions
                                + ": a bound by time is a place in the log, and there it says little of the timestamps around it");
            }
        }
        return lines;
    }

    /** The same for documents. */
    static List<Map<String, Object>> unorderedDocument(PinnedOptions options) {
        List<Map<String, Object>> document = new ArrayList<>();
        for (String bound : BOUNDS) {
            String partitions = options.unordered(bound);
            if (!partitions.isEmpty()) {
                Map<String, Object> time = new LinkedHashMap<>();
                time.put("bound", bound);
                time.put("time", options.requested().getOrDefault(bound, ""));
                time.put("partitions", partitions);
                document.add(time);
            }
        }
        return document;
    }

    /** The same with what was found, as long as that is known. */
    static List<Map<String, Object>> unorderedDocument(ExportPlan plan) {
        List<Map<String, Object>> document = unorderedDocument(PinnedOptions.of(plan));
        for (int i = 0; i < document.size(); i++) {
            document.get(i)
                    .put(
                            "crossings",
                            plan.unordered().get(i).partitions().stream()
                                    .map(TimeTexts::crossing)
                                    .toList());
        }
        return document;
    }

    private static Map<String, Object> crossing(UnorderedTime.Place place) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("partition", place.partition());
        found.put("first", place.first());
        found.put("last", place.last());
        found.put("sampledRecords", place.samples());
        found.put("disagreeingRecords", place.disagreeing());
        return found;
    }

    /** {@code 3 records are dated outside of --from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z}. */
    static String outside(PinnedOptions options, Totals totals) {
        return Human.count(totals.outside(), "record") + (totals.outside() == 1 ? " is" : " are")
                + " dated outside of --from "
                + options.requested().getOrDefault("from", "") + " --to "
                + options.requested().getOrDefault("to", "");
    }
}
