package io.pagewalk.benchmark.macro.report;

import java.util.List;
import java.util.Optional;

/** The main comparison: a bar per entrant for its CPU time and one for its wall time, a thin line from the least to the greatest. */
final class BarPlot {
    private static final int TOP = 88;
    private static final int ROW = 30;
    private static final int BAR = 16;
    private static final int NAMES = 184;
    private static final int PANEL = 345;
    /** The length of the longest bar; the rest of the panel is for its figure. */
    private static final int LONGEST = 255;

    private final Section section;
    private final Runs runs;
    private final List<Section.Row> rows;
    private final Svg svg;

    private BarPlot(Section section, Results results) {
        this.section = section;
        this.runs = results.runs();
        rows = section.rows().stream()
                .filter(row -> runs.rounds(section.scenario(), row.entrant()) > 0)
                .toList();
        svg = new Svg(TOP + rows.size() * ROW + 38, section.title(), results.topic(), results);
    }

    static String of(Section section, Results results) {
        return new BarPlot(section, results).draw();
    }

    private String draw() {
        for (int i = 0; i < rows.size(); i++) {
            svg.text(style(rows.get(i)), Svg.MARGIN, baseline(i), rows.get(i).entrant());
        }
        panel(NAMES, "CPU seconds per million records", Metric.CPU_SECONDS_PER_MILLION);
        panel(NAMES + PANEL, "wall seconds", Metric.WALL_SECONDS);
        return svg.end();
    }

    private void panel(int x, String title, Metric metric) {
        svg.text("quiet", x, TOP - 12, title);
        double most = rows.stream()
                .flatMap(row -> spread(row, metric).stream())
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
        for (int i = 0; i < rows.size(); i++) {
            Optional<Spread> spread = spread(rows.get(i), metric);
            if (spread.isPresent()) {
                bar(Svg.isOwn(rows.get(i).entrant()), x, TOP + i * ROW, spread.get(), LONGEST / most);
                double end = x + spread.get().max() * LONGEST / most;
                svg.text(
                        style(rows.get(i)),
                        end + 8,
                        baseline(i),
                        Figures.text(spread.get().median()));
            }
        }
    }

    private Optional<Spread> spread(Section.Row row, Metric metric) {
        return runs.of(section.scenario(), row.entrant(), metric);
    }

    private void bar(boolean own, int x, int y, Spread spread, double scale) {
        svg.add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                own ? "own-bar" : "bar", x, y, spread.median() * scale, BAR);
        int middle = y + BAR / 2;
        svg.line("range", x + spread.min() * scale, middle, x + spread.max() * scale, middle);
    }

    private static String style(Section.Row row) {
        return Svg.isOwn(row.entrant()) ? "own" : "";
    }

    private static int baseline(int row) {
        return TOP + row * ROW + BAR / 2 + 5;
    }
}
