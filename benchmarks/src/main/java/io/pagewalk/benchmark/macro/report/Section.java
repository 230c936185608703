package io.pagewalk.benchmark.macro.report;

import java.util.List;

/**
 * What the report shows of one scenario.
 *
 * @param scenario its name
 * @param title what it compares
 * @param rows its entrants
 */
public record Section(String scenario, String title, List<Row> rows) {
    /**
     * One entrant of a section.
     *
     * @param entrant its name
     * @param base the entrant it is compared with; itself if it is the base of others
     * @param does what it does and does not do
     */
    public record Row(String entrant, String base, String does) {
        boolean isBase() {
            return entrant.equals(base);
        }
    }
}
