package io.pagewalk.cli.option;

import io.pagewalk.OnBadRecord;
import io.pagewalk.OnDataLoss;
import io.pagewalk.cli.parse.ByteRate;
import io.pagewalk.cli.progress.ProgressMode;
import io.pagewalk.error.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How a run goes about it; none of this shapes the output. */
@Command(optionListHeading = "Run")
public final class ExecutionOptions {
    /** More readers than this rarely help one process, and each costs memory. */
    private static final int MOST_THREADS_BY_DEFAULT = 8;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Slices worked on at a time (default: one a processor, at most " + MOST_THREADS_BY_DEFAULT + ").")
    @Nullable
    Integer threads;

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            description =
                    "Read at most so many bytes of records a second, over all threads, such as 20MB or 64MiB: what"
                            + " keys, values and headers are without the topic's compression (default: no limit).")
    @Nullable
    public ByteRate maxRate;

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
    @Nullable
    public Duration maxDuration;

    @Option(
            names = "--on-data-loss",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description =
                    "Where records of the extent are gone from the topic (retention, DeleteRecords): fail, with exit code 4,"
                            + " or record: put the lost offsets into the log and the report, go on without them, and end"
                            + " with exit code 8 (default: ${DEFAULT-VALUE}).")
    public OnDataLoss onDataLoss = OnDataLoss.FAIL;

    @Option(
            names = "--on-bad-record",
            paramLabel = "WHAT",
            description =
                    "Where a record does not fit into the files (its key, value or a header is not of the export's format,"
                            + " its timestamp not of the unit): fail, with exit code 6, or dead-letter: set it aside, as"
                            + " it is, in OUTPUT/_pagewalk/ID/GENERATION/dead-letters, and end with exit code 8"
                            + " (default: dead-letter where auto chose the format, fail elsewhere).")
    @Nullable
    public OnBadRecord onBadRecord;

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
            paramLabel = "FILE",
            description =
                    "Write what the run did to a file, as JSON, at its end; an older one is removed at its start.")
    @Nullable
    public Path report;

    public int threads() {
        if (threads == null) {
            return Math.min(MOST_THREADS_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
        }
        if (threads < 1) {
            throw new UsageException("--threads " + threads + " is not at least 1");
        }
        return threads;
    }

    public long maxBadRecords() {
        if (maxBadRecords < 1) {
            throw new UsageException("--max-bad-records " + maxBadRecords + " is not at least 1");
        }
        return maxBadRecords;
    }

    @Nullable
    public Long maxPages() {
        if (maxPages != null && maxPages < 1) {
            throw new UsageException("--max-pages " + maxPages + " is not at least 1");
        }
        return maxPages;
    }
}
