package io.pagewalk.benchmark.macro;

import io.pagewalk.benchmark.macro.report.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is compared with what.
 *
 * @param name how the command line selects it
 * @param title what it compares, for the report
 * @param entrants who runs in each round
 * @param rounds how often
 */
record Scenario(String name, String title, List<Entrant> entrants, int rounds) {
    Scenario only(Predicate<Entrant> wanted) {
        return new Scenario(name, title, entrants.stream().filter(wanted).toList(), rounds);
    }

    /** The entrants in the order of a round: each begins with another, so that none always runs after the same. */
    List<Entrant> order(int round) {
        List<Entrant> order = new ArrayList<>(entrants);
        Collections.rotate(order, -(round - 1));
        return order;
    }

    Section section() {
        List<Section.Row> rows = entrants.stream()
                .map(entrant -> new Section.Row(
                        entrant.name(), entrant.base(), entrant.contender().does()))
                .toList();
        return new Section(name, title, rows);
    }
}
