package io.pagewalk.cli.command;

import io.pagewalk.Pagewalk;
import io.pagewalk.RunOptions;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.ReportFile;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.metrics.MetricsTargets;
import io.pagewalk.cli.option.ExecutionOptions;
import io.pagewalk.cli.option.ExportedTopicsOptions;
import io.pagewalk.cli.option.ExportedTopicsOptions.OnMissingTopic;
import io.pagewalk.cli.progress.ProgressView;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.topics.TopicExports;
import io.pagewalk.topics.TopicPlaces;
import io.pagewalk.topics.TopicSelection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Exports many topics, and tells what becomes of each. */
final class ManyTopics {
    private final Console console;
    private final Pagewalk pagewalk;
    private final TopicPlaces places;
    private final ExecutionOptions run;
    private final RunOptions.Builder how;
    private final boolean series;
    private final @Nullable ReportFile report;

    /** @param series whether what is exported already is not exported again */
    ManyTopics(
            Console console,
            Pagewalk pagewalk,
            TopicPlaces places,
            ExecutionOptions run,
            RunOptions.Builder how,
            boolean series,
            @Nullable ReportFile report) {
        this.console = console;
        this.pagewalk = pagewalk;
        this.places = places;
        this.run = run;
        this.how = how;
        this.series = series;
        this.report = report;
    }

    /**
     * Runs them, and writes the report whether it fails or not.
     *
     * @param stopping given what ends them early
     */
    ExitCode run(
            TopicSelection selection,
            ExportedTopicsOptions options,
            Function<String, ExportSpec> specs,
            Consumer<Runnable> stopping) {
        MetricsTargets metrics = run.metrics(console);
        if (report != null) {
            report.removeOld();
        }
        TopicsNarrator narrator = new TopicsNarrator(console, places, run.threads(), series, report != null);
        ExitCode code;
        try {
            code = run(selection, options, specs, stopping, narrator);
        } catch (Throwable e) {
            reportFailure(narrator, e);
            throw e;
        }
        metrics.tell(places.output().toString(), narrator.figures());
        if (report != null) {
            report.write(narrator.document(code, null));
        }
        return code;
    }

    private ExitCode run(
            TopicSelection selection,
            ExportedTopicsOptions options,
            Function<String, ExportSpec> specs,
            Consumer<Runnable> stopping,
            TopicsNarrator narrator) {
        TopicExports exports = new TopicExports(pagewalk, places, specs, options.parallelTopics());
        stopping.accept(exports::stop);
        TopicSelection.Chosen chosen = TopicChoice.of(
                console, pagewalk, selection, places.log(), options.onMissingTopic == OnMissingTopic.WARN);
        narrator.chosen(chosen);
        long deadline = run.maxDuration == null ? 0 : System.nanoTime() + run.maxDuration.toNanos();
        ProgressView view = ProgressView.start(run.progress, console, () -> narrator.progress(exports));
        try {
            exports.run(chosen.topics(), () -> left(deadline), narrator);
        } finally {
            view.close();
        }
        return narrator.end();
    }

    /** The options of the next topic; null if the time of the command is over. */
    private RunOptions.@Nullable Builder left(long deadline) {
        if (run.maxDuration == null) {
            return how.copy();
        }
        long left = deadline - System.nanoTime();
        return left <= 0 ? null : how.copy().maxDuration(Duration.ofNanos(left));
    }

    /** What fails before the first topic leaves the metrics as they were: no export was looked at. */
    private void reportFailure(TopicsNarrator narrator, Throwable failure) {
        if (report == null) {
            return;
        }
        Failure known = Failure.of(failure);
        try {
            report.write(narrator.document(known.code(), console.withoutSecrets(known.message())));
        } catch (ExportFailedException e) {
            console.warn(Reasons.line(e));
        }
    }
}
