package io.pagewalk.benchmark.macro.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one more record costs: the slope between the topic of {@code compare} and the longer one of {@code long}, within each
 * round. It leaves out what a process costs whatever it copies, such as starting a JVM.
 *
 * @param entrant who
 * @param rounds how many rounds had both
 * @param cpuMicros CPU time a record
 * @param wallMicros wall time a record
 * @param startCpuSeconds what is left of the CPU time if there are no records
 * @param cpuRatio how {@code cpuMicros} compares with that of {@code bare} in the same round, or null without such a round
 * @param wallRatio the same of {@code wallMicros}
 */
public record Marginal(
        String entrant,
        int rounds,
        Spread cpuMicros,
        Spread wallMicros,
        Spread startCpuSeconds,
        @Nullable Spread cpuRatio,
        @Nullable Spread wallRatio) {
    private static final String FEWER = "compare";
    private static final String MORE = "long";
    private static final String BASE = "bare";

    /** Two runs of one round that differ in how many records there were. */
    private record Pair(Run fewer, Run more) {
        /** Per record, in millionths of the metric's unit. */
        double slope(Metric metric) {
            return (metric.of(more) - metric.of(fewer)) / (more.records() - fewer.records()) * 1e6;
        }

        /** Without records. */
        double start(Metric metric) {
            return metric.of(fewer) - slope(metric) * fewer.records() / 1e6;
        }
    }

    /** Of all who ran both, in the order in which they first did; empty if there was only one length. */
    static List<Marginal> of(Runs runs) {
        List<Pair> bases = pairs(runs, BASE);
        List<Marginal> all = new ArrayList<>();
        for (String entrant : runs.entrants(MORE)) {
            List<Pair> pairs = pairs(runs, entrant);
            if (!pairs.isEmpty()) {
                all.add(new Marginal(
                        entrant,
                        pairs.size(),
                        spread(pairs, pair -> pair.slope(Metric.CPU_SECONDS)),
                        spread(pairs, pair -> pair.slope(Metric.WALL_SECONDS)),
                        spread(pairs, pair -> pair.start(Metric.CPU_SECONDS)),
                        ratio(pairs, bases, Metric.CPU_SECONDS).orElse(null),
                        ratio(pairs, bases, Metric.WALL_SECONDS).orElse(null)));
            }
        }
        return all;
    }

    private static List<Pair> pairs(Runs runs, String entrant) {
        return runs.select(MORE, entrant)
                .flatMap(more -> runs.select(FEWER, entrant)
                        .filter(fewer -> fewer.round() == more.round())
                        .map(fewer -> new Pair(fewer, more)))
                .toList();
    }

    private static Spread spread(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return Spread.of(pairs.stream().mapToDouble(figure)).orElseThrow();
    }

    private static Optional<Spread> ratio(List<Pair> pairs, List<Pair> bases, Metric metric) {
        return Spread.of(pairs.stream()
                .flatMap(pair -> bases.stream()
                        .filter(base -> base.more().round() == pair.more().round())
                        .map(base -> pair.slope(metric) / base.slope(metric)))
                .mapToDouble(Double::doubleValue));
    }

    boolean isBase() {
        return entrant.equals(BASE);
    }
}
