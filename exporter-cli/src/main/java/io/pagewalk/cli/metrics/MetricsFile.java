package io.pagewalk.cli.metrics;

import io.pagewalk.cli.document.ReplacedFile;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of {@code --metrics-file}, in the text format of Prometheus, as the textfile collector of the node exporter reads it: replaced
 * as a whole at the end of a command. What an earlier command knew of an export, and this one did not come to, is kept, so that the time
 * of the last success outlives failures.
 */
public final class MetricsFile {
    /** Names of exports and topics need no escapes; that of an output may. */
    private static final Pattern SAMPLE = Pattern.compile(
            "(pagewalk_\\w+)\\{export=\"([^\"]+)\",output=\"((?:[^\"\\\\]|\\\\.)*)\",topic=\"([^\"]+)\"\\} (\\S+)");

    private final ReplacedFile file;
    private final Path path;

    /** @throws UsageException if it could not be written at the end of a long run either */
    public MetricsFile(Path path) {
        this.path = path;
        this.file = new ReplacedFile("--metrics-file", path);
    }

    /**
     * Replaces the file.
     *
     * @param output what the exports are in
     */
    public void write(String output, Collection<ExportFigures> figures) {
        Metrics metrics = new Metrics(output);
        Map<String, ExportFigures> now = new HashMap<>();
        figures.forEach(one -> now.put(one.export(), one));
        try {
            for (String line : old()) {
                kept(line, escaped(output), now)
                        .ifPresent(sample ->
                                metrics.keep(sample.metric(), sample.export(), sample.topic(), sample.value()));
            }
            figures.forEach(metrics::add);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            metrics.write(text);
            file.write(text.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ExportFailedException("cannot write --metrics-file " + path + ": " + Reasons.describe(e), e);
        }
    }

    private List<String> old() throws IOException {
        try {
            return Files.readAllLines(path);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private record Sample(WatchedFigure metric, String export, String topic, double value) {}

    /** What is still true, and not known better now. Exports that are not this command's any more are left out. */
    private static Optional<Sample> kept(String line, String output, Map<String, ExportFigures> now) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches() || !matcher.group(3).equals(output)) {
            return Optional.empty();
        }
        ExportFigures figures = now.get(matcher.group(2));
        if (figures == null) {
            return Optional.empty();
        }
        boolean cameToIt = figures.totals() != null;
        boolean succeeded = figures.coveredUntil() != null;
        return Arrays.stream(WatchedFigure.values())
                .filter(metric -> metric.fullName().equals(matcher.group(1)) && metric.lasts())
                .filter(metric -> switch (metric) {
                    case SUCCESS, COVERED -> !succeeded;
                    case HEAD_ROOM -> figures.headRoom() == null;
                    default -> !cameToIt;
                })
                .findFirst()
                .map(metric ->
                        new Sample(metric, matcher.group(2), matcher.group(4), Double.parseDouble(matcher.group(5))));
    }
}
