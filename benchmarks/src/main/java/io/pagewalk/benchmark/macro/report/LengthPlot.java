package io.pagewalk.benchmark.macro.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * CPU time against the number of records, for all who ran on the main topic. Both axes are logarithmic: else all but the longest
 * topic would lie in a corner. Where a line is flat, what counts is the start; where lines are parallel, what a record costs.
 */
final class LengthPlot {
    private static final List<String> SCENARIOS = List.of("small", "compare", "long");

    private static final int HEIGHT = 560;
    private static final Axis.Span ACROSS = new Axis.Span(100, 640);
    private static final Axis.Span UP = new Axis.Span(478, 92);
    /** From one label to the next below. */
    private static final int LABEL = 17;

    private static final int POINT = 4;
    private static final int COLOURS = 3;

    /** What an entrant used for so many records. */
    private record Point(long records, Spread cpu) {}

    /** An entrant's points, the shortest topic first. */
    private record Series(String entrant, String colour, List<Point> points) {
        Point last() {
            return points.get(points.size() - 1);
        }

        boolean isCurve() {
            return points.size() > 1;
        }
    }

    private final List<Series> all;
    private final Axis across;
    private final Axis up;
    private final Svg svg;

    private LengthPlot(List<Series> all, Results results) {
        this.all = all;
        List<Point> points =
                all.stream().flatMap(series -> series.points().stream()).toList();
        across = Axis.of(points.stream().mapToDouble(Point::records), ACROSS);
        up = Axis.of(
                points.stream()
                        .flatMapToDouble(point ->
                                DoubleStream.of(point.cpu().min(), point.cpu().max())),
                UP);
        svg = new Svg(HEIGHT, "CPU time of a whole copy, by the number of records", results.topics(), results);
    }

    /** Empty unless someone ran on topics of different lengths. */
    static Optional<String> of(Results results) {
        List<Series> all = series(results.runs());
        return all.stream().anyMatch(Series::isCurve)
                ? Optional.of(new LengthPlot(all, results).draw())
                : Optional.empty();
    }

    private static List<Series> series(Runs runs) {
        Set<String> entrants = new LinkedHashSet<>();
        SCENARIOS.forEach(scenario -> entrants.addAll(runs.entrants(scenario)));
        List<Series> all = new ArrayList<>();
        int own = 0;
        for (String entrant : entrants.stream().sorted().toList()) {
            List<Point> points = SCENARIOS.stream()
                    .flatMap(scenario -> point(runs, scenario, entrant).stream())
                    .toList();
            String colour = Svg.isOwn(entrant) ? "own-" + own++ % COLOURS : "other";
            all.add(new Series(entrant, colour, points));
        }
        return all;
    }

    private static Optional<Point> point(Runs runs, String scenario, String entrant) {
        return runs.of(scenario, entrant, Metric.CPU_SECONDS)
                .map(cpu -> new Point(
                        runs.select(scenario, entrant).findFirst().orElseThrow().records(), cpu));
    }

    private String draw() {
        grid();
        all.forEach(this::curve);
        all.forEach(this::points);
        labels(all.stream().filter(Series::isCurve).toList(), true);
        // To the left of its point: the curves that come up to a point from the left come from below.
        labels(all.stream().filter(series -> !series.isCurve()).toList(), false);
        return svg.end();
    }

    private void grid() {
        for (double seconds : up.roundValues()) {
            double y = up.at(seconds);
            svg.line("grid", ACROSS.from() - 20, y, ACROSS.to() + 20, y);
            svg.text("quiet left", ACROSS.from() - 28, y + 4, Axis.label(seconds) + " s");
        }
        for (Point point : lengths()) {
            double x = x(point);
            svg.line("grid", x, UP.to() - 14, x, UP.from() + 14);
            svg.text("quiet middle", x, UP.from() + 32, Figures.text(point.records()));
        }
        svg.text("quiet", Svg.MARGIN, UP.to() - 20, "CPU, user and system; both scales logarithmic");
        svg.text("quiet middle", (ACROSS.from() + ACROSS.to()) / 2.0, UP.from() + 50, "records");
    }

    private List<Point> lengths() {
        List<Point> lengths = new ArrayList<>();
        for (Series series : all) {
            for (Point point : series.points()) {
                if (lengths.stream().noneMatch(other -> other.records() == point.records())) {
                    lengths.add(point);
                }
            }
        }
        return lengths;
    }

    private void curve(Series series) {
        StringBuilder path = new StringBuilder();
        for (Point point : series.points()) {
            path.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(point), up.at(point.cpu().median())));
        }
        // No contender, but what they are compared with.
        String style = series.entrant().equals("bare") ? " dashed" : "";
        svg.add(
                "<polyline class=\"curve line-%s%s\" points=\"%s\"/>",
                series.colour(), style, path.toString().strip());
    }

    private void points(Series series) {
        for (Point point : series.points()) {
            double x = x(point);
            svg.line("range", x, up.at(point.cpu().min()), x, up.at(point.cpu().max()));
            svg.add(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"/>",
                    series.colour(), x, up.at(point.cpu().median()), POINT);
        }
    }

    /** Labels beside the last points, moved apart where they would lie on each other. */
    private void labels(List<Series> labelled, boolean right) {
        List<Series> sorted = labelled.stream()
                .sorted(Comparator.comparingDouble(this::lastY))
                .toList();
        double[] y = Labels.apart(sorted.stream().mapToDouble(this::lastY).toArray(), LABEL);
        for (int i = 0; i < y.length; i++) {
            Series series = sorted.get(i);
            double x = x(series.last());
            int side = right ? 1 : -1;
            svg.line("curve line-" + series.colour(), x, lastY(series), x + side * 14, y[i]);
            String style = (Svg.isOwn(series.entrant()) ? "over own" : "over") + (right ? "" : " left");
            svg.text(
                    style,
                    x + side * 19,
                    y[i] + 4.5,
                    series.entrant() + " " + Figures.text(series.last().cpu().median()) + " s");
        }
    }

    private double x(Point point) {
        return across.at((double) point.records());
    }

    private double lastY(Series series) {
        return up.at(series.last().cpu().median());
    }
}
