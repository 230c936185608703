package io.pagewalk.benchmark.macro.report;

import java.util.List;
import java.util.Optional;
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
        return Spread.of(select(scenario, entrant)
                .flatMap(run -> select(scenario, base)
                        .filter(other -> other.round() == run.round())
                        .map(other -> metric.of(run) / metric.of(other)))
                .mapToDouble(Double::doubleValue));
    }

    /** How many rounds an entrant has completed. */
    int rounds(String scenario, String entrant) {
        return (int) select(scenario, entrant).count();
    }

    private Stream<Run> select(String scenario, String entrant) {
        return all.stream()
                .filter(run -> run.scenario().equals(scenario) && run.entrant().equals(entrant));
    }
}
