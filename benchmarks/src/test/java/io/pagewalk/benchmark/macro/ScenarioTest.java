package io.pagewalk.benchmark.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.benchmark.macro.contender.Contenders;
import io.pagewalk.benchmark.macro.contender.Environment;
import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    private final List<Scenario> scenarios = scenarios();

    @Test
    void everyRoundRunsAllEntrantsAndBeginsWithAnother() {
        for (Scenario scenario : scenarios) {
            Set<Entrant> first = new HashSet<>();
            for (int round = 1; round <= scenario.entrants().size(); round++) {
                List<Entrant> order = scenario.order(round);

                assertThat(order).containsExactlyInAnyOrderElementsOf(scenario.entrants());
                first.add(order.get(0));
            }
            assertThat(first).hasSameSizeAs(scenario.entrants());
        }
    }

    @Test
    void everyEntrantIsComparedWithAnEntrantOfItsScenario() {
        for (Scenario scenario : scenarios) {
            List<String> names = scenario.entrants().stream().map(Entrant::name).toList();

            assertThat(names).doesNotHaveDuplicates();
            assertThat(names)
                    .containsAll(scenario.entrants().stream().map(Entrant::base).toList());
        }
    }

    private static List<Scenario> scenarios() {
        Environment environment = new Environment(Path.of(""), Path.of(""), new ChildProcesses());
        return new Scenarios(new Contenders(environment), new Contenders(environment), new TopicOptions(), 5).all();
    }
}
