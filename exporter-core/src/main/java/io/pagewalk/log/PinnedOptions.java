package io.pagewalk.log;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedFormats;
import io.pagewalk.plan.AskedTimes;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import io.pagewalk.plan.UnorderedTime;
import io.pagewalk.plan.Window;
import io.pagewalk.plan.WindowCalendar;
import io.pagewalk.plan.Windows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String WINDOW = "window";
    /** The options that each run of a series may have others of. All others are the series'. */
    private static final Set<String> OF_A_RUN = Set.of(TO, "direction", "page-size", "file-size");

    public PinnedOptions {
        requested = Collections.unmodifiableMap(new LinkedHashMap<>(requested));
        resolved = Collections.unmodifiableMap(new LinkedHashMap<>(resolved));
        fileSettings = Collections.unmodifiableMap(new TreeMap<>(fileSettings));
    }

    /** What an export of this plan pins. */
    public static PinnedOptions of(ExportPlan plan) {
        return new PinnedOptions(
                plan.request().toOptions(), resolved(plan), plan.request().fileSettings());
    }

    /** What the next run of a series pins: its own options by the plan, the others as the run before. */
    public PinnedOptions next(ExportPlan plan) {
        Map<String, String> nextRequested = new LinkedHashMap<>(requested);
        nextRequested.putAll(plan.request().toOptions());
        requested.forEach((name, pinned) -> {
            if (!OF_A_RUN.contains(name)) {
                nextRequested.put(name, pinned);
            }
        });
        nextRequested.keySet().retainAll(requested.keySet());
        Map<String, String> nextResolved = new LinkedHashMap<>(resolved(plan));
        // Where the series began was decided once.
        String from = resolved.get(FROM);
        nextResolved.remove(FROM);
        if (from != null) {
            nextResolved.put(FROM, from);
        }
        return new PinnedOptions(nextRequested, nextResolved, fileSettings);
    }

    private static Map<String, String> resolved(ExportPlan plan) {
        Map<String, String> resolved = new LinkedHashMap<>();
        ExportSpec request = plan.request();
        Map<String, String> requested = request.toOptions();
        putFixed(resolved, FROM, requested, request.fixedFrom(plan.frozenAt()));
        putFixed(resolved, TO, requested, request.fixedTo(plan.frozenAt()));
        resolved.put("page-size", Long.toString(plan.token().pageSize()));
        resolved.put("file-size", Long.toString(plan.token().sliceSize()));
        resolved.putAll(plan.formats().toMap());
        if (plan.window() != null) {
            resolved.put(WINDOW, plan.window().window().toString());
        }
        for (UnorderedTime time : plan.unordered()) {
            resolved.put(
                    time.bound() + UNORDERED,
                    PartitionSet.of(time.partitions().stream()
                                    .map(UnorderedTime.Place::partition)
                                    .toList())
                            .toString());
        }
        return resolved;
    }

    private static void putFixed(
            Map<String, String> resolved, String name, Map<String, String> requested, OffsetBound fixed) {
        if (!fixed.toString().equals(requested.get(name))) {
            resolved.put(name, fixed.toString());
        }
    }

    /**
     * The payload formats that were resolved.
     *
     * @param typed makes those whose payloads have schemas
     * @throws io.pagewalk.error.NewerVersionException if this program does not have one of them
     * @throws IllegalArgumentException if there are none, as in a log that this program did not write
     */
    public PayloadFormats formats(TypedFormats typed) {
        return PayloadFormats.ofMap(resolved, typed);
    }

    /** Likewise, with formats whose payloads have schemas as names alone. */
    public PayloadFormats formats() {
        return formats(TypedFormats.NAMES_ALONE);
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
        Window window = window();
        if (window != null) {
            return window.times();
        }
        return AskedTimes.of(
                OffsetBound.parse(resolved.getOrDefault(FROM, requested.getOrDefault(FROM, "earliest"))),
                OffsetBound.parse(resolved.getOrDefault(TO, requested.getOrDefault(TO, "latest"))));
    }

    /**
     * The window that the run is of, or null if it is of none.
     *
     * @throws IllegalArgumentException if it is none, as in a log that this program did not write
     */
    public @Nullable Window window() {
        String window = resolved.get(WINDOW);
        return window == null ? null : Window.parse(window);
    }

    /** The windows of the series; null if it has none. */
    public @Nullable WindowCalendar calendar() {
        String unit = requested.get(WINDOW);
        return unit == null ? null : new WindowCalendar(Windows.Unit.valueOf(unit.toUpperCase(Locale.ROOT)), zone());
    }

    private ZoneId zone() {
        return ZoneId.of(requested.getOrDefault("time-zone", "UTC"));
    }

    /** Where it ends, as it was decided. */
    public String end() {
        return resolved.getOrDefault(TO, requested.getOrDefault(TO, "latest"));
    }

    /**
     * Where the same request would end at another time; empty if that is where it ends.
     *
     * @throws IllegalArgumentException if the bounds are none, as in a log that this program did not write
     */
    public String endToday(Instant now) {
        String end = OffsetBound.parse(requested.getOrDefault(TO, "latest"))
                .fixed(now, zone())
                .toString();
        return end.equals(end()) ? "" : end;
    }

    /**
     * How a later request differs: a line an option, such as {@code format jsonl (the export has parquet)}. An option
     * given as what it was resolved to is no difference; one that only one of the two has is.
     */
    public List<String> differencesTo(Map<String, String> given) {
        return differencesTo(given, Set.of());
    }

    /** Likewise, of what is the series'; each run may have others of the rest. */
    public List<String> differencesOfSeries(Map<String, String> given) {
        return differencesTo(given, OF_A_RUN);
    }

    private List<String> differencesTo(Map<String, String> given, Set<String> without) {
        List<String> differences = new ArrayList<>();
        requested.forEach((name, pinned) -> {
            String value = given.get(name);
            if (without.contains(name)) {
                return;
            }
            if (value == null) {
                differences.add("no " + name + " (the export has " + pinned + ")");
            } else if (!value.equals(pinned) && !value.equals(resolved.get(name))) {
                differences.add(name + " " + value + " (the export has " + pinned + ")");
            }
        });
        given.forEach((name, value) -> {
            if (!requested.containsKey(name) && !without.contains(name)) {
                differences.add(name + " " + value + " (the export has none)");
            }
        });
        return differences;
    }
}
