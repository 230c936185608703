package io.pagewalk.cli.option;

import io.pagewalk.OnBadRecord;
import io.pagewalk.OnDataLoss;
import io.pagewalk.Pagewalk;
import io.pagewalk.PagewalkBuilder;
import io.pagewalk.RunOptions;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.ReportFile;
import io.pagewalk.cli.document.ReportPlace;
import io.pagewalk.cli.metrics.MetricsFile;
import io.pagewalk.cli.metrics.MetricsPush;
import io.pagewalk.cli.metrics.MetricsTargets;
import io.pagewalk.cli.parse.ByteRate;
import io.pagewalk.cli.progress.ProgressMode;
import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How a run goes about it; none of this shapes the output. */
@Command(optionListHeading = "Run")
public final class ExecutionOptions {
    /** Its value may hold a password. */
    public static final String METRICS_PUSH = "--metrics-push";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Slices worked on at a time (default: one a processor, at most 8).")
    @Nullable
    Integer threads;

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            description =
                    "Read at most so many bytes of records a second, over all threads, such as 20MB or 64MiB: what"
                            + " keys, values and headers are without the topic's compression (default: no limit).")
    @Nullable
    ByteRate maxRate;

    @Option(
            names = "--max-pages",
            paramLabel = "N",
            description = "Stop after so many pages of this run, with exit code 3; running again goes on.")
    @Nullable
    Long maxPages;

    @Option(
            names = "--max-duration",
            paramLabel = "DURATION",
            description = "Stop at the first commit after so long, such as 30m, with exit code 3.")
    public @Nullable Duration maxDuration;

    @Option(
            names = "--on-data-loss",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description =
                    "Where records of the extent are gone from the topic (retention, DeleteRecords): fail, with exit code 4,"
                            + " or record: put the lost offsets into the log and the report, go on without them, and end"
                            + " with exit code 8 (default: ${DEFAULT-VALUE}).")
    OnDataLoss onDataLoss = OnDataLoss.FAIL;

    @Option(
            names = "--on-bad-record",
            paramLabel = "WHAT",
            description =
                    "Where a record does not fit into the files (its key, value or a header is not of the export's format,"
                            + " its timestamp not of the unit): fail, with exit code 6, or dead-letter: set it aside, as"
                            + " it is, in OUTPUT/_pagewalk/ID/GENERATION/dead-letters, and end with exit code 8"
                            + " (default: dead-letter where auto chose the format, fail elsewhere).")
    @Nullable
    OnBadRecord onBadRecord;

    @Option(
            names = "--max-bad-records",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Set aside at most so many records of a page; one more, and the run ends with exit code 6"
                    + " (default: ${DEFAULT-VALUE}).")
    long maxBadRecords = 1000;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            defaultValue = "auto",
            description =
                    "none, log (a line every few seconds), bar, json (an object a line), or auto: bar on a terminal,"
                            + " log otherwise (default: ${DEFAULT-VALUE}).")
    public ProgressMode progress = ProgressMode.AUTO;

    @Option(names = "--quiet", description = "Say nothing but warnings and errors.")
    public boolean quiet;

    @Option(
            names = "--report",
            paramLabel = "URI",
            description =
                    "Write what the run did to a file, as JSON, at its end; an older one is removed at its start. A path, or a URI"
                            + " as --output takes it.")
    private @Nullable ReportPlace report;

    @Option(
            names = "--metrics-file",
            paramLabel = "FILE",
            description =
                    "Write figures of the export, or of each topic's, to a file at the end of the command, as text for Prometheus; it is"
                            + " replaced atomically, for the node exporter's textfile collector. Its name has to end with .prom.")
    private @Nullable Path metricsFile;

    /**
     * The report, or null if none was asked for.
     *
     * @throws UsageException if it cannot be written, or is among the files of exports
     */
    public @Nullable ReportFile report(Pagewalk pagewalk, OutputOptions output) {
        if (report == null) {
            return null;
        }
        if (report.isIn(output.output) || (output.checkpoints instanceof DirectoryLocation log && report.isIn(log))) {
            throw new UsageException("--report " + report
                    + " is among the files of the export, which readers take for data: name another place");
        }
        return new ReportFile(report, pagewalk);
    }

    @Option(
            names = METRICS_PUSH,
            paramLabel = "URL",
            description =
                    "Push the same figures to a Pushgateway at the end of the command, such as http://gateway:9091; with a user and a"
                            + " password if PAGEWALK_METRICS_PUSH has them. One that does not take them is warned of.")
    private @Nullable String metricsPush;

    /**
     * Where figures go.
     *
     * @throws UsageException if they cannot be written there
     */
    public MetricsTargets metrics(Console console) {
        MetricsPush push = metricsPush == null ? null : MetricsPush.of(metricsPush);
        if (push != null) {
            console.keepSecret(Map.of("password", push.secret()));
        }
        return new MetricsTargets(console, metricsFile(), push);
    }

    private @Nullable MetricsFile metricsFile() {
        if (metricsFile == null) {
            return null;
        }
        if (!metricsFile.toString().endsWith(".prom")) {
            throw new UsageException("--metrics-file " + metricsFile
                    + " does not end with .prom: the textfile collector reads no other file");
        }
        return new MetricsFile(metricsFile);
    }

    /**
     * These options for the library; who listens is not one of them.
     *
     * @throws UsageException if a number is out of its range
     */
    public RunOptions.Builder toRunOptions() {
        return RunOptions.builder()
                .maxPages(maxPages == null ? null : atLeastOne("--max-pages", maxPages))
                .maxDuration(maxDuration)
                .onDataLoss(onDataLoss)
                .onBadRecord(onBadRecord)
                .maxBadRecords(atLeastOne("--max-bad-records", maxBadRecords));
    }

    /**
     * How many threads work on slices.
     *
     * @throws UsageException if it is not at least one
     */
    public int threads() {
        return atLeastOne("--threads", threads == null ? PagewalkBuilder.defaultThreads() : threads)
                .intValue();
    }

    long maxBytesPerSecond() {
        return maxRate == null ? 0 : maxRate.bytesPerSecond();
    }

    static Long atLeastOne(String option, long number) {
        if (number < 1) {
            throw new UsageException(option + " " + number + " is not at least 1");
        }
        return number;
    }
}
