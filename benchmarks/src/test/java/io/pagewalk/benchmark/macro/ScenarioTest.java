package io.pagewalk.benchmark.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.benchmark.macro.contender.Contenders;
import io.pagewalk.benchmark.macro.measure.ChildProcesses;
import io.pagewalk.benchmark.macro.peer.Environment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Test
    void topicsThatDifferInLengthOnlyRunSideBySide() {
        List<List<String>> order = Scenarios.sideBySide(scenarios).stream()
                .map(group -> group.stream().map(Scenario::name).toList())
                .toList();

        assertThat(order).startsWith(List.of("compare", "small", "long"));
        assertThat(order.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        scenarios.stream().map(Scenario::name).toList());
    }

    @Test
    void whoRunsOnTheLongTopicRunsOnAllLengths() {
        Map<String, List<String>> names = scenarios.stream()
                .collect(Collectors.toMap(
                        Scenario::name,
                        scenario ->
                                scenario.entrants().stream().map(Entrant::name).toList()));

        assertThat(names.get("compare")).containsAll(names.get("long"));
        assertThat(names.get("small")).containsAll(names.get("long"));
    }

    private static List<Scenario> scenarios() {
        Environment environment = new Environment(Path.of(""), Path.of(""), new ChildProcesses(), "http://registry");
        return new Scenarios(new Contenders(environment), new Contenders(environment), new TopicOptions(), 5).all();
    }
}
