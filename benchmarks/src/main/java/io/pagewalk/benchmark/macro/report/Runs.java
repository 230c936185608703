package io.pagewalk.benchmark.macro.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/**
 * Runs, and what they come to.
 *
 * @param all in the order they were made
 */
public record Runs(List<Run> all) {
    public Runs {
        all = List.copyOf(all);
    }

    /** A figure over all rounds; empty if it was never measured. */
    public Optional<Spread> of(String scenario, String entrant, Metric metric) {
        return Spread.of(select(scenario, entrant).mapToDouble(metric::of));
    }

    /**
     * How a figure compares with another entrant's: the ratios within each round, over all rounds. The machine's speed drifts
     * more between rounds than within one, so this says more than the ratio of two medians.
     *
     * @return empty if there is no round with both
     */
    public Optional<Spread> ratio(String scenario, String entrant, String base, Metric metric) {
        return compare(scenario, entrant, base, (run, other) -> metric.of(run) / metric.of(other));
    }

    /** By how much a figure is more than another entrant's, within each round. */
    Optional<Spread> difference(String scenario, String entrant, String base, Metric metric) {
        return compare(scenario, entrant, base, (run, other) -> metric.of(run) - metric.of(other));
    }

    /** By how many millionths of its unit a figure is more than another entrant's for each record, within each round. */
    Optional<Spread> differenceARecord(String scenario, String entrant, String base, Metric metric) {
        return compare(
                scenario, entrant, base, (run, other) -> (metric.of(run) - metric.of(other)) / run.records() * 1e6);
    }

    private Optional<Spread> compare(
            String scenario, String entrant, String base, ToDoubleBiFunction<Run, Run> figure) {
        return Spread.of(select(scenario, entrant)
                .flatMapToDouble(run -> select(scenario, base)
                        .filter(other -> other.round() == run.round())
                        .mapToDouble(other -> figure.applyAsDouble(run, other))));
    }

    /** Who has completed a round of a scenario. */
    List<String> entrants(String scenario) {
        return all.stream()
                .filter(run -> run.scenario().equals(scenario))
                .map(Run::entrant)
                .distinct()
                .toList();
    }

    /** How many rounds an entrant has completed. */
    int rounds(String scenario, String entrant) {
        return (int) select(scenario, entrant).count();
    }

    /** What the last round of an entrant told; empty if nothing. */
    String remark(String scenario, String entrant) {
        return select(scenario, entrant)
                .reduce((first, second) -> second)
                .map(Run::remark)
                .orElse("");
    }

    Stream<Run> select(String scenario, String entrant) {
        return all.stream()
                .filter(run -> run.scenario().equals(scenario) && run.entrant().equals(entrant));
    }
}
