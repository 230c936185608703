package io.pagewalk.benchmark.macro.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What several measurements of the same thing come to.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {
    /** Of the values that are numbers; empty if none is. */
    public static Optional<Spread> of(DoubleStream values) {
        double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        double median = Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow();
        return Optional.of(new Spread(median, sorted[0], sorted[sorted.length - 1]));
    }

    /** The median, and what it lies between if that differs. */
    @Override
    public String toString() {
        String text = Figures.text(median);
        return Figures.text(min).equals(Figures.text(max))
                ? text
                : text + " (" + Figures.text(min) + ".." + Figures.text(max) + ")";
    }
}
