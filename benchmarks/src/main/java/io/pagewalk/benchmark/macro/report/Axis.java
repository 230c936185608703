package io.pagewalk.benchmark.macro.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A logarithmic axis.
 *
 * @param least the value at its beginning
 * @param most the value at its end
 * @param span where it lies
 */
record Axis(double least, double most, Span span) {
    /** Pixels from its beginning to its end. */
    record Span(int from, int to) {}

    /** Of values that are positive; what is not is left out. */
    static Axis of(DoubleStream values, Span span) {
        double[] sorted = values.filter(value -> value > 0).sorted().toArray();
        double least = sorted.length == 0 ? 1 : sorted[0];
        double most = sorted.length == 0 ? 1 : sorted[sorted.length - 1];
        // One value alone would have no scale.
        return new Axis(least, most > least ? most : 10 * least, span);
    }

    /** Where a value lies. */
    double at(double value) {
        double part = Math.log(Math.max(value, least) / least) / Math.log(most / least);
        return span.from() + part * (span.to() - span.from());
    }

    /** 1, 2 and 5 times powers of ten, as far as the axis goes. */
    List<Double> roundValues() {
        List<Double> values = new ArrayList<>();
        for (double power = Math.pow(10, Math.floor(Math.log10(least))); power <= most; power *= 10) {
            for (int times : new int[] {1, 2, 5}) {
                double value = times * power;
                if (value >= least && value <= most) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** A round value, without digits that say nothing. */
    static String label(double value) {
        return value < 1
                ? new BigDecimal(value, MathContext.DECIMAL32)
                        .stripTrailingZeros()
                        .toPlainString()
                : Figures.text(Math.round(value));
    }
}
