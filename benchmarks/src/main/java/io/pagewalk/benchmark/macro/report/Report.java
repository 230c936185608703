package io.pagewalk.benchmark.macro.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The report: Markdown for people, JSON for programs, a plot. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Report() {}

    /** The report as Markdown. */
    public static String markdown(Results results, List<Section> sections) {
        StringBuilder text = new StringBuilder();
        text.append("# Benchmark of ").append(results.started()).append("\n\n");
        text.append("- Command: `").append(results.command()).append("`\n");
        text.append("- Machine: ").append(results.machine()).append('\n');
        if (results.machine().isBusy()) {
            text.append("- The machine was not idle before it began: load average ")
                    .append(Figures.text(results.machine().loadBefore()))
                    .append('\n');
        }
        results.versions()
                .forEach((name, version) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(version)
                        .append('\n'));
        text.append("- Topic: ").append(results.topic()).append("; broker on the same machine, not counted\n\n");
        text.append("""
                Each row is a whole process from start to end: wall time, user and system time of all its processes, its
                largest resident set. Figures are medians over the rounds, with the least and the greatest; ratios are
                medians of the ratios within each round. MB are 10^6 bytes.

                """);
        for (Section section : sections) {
            text.append(SectionText.of(section, results.runs())).append('\n');
        }
        String marginal = MarginalText.of(results.marginal());
        text.append(marginal).append(marginal.isEmpty() ? "" : "\n");
        text.append(results.served().text());
        text.append("## Goals\n\n").append(Goals.text(results));
        if (!results.failures().isEmpty()) {
            text.append("\n## Failures\n\n");
            results.failures()
                    .forEach(failure -> text.append("```\n").append(failure).append("\n```\n"));
        }
        return text.toString();
    }

    /**
     * Writes {@code results.json}, {@code results.md} and, if there is something to plot, {@code plot.svg} (CPU time by the number
     * of records) and {@code bars.svg} (the main comparison).
     */
    public static void write(Results results, List<Section> sections, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.json"), JSON.writeValueAsString(results) + "\n", UTF_8);
        Files.writeString(directory.resolve("results.md"), markdown(results, sections), UTF_8);
        Optional<String> bars = sections.stream()
                .filter(section -> section.scenario().equals("compare"))
                .map(section -> BarPlot.of(section, results))
                .findFirst();
        write(directory.resolve("bars.svg"), bars);
        write(directory.resolve("plot.svg"), LengthPlot.of(results));
    }

    /** Leaves no plot of an earlier run beside the results of this one. */
    private static void write(Path file, Optional<String> plot) throws IOException {
        if (plot.isPresent()) {
            Files.writeString(file, plot.get(), UTF_8);
        } else {
            Files.deleteIfExists(file);
        }
    }
}
