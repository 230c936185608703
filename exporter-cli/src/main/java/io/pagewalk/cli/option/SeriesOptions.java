package io.pagewalk.cli.option;

import io.pagewalk.RunOptions;
import io.pagewalk.cli.parse.Durations;
import io.pagewalk.error.UsageException;
import io.pagewalk.plan.Windows;
import io.pagewalk.schema.OnNewSchema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How an export goes on with what is new, run after run. */
@Command(optionListHeading = "Series")
public final class SeriesOptions {
    @Option(
            names = "--incremental",
            description =
                    "Go on with the export where its last run has ended, as the next run of a series: an unfinished run is"
                            + " finished first. Run again and again, the same command takes exactly what is new; where"
                            + " nothing is, it says so and ends with exit code 0.")
    boolean incremental;

    @Option(
            names = "--min-offsets",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "With --incremental: begin no run for fewer new offsets, unless half of the topic's retention has"
                            + " passed for the oldest of them (default: ${DEFAULT-VALUE}).")
    long minOffsets = 1;

    @Option(
            names = "--window",
            paramLabel = "hour|day|month",
            description =
                    "Cut the series into windows of time in --time-zone, one run each, in a directory each: dt=2026-11-21,"
                            + " dt=2026-11-21/hour=05 or month=2026-11. A command makes all windows that are due; implies"
                            + " --incremental.")
    Windows.@Nullable Unit window;

    @Option(
            names = "--window-delay",
            paramLabel = "DURATION",
            defaultValue = "10m",
            converter = Delay.class,
            description = "How long after its end a window is exported (default: ${DEFAULT-VALUE}).")
    Duration windowDelay = RunOptions.DEFAULT_WINDOW_DELAY;

    @Option(
            names = "--layout",
            paramLabel = "hive|flat",
            description = "With --window: flat keeps all files in OUTPUT itself (default: hive, a directory a window).")
    Windows.@Nullable Layout layout;

    @Option(
            names = "--success-marker",
            description =
                    "With --window: publish an empty file _SUCCESS in the directory of each window that is complete.")
    boolean successMarker;

    @Option(
            names = "--on-new-schema",
            paramLabel = "WHAT",
            defaultValue = "keep",
            description =
                    "Before a run of a series with typed columns begins, and the schema registry has newer schemas with fields that"
                            + " these lack: keep (a warning) or fail, with exit code 6 (default: ${DEFAULT-VALUE}).")
    OnNewSchema onNewSchema = OnNewSchema.KEEP;

    @Option(
            names = "--with-groups",
            description = "Keep the committed offsets of the topic's consumer groups with each run that begins, in"
                    + " OUTPUT/_pagewalk/ID/GENERATION/groups; read once a command. Takes DESCRIBE on the groups.")
    boolean withGroups;

    /** Other durations are not zero. */
    static final class Delay implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parseOrZero(text);
        }
    }

    /** Whether more may follow. */
    public boolean isSeries() {
        return incremental || window != null;
    }

    /**
     * The windows, or null if there are none.
     *
     * @throws UsageException if there is a layout without
     */
    @Nullable
    Windows windows() {
        if (window == null) {
            if (layout != null) {
                throw new UsageException("--layout says where the files of a window go: it needs --window");
            }
            return null;
        }
        return new Windows(window, layout == null ? Windows.Layout.HIVE : layout);
    }

    /**
     * Adds these options for the library.
     *
     * @throws UsageException if a number is out of its range, or options contradict each other
     */
    public RunOptions.Builder addTo(RunOptions.Builder run) {
        if (window != null && minOffsets > 1) {
            throw new UsageException(
                    "--min-offsets does not go with --window: each window is a run, so that it is known"
                            + " what is covered");
        }
        if (successMarker && (window == null || layout == Windows.Layout.FLAT)) {
            throw new UsageException(
                    "--success-marker marks the directory of a window: it needs --window, without --layout flat");
        }
        return run.incremental(isSeries())
                .minOffsets(ExecutionOptions.atLeastOne("--min-offsets", minOffsets))
                .windowDelay(windowDelay)
                .successMarker(successMarker)
                .onNewSchema(onNewSchema)
                .withGroups(withGroups);
    }
}
