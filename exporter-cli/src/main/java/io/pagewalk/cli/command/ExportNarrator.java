package io.pagewalk.cli.command;

import io.pagewalk.Export;
import io.pagewalk.ExportListener;
import io.pagewalk.ExportPlace;
import io.pagewalk.ExportResult;
import io.pagewalk.RunOptions;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.document.ReportDocument;
import io.pagewalk.cli.document.ReportFile;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.metrics.ExportFigures;
import io.pagewalk.cli.metrics.MetricsTargets;
import io.pagewalk.cli.progress.ExportProgress;
import io.pagewalk.cli.progress.ProgressMode;
import io.pagewalk.cli.progress.ProgressSample;
import io.pagewalk.cli.progress.ProgressView;
import io.pagewalk.cli.text.HeadRoomTexts;
import io.pagewalk.cli.text.Human;
import io.pagewalk.cli.text.LossTexts;
import io.pagewalk.cli.text.RunTexts;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.Reasons;
import io.pagewalk.execution.SliceFigures;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.Slice;
import io.pagewalk.plan.CommittedOffsets;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs an export, and tells what happens. */
final class ExportNarrator implements ExportListener {
    private static final int TOLD_LOSSES = 10;

    private final Console console;
    private final ExportSpec spec;
    private final Export export;
    private final ProgressMode progress;
    private final @Nullable ReportFile report;
    private final MetricsTargets metrics;
    private final RunTexts texts;
    private final AtomicInteger toldLosses = new AtomicInteger();
    private final int threads;
    private @Nullable ProgressView view;
    /** Of the run that this command has begun last. */
    private @Nullable ExportPlan lastPlan;

    ExportNarrator(
            Console console,
            ExportSpec spec,
            ExportPlace place,
            Export export,
            ProgressMode progress,
            int threads,
            @Nullable ReportFile report,
            MetricsTargets metrics) {
        this.console = console;
        this.spec = spec;
        this.export = export;
        this.progress = progress;
        this.threads = threads;
        this.report = report;
        this.metrics = metrics;
        this.texts = new RunTexts(export.exportId(), spec.topic(), place.output());
    }

    /** Runs it, and writes the report whether it fails or not. */
    ExitCode run(RunOptions.Builder how) {
        if (report != null) {
            report.removeOld();
        }
        RunOptions options = how.listener(this).build();
        ExitCode code;
        ExportResult result;
        try {
            result = export.run(options);
            end(result);
            code = switch (result.outcome()) {
                case COMPLETE, NOTHING_NEW -> ExitCode.ofComplete(result.marked());
                case LIMIT, STOPPED -> ExitCode.STOPPED;
            };
        } catch (Throwable e) {
            reportFailure(e);
            throw e;
        } finally {
            endProgress();
        }
        if (report != null) {
            report.write(document(code, null));
        }
        writeMetrics(code, result);
        return code;
    }

    @Override
    public void clearedAway(int files) {
        console.info(RunTexts.cleared(files));
    }

    @Override
    public void frozen(ExportPlan plan) {
        ExportPlan before = lastPlan;
        lastPlan = plan;
        if (before != null && plan.window() != null) {
            texts.nextWindow(plan, before).forEach(console::info);
        } else {
            texts.frozen(plan).forEach(console::info);
            HeadRoomTexts.warning(spec.topic(), plan).ifPresent(console::warn);
        }
        showProgress();
    }

    @Override
    public void resumed(ExportState state) {
        texts.resumed(state).forEach(console::info);
        showProgress();
    }

    @Override
    public void alreadyComplete(ExportState state) {
        texts.complete(state).forEach(console::info);
    }

    @Override
    public void nothingNew(@Nullable ExportState state, @Nullable ExportPlan plan, @Nullable DueWindow next) {
        texts.nothingNew(state, plan, next).forEach(console::info);
        if (plan != null) {
            HeadRoomTexts.warning(spec.topic(), plan).ifPresent(console::warn);
        }
    }

    @Override
    public void finished(ExportState state) {
        endProgress();
        if (spec.windows() != null) {
            texts.windowComplete(state).forEach(console::info);
        } else {
            texts.end(new ExportResult(ExportResult.Outcome.COMPLETE, export.figures(), false))
                    .forEach(console::info);
        }
        texts.lacking(export.figures()).forEach(console::warn);
    }

    /** Retention may pass thousands of slices, and the end of the run tells of all again. */
    @Override
    public void lost(LostRange range) {
        int number = toldLosses.incrementAndGet();
        if (number <= TOLD_LOSSES) {
            console.warn(LossTexts.met(spec.topic(), range));
        } else if (number == TOLD_LOSSES + 1) {
            console.warn("further losses of this run are told at its end");
        }
    }

    @Override
    public void readAgain(Slice slice, SliceFigures figures) {
        if (toldLosses.get() <= TOLD_LOSSES) {
            console.info(LossTexts.readAgain(slice, figures));
        }
    }

    @Override
    public void newSchemas(String notice) {
        console.warn(notice);
    }

    @Override
    public void tableBehind(String notice) {
        console.warn(notice);
    }

    @Override
    public void keptGroups(CommittedOffsets offsets) {
        console.info("keeps what " + Human.count(offsets.groups().size(), "consumer group") + " of topic "
                + offsets.topic() + " had committed at " + offsets.at());
        if (!offsets.complete()) {
            console.warn("consumer groups of topic " + offsets.topic()
                    + " may be missing from what is kept: seeing all takes DESCRIBE on the cluster");
        }
    }

    private void showProgress() {
        view = ProgressView.start(
                progress, console, () -> new ExportProgress(export.exportId(), ProgressSample.of(export.figures())));
    }

    private void endProgress() {
        if (view != null) {
            view.close();
            view = null;
        }
    }

    private void end(ExportResult result) {
        endProgress();
        if (result.outcome() == ExportResult.Outcome.NOTHING_NEW) {
            return;
        }
        if (result.figures().pages() != null) {
            texts.end(result).forEach(console::info);
        }
        if (spec.windows() == null || result.outcome() != ExportResult.Outcome.COMPLETE) {
            texts.lacking(result.figures()).forEach(console::warn);
        }
        texts.crowded(result.figures()).ifPresent(console::warn);
    }

    private void writeMetrics(ExitCode code, @Nullable ExportResult result) {
        metrics.tell(
                texts.output().toString(),
                List.of(ExportFigures.of(export.exportId(), spec.topic(), export.figures(), code, result)));
    }

    private void reportFailure(Throwable failure) {
        Failure known = Failure.of(failure);
        try {
            if (report != null) {
                report.write(document(known.code(), console.withoutSecrets(known.message())));
            }
            writeMetrics(known.code(), null);
        } catch (ExportFailedException e) {
            console.warn(Reasons.line(e));
        }
    }

    private ReportDocument document(ExitCode code, @Nullable String error) {
        return ReportDocument.of(
                export.exportId(), spec.topic(), texts.output(), threads, export.figures(), code, error);
    }
}
