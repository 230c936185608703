package io.pagewalk.benchmark.macro.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One scenario's table, and what one must know to compare its rows. */
final class SectionText {
    /** Below this, CPU time for a million records would be mostly the start of the process. */
    private static final long MANY = 100_000;

    private SectionText() {}

    static String of(Section section, Runs runs) {
        boolean many = runs.all().stream()
                .filter(run -> run.scenario().equals(section.scenario()))
                .allMatch(run -> run.records() >= MANY);
        Metric cpu = many ? Metric.CPU_SECONDS_PER_MILLION : Metric.CPU_SECONDS;
        Table table = new Table(List.of(
                section.scenario(),
                "wall s",
                many ? "CPU s per million" : "CPU s",
                "peak memory MB",
                "output MB",
                "wall ratio",
                "CPU ratio",
                "to",
                "rounds"));
        for (Section.Row row : section.rows()) {
            table.add(cells(section.scenario(), row, runs, cpu));
        }
        StringBuilder text = new StringBuilder();
        text.append("## ").append(section.title()).append("\n\n").append(table).append('\n');
        List<String> told = new ArrayList<>();
        for (Section.Row row : section.rows()) {
            if (!told.contains(row.does())) {
                told.add(row.does());
                text.append("- `")
                        .append(row.entrant())
                        .append("`: ")
                        .append(row.does())
                        .append('\n');
            }
        }
        for (Section.Row row : section.rows()) {
            String remark = runs.remark(section.scenario(), row.entrant());
            if (!remark.isEmpty()) {
                text.append("- The last `")
                        .append(row.entrant())
                        .append("`: ")
                        .append(remark)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> cells(String scenario, Section.Row row, Runs runs, Metric cpu) {
        String name = row.entrant();
        List<String> cells = new ArrayList<>();
        cells.add(name);
        for (Metric metric : List.of(Metric.WALL_SECONDS, cpu, Metric.PEAK_MB, Metric.OUTPUT_MB)) {
            cells.add(text(runs.of(scenario, name, metric)));
        }
        for (Metric metric : List.of(Metric.WALL_SECONDS, Metric.CPU_SECONDS)) {
            cells.add(row.isBase() ? "1" : text(runs.ratio(scenario, name, row.base(), metric)));
        }
        cells.add(row.isBase() ? "" : row.base());
        cells.add(String.valueOf(runs.rounds(scenario, name)));
        return cells;
    }

    static String text(Optional<Spread> spread) {
        return spread.map(Spread::toString).orElse("not measured");
    }
}
