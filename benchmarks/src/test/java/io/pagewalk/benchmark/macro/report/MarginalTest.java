package io.pagewalk.benchmark.macro.report;

import static io.pagewalk.benchmark.macro.report.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarginalTest {
    private static final long FEWER = 1_000_000;
    private static final long MORE = 4_000_000;

    @Test
    void isTheSlopeBetweenTwoLengthsAndLeavesOutTheStart() {
        // A start of 1 s, and 2 us a record.
        List<Marginal> costs = Marginal.of(new Runs(List.of(
                run("compare", "spark", 1, FEWER, 50),
                run("compare", "a", 1, FEWER, 3),
                run("long", "a", 1, MORE, 9))));

        assertThat(costs).singleElement().satisfies(cost -> {
            assertThat(cost.entrant()).isEqualTo("a");
            assertThat(cost.cpuMicros()).isEqualTo(new Spread(2, 2, 2));
            assertThat(cost.wallMicros()).isEqualTo(new Spread(1, 1, 1));
            assertThat(cost.startCpuSeconds()).isEqualTo(new Spread(1, 1, 1));
            assertThat(cost.cpuRatio()).isNull();
        });
    }

    @Test
    void isComparedWithTheBareConsumersWithinEachRound() {
        // In the second round the machine had half the speed; the third is not complete.
        Runs runs = new Runs(List.of(
                run("compare", "bare", 1, FEWER, 2),
                run("long", "bare", 1, MORE, 5),
                run("compare", "a", 1, FEWER, 3),
                run("long", "a", 1, MORE, 9),
                run("compare", "bare", 2, FEWER, 4),
                run("long", "bare", 2, MORE, 10),
                run("compare", "a", 2, FEWER, 6),
                run("long", "a", 2, MORE, 18),
                run("long", "a", 3, MORE, 100)));

        assertThat(Marginal.of(runs)).element(1).satisfies(cost -> {
            assertThat(cost.rounds()).isEqualTo(2);
            assertThat(cost.cpuMicros()).isEqualTo(new Spread(3, 2, 4));
            assertThat(cost.cpuRatio()).isEqualTo(new Spread(2, 2, 2));
            assertThat(cost.wallRatio()).isEqualTo(new Spread(2, 2, 2));
        });
    }

    @Test
    void isShownOnlyIfThereWereTwoLengths() {
        assertThat(MarginalText.of(Marginal.of(new Runs(List.of(run("long", "a", 1, MORE, 9))))))
                .isEmpty();
        assertThat(MarginalText.of(
                        Marginal.of(new Runs(List.of(run("compare", "a", 1, FEWER, 3), run("long", "a", 1, MORE, 9))))))
                .contains("| a        |            2.00 |")
                .contains("not measured");
    }
}
