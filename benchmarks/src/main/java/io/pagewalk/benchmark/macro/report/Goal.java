package io.pagewalk.benchmark.macro.report;

import java.util.Optional;

/**
 * What is aimed at.
 *
 * @param what the figure
 * @param unit of the figure; empty for a ratio
 * @param measured the figure, if it was measured
 * @param reach what it must be
 * @param then what to go for after that
 */
record Goal(String what, String unit, Optional<Spread> measured, Bound reach, Bound then) {
    /** An upper bound. */
    record Bound(double value, boolean inclusive) {
        static Bound atMost(double value) {
            return new Bound(value, true);
        }

        static Bound below(double value) {
            return new Bound(value, false);
        }

        boolean holds(double figure) {
            return inclusive ? figure <= value : figure < value;
        }

        @Override
        public String toString() {
            return (inclusive ? "<= " : "< ") + Figures.text(value);
        }
    }

    /** Whether the median is within the bound. */
    String met() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        double median = measured.orElseThrow().median();
        if (then.holds(median)) {
            return "yes, both";
        }
        return reach.holds(median) ? "yes" : "no";
    }
}
