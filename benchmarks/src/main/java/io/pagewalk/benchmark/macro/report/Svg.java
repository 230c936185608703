package io.pagewalk.benchmark.macro.report;

import java.util.Locale;

/**
 * A drawing: a page with a title, a line on what it shows and one on where it was measured. Follows the reader's choice of a
 * light or a dark page.
 */
final class Svg {
    static final int WIDTH = 880;
    static final int MARGIN = 16;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
              .title { font-size: 15px; font-weight: 600 }
              .quiet { font-size: 12px; fill: #59636e }
              .own { font-weight: 600 }
              .over { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
              .left { text-anchor: end }
              .middle { text-anchor: middle }
              .page { fill: #ffffff; stroke: #d1d9e0 }
              .grid { stroke: #d1d9e0; stroke-width: 1 }
              .bar { fill: #afb8c1 }
              .other { fill: #818b98 }
              .own-bar, .own-0 { fill: #0969da }
              .own-1 { fill: #1a7f37 }
              .own-2 { fill: #bc4c00 }
              .line-other { stroke: #818b98 }
              .line-own-0 { stroke: #0969da }
              .line-own-1 { stroke: #1a7f37 }
              .line-own-2 { stroke: #bc4c00 }
              .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round }
              .dashed { stroke-dasharray: 6 4 }
              .range { stroke: #1f2328; stroke-width: 1.2 }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc }
                .quiet { fill: #9198a1 }
                .over { stroke: #0d1117 }
                .page { fill: #0d1117; stroke: #3d444d }
                .grid { stroke: #2a313c }
                .bar { fill: #59636e }
                .other { fill: #9198a1 }
                .own-bar, .own-0 { fill: #4493f8 }
                .own-1 { fill: #3fb950 }
                .own-2 { fill: #f0883e }
                .line-other { stroke: #9198a1 }
                .line-own-0 { stroke: #4493f8 }
                .line-own-1 { stroke: #3fb950 }
                .line-own-2 { stroke: #f0883e }
                .range { stroke: #f0f6fc }
              }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();

    Svg(int height, String title, String of, Results results) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, height, WIDTH, height);
        add("<title>%s</title>%n%s", escaped(title), STYLE.stripTrailing());
        add("<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>", WIDTH - 1, height - 1);
        text("title", MARGIN, 28, title);
        text("quiet", MARGIN, 48, of);
        String machine = results.machine().cpu() + ", " + results.machine().cores() + " cores; medians of "
                + results.rounds() + (results.rounds() == 1 ? " round" : " rounds") + ", lines from least to greatest";
        text("quiet", MARGIN, height - 14, machine);
    }

    void text(String style, double x, double y, String content) {
        add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(content));
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    /** Adds a line of SVG. */
    void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /** The end of the drawing, and all of it. */
    String end() {
        return svg.append("</svg>\n").toString();
    }

    static boolean isOwn(String entrant) {
        return entrant.startsWith("pagewalk");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
