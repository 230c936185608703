package io.pagewalk.benchmark.macro.report;

import io.pagewalk.benchmark.Shape;
import io.pagewalk.benchmark.macro.measure.ServedPages;
import java.util.List;
import java.util.Map;

/** Results to report on. */
final class Samples {
    private static final Machine MACHINE = new Machine("cpu <x>", 2, 1L << 30, "system", "java", 0);

    private Samples() {}

    static Results results(List<Run> runs) {
        return results(runs, Shape.ORDERS, 3_000_000, 5);
    }

    static Results results(List<Run> runs, Shape shape, long records, int rounds) {
        return new Results(
                "now",
                "run",
                MACHINE,
                Map.of(),
                shape,
                records,
                8,
                rounds,
                new Runs(runs),
                List.of(0.5),
                ServedPages.NONE,
                List.of());
    }

    static Run run(String scenario, String entrant, int round, long records, double cpuSeconds) {
        return new Run(scenario, entrant, round, records, cpuSeconds / 2, cpuSeconds, 1_000_000L, 0, "");
    }
}
