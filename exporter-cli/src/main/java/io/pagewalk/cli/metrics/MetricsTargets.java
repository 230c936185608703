package io.pagewalk.cli.metrics;

import io.pagewalk.cli.console.Console;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Where a command's figures go, if anywhere. */
public final class MetricsTargets {
    private final Console console;
    private final @Nullable MetricsFile file;
    private final @Nullable MetricsPush push;

    public MetricsTargets(Console console, @Nullable MetricsFile file, @Nullable MetricsPush push) {
        this.console = console;
        this.file = file;
        this.push = push;
    }

    /**
     * Tells them. A gateway that does not take them is warned of: what is exported does not depend on it.
     *
     * @param output what the exports are in
     * @throws ExportFailedException if the file cannot be written
     */
    public void tell(String output, Collection<ExportFigures> figures) {
        if (push != null) {
            try {
                push.push(output, figures);
            } catch (IOException | RuntimeException e) {
                console.warn("the figures cannot be pushed to " + push + ": " + Reasons.line(e)
                        + "; the export is not affected");
            }
        }
        if (file != null) {
            file.write(output, figures);
        }
    }
}
