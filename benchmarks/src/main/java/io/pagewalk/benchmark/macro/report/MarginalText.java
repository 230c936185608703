package io.pagewalk.benchmark.macro.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The section on what one more record costs. */
final class MarginalText {
    private static final String LEAD = """
            ## Marginal cost

            What one more record costs, without what a process costs whatever it copies: from `compare` to `long`, which has
            four times the records, (t(4N) - t(N)) / 3N within each round. The start is what that leaves of `compare`.
            Microseconds a record are seconds a million records.

            """;

    private MarginalText() {}

    /** Empty if nothing ran on both topics. */
    static String of(List<Marginal> costs) {
        if (costs.isEmpty()) {
            return "";
        }
        Table table = new Table(List.of(
                "marginal",
                "CPU us a record",
                "wall us a record",
                "start, CPU s",
                "wall ratio",
                "CPU ratio",
                "rounds"));
        for (Marginal cost : costs) {
            table.add(List.of(
                    cost.entrant(),
                    cost.cpuMicros().toString(),
                    cost.wallMicros().toString(),
                    cost.startCpuSeconds().toString(),
                    ratio(cost, cost.wallRatio()),
                    ratio(cost, cost.cpuRatio()),
                    String.valueOf(cost.rounds())));
        }
        return LEAD + table;
    }

    private static String ratio(Marginal cost, @Nullable Spread ratio) {
        return cost.isBase() ? "1" : SectionText.text(Optional.ofNullable(ratio));
    }
}
