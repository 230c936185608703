package io.pagewalk.log;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.UnorderedTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The options an export was started with, by name. They shape its output, so every later run of it keeps them.
 *
 * @param requested as they were asked for, in canonical text
 * @param resolved what was decided from them once, at the freeze: payload formats, and sizes in records; and the partitions
 *     whose timestamps have no order, so that {@code from} or {@code to} says little of their records
 * @param fileSettings the file format with all its settings, so that later defaults do not change an export under way
 */
public record PinnedOptions(
        Map<String, String> requested, Map<String, String> resolved, Map<String, String> fileSettings) {
    private static final String UNORDERED = "-unordered";

    public PinnedOptions {
        requested = Collections.unmodifiableMap(new LinkedHashMap<>(requested));
        resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
        fileSettings = Collections.unmodifiableMap(new TreeMap<>(fileSettings));
    }

    /** What an export of this plan pins. */
    public static PinnedOptions of(ExportPlan plan) {
        Map<String, String> resolved = new LinkedHashMap<>();
        resolved.put("page-size", Long.toString(plan.token().pageSize()));
        resolved.put("file-size", Long.toString(plan.token().sliceSize()));
        resolved.putAll(plan.formats().toMap());
        for (UnorderedTime time : plan.unordered()) {
            resolved.put(
                    time.bound() + UNORDERED,
                    PartitionSet.of(time.partitions().stream()
                                    .map(UnorderedTime.Place::partition)
                                    .toList())
                            .toString());
        }
        return new PinnedOptions(
                plan.request().toOptions(), resolved, plan.request().fileSettings());
    }

    /**
     * The payload formats that were resolved.
     *
     * @throws io.pagewalk.error.NewerVersionException if this program does not have one of them
     * @throws IllegalArgumentException if there are none, as in a log that this program did not write
     */
    public PayloadFormats formats() {
        return PayloadFormats.ofMap(resolved);
    }

    /**
     * The partitions whose timestamps had no order at the freeze where a bound by time was looked for, such as {@code
     * 0,3-5}; empty if there are none.
     *
     * @param bound {@code from} or {@code to}
     */
    public String unordered(String bound) {
        return resolved.getOrDefault(bound + UNORDERED, "");
    }

    /**
     * The timestamps that were asked for.
     *
     * @throws IllegalArgumentException if the bounds are none, as in a log that this program did not write
     */
    public AskedTimes askedTimes() {
        return AskedTimes.of(
                OffsetBound.parse(requested.getOrDefault("from", "earliest")),
                OffsetBound.parse(requested.getOrDefault("to", "latest")));
    }

    /**
     * How a later request differs: a line an option, such as {@code format jsonl (the export has parquet)}. An option
     * given as what it was resolved to is no difference; one that only one of the two has is.
     */
    public List<String> differencesTo(Map<String, String> given) {
        List<String> differences = new ArrayList<>();
        requested.forEach((name, pinned) -> {
            String value = given.get(name);
            if (value == null) {
                differences.add("no " + name + " (the export has " + pinned + ")");
            } else if (!value.equals(pinned) && !value.equals(resolved.get(name))) {
                differences.add(name + " " + value + " (the export has " + pinned + ")");
            }
        });
        given.forEach((name, value) -> {
            if (!requested.containsKey(name)) {
                differences.add(name + " " + value + " (the export has none)");
            }
        });
        return differences;
    }
}
