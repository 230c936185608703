package io.pagewalk.benchmark.macro.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The main comparison as an SVG: a bar per entrant for its CPU time and one for its wall time, a thin line from the least to
 * the greatest. Follows the reader's choice of a light or a dark page.
 */
final class Plot {
    private static final int WIDTH = 880;
    private static final int TOP = 88;
    private static final int ROW = 30;
    private static final int BAR = 16;
    private static final int NAMES = 184;
    private static final int PANEL = 345;
    /** The length of the longest bar; the rest of the panel is for its figure. */
    private static final int LONGEST = 255;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
              .title { font-size: 15px; font-weight: 600 }
              .quiet { font-size: 12px; fill: #59636e }
              .own { font-weight: 600 }
              .page { fill: #ffffff; stroke: #d1d9e0 }
              .bar { fill: #afb8c1 }
              .own-bar { fill: #0969da }
              .range { stroke: #1f2328; stroke-width: 1.2 }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc }
                .quiet { fill: #9198a1 }
                .page { fill: #0d1117; stroke: #3d444d }
                .bar { fill: #59636e }
                .own-bar { fill: #4493f8 }
                .range { stroke: #f0f6fc }
              }
            </style>
            """;

    private final Section section;
    private final Runs runs;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Section section, Runs runs) {
        this.section = section;
        this.runs = runs;
    }

    static String of(Section section, Results results) {
        return new Plot(section, results.runs()).draw(results);
    }

    private String draw(Results results) {
        List<Section.Row> rows = section.rows().stream()
                .filter(row -> runs.rounds(section.scenario(), row.entrant()) > 0)
                .toList();
        int height = TOP + rows.size() * ROW + 38;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>")
                .append(escaped(section.title()))
                .append("</title>\n")
                .append(STYLE);
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n",
                WIDTH - 1,
                height - 1));
        text("title", 16, 28, section.title());
        text("quiet", 16, 48, results.topic());
        for (int i = 0; i < rows.size(); i++) {
            text(isOwn(rows.get(i)) ? "own" : "", 16, baseline(i), rows.get(i).entrant());
        }
        panel(rows, NAMES, "CPU seconds per million records", Metric.CPU_SECONDS_PER_MILLION);
        panel(rows, NAMES + PANEL, "wall seconds", Metric.WALL_SECONDS);
        text(
                "quiet",
                16,
                height - 14,
                results.machine().cpu() + ", " + results.machine().cores() + " cores; medians of " + results.rounds()
                        + " rounds, lines from least to greatest");
        return svg.append("</svg>\n").toString();
    }

    private void panel(List<Section.Row> rows, int x, String title, Metric metric) {
        text("quiet", x, TOP - 12, title);
        double most = rows.stream()
                .flatMap(row -> spread(row, metric).stream())
                .mapToDouble(Spread::max)
                .max()
                .orElse(1);
        for (int i = 0; i < rows.size(); i++) {
            Optional<Spread> spread = spread(rows.get(i), metric);
            if (spread.isPresent()) {
                bar(isOwn(rows.get(i)), x, TOP + i * ROW, spread.get(), LONGEST / most);
                double end = x + spread.get().max() * LONGEST / most;
                text(
                        isOwn(rows.get(i)) ? "own" : "",
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
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                own ? "own-bar" : "bar",
                x,
                y,
                spread.median() * scale,
                BAR));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"range\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                x + spread.min() * scale,
                y + BAR / 2,
                x + spread.max() * scale,
                y + BAR / 2));
    }

    private void text(String style, double x, double y, String content) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, x, y, escaped(content)));
    }

    private static int baseline(int row) {
        return TOP + row * ROW + BAR / 2 + 5;
    }

    private static boolean isOwn(Section.Row row) {
        return row.entrant().startsWith("pagewalk");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
