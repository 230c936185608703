package io.pagewalk.cli.command;

import io.pagewalk.OnBadRecord;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.failure.Failure;
import io.pagewalk.cli.parse.ByteRate;
import io.pagewalk.cli.progress.ProgressSample;
import io.pagewalk.cli.progress.ProgressView;
import io.pagewalk.cli.text.LossTexts;
import io.pagewalk.cli.text.RunReport;
import io.pagewalk.cli.text.RunTexts;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.claim.OutputLayout;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.ThisRun;
import io.pagewalk.internal.file.DeadLetterFiles;
import io.pagewalk.internal.file.FileSink;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.RateLimit;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.internal.run.BadRecords;
import io.pagewalk.internal.run.ExportRunner;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.Losses;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.SliceTask;
import io.pagewalk.internal.run.ThreadPoolPageExecutor;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.sink.FileFormats;
import io.pagewalk.internal.storage.Bounded;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.PinnedOptions;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SourceLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/** One run of an export: puts the parts together, and tells what happens. */
final class ExportSession {
    private static final int TOLD_LOSSES = 10;
    /** What failed is told, also where the storage does not answer any more. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

    private final Console console;
    private final ExportSetup setup;
    private final StopSignal stop;
    private final Progress progress;
    private final RunFacts facts;

    /** None before it is needed: of an export that is complete nothing is asked. */
    private @Nullable RecordSource source;
    /** While pages are walked. */
    private volatile @Nullable ThreadPoolPageExecutor executor;

    ExportSession(Console console, ExportSetup setup, StopSignal stop) {
        this.console = console;
        this.setup = setup;
        this.stop = stop;
        this.progress = new Progress(setup.access().waits());
        this.facts = new RunFacts(setup, progress);
    }

    /** Runs it, and writes the report whether it fails or not. */
    ExitCode run() throws IOException {
        if (setup.report() != null) {
            setup.report().removeOld();
        }
        Watchdog watchdog = Watchdog.start(progress.waits(), setup.retryTimeout(), console::warn, this::abandon);
        try {
            ExitCode code;
            try {
                code = startAndWalk();
            } catch (Throwable e) {
                reportFailure(e);
                throw e;
            }
            if (setup.report() != null) {
                setup.report().write(RunReport.of(facts, code, null));
            }
            return code;
        } finally {
            watchdog.close();
        }
    }

    private void abandon(PagewalkException cause) {
        ThreadPoolPageExecutor abandoned = executor;
        if (abandoned != null) {
            abandoned.abandon(cause);
        }
    }

    private void reportFailure(Throwable failure) {
        if (setup.report() == null) {
            return;
        }
        Failure known = Failure.of(failure);
        try {
            setup.report().write(RunReport.of(facts, known.code(), console.withoutSecrets(known.message())));
        } catch (ExportFailedException e) {
            console.warn(Failure.line(e));
        }
    }

    private ExitCode startAndWalk() throws IOException {
        try (ExportPlaces places = ExportPlaces.openToRun(
                setup.access(),
                setup.output(),
                setup.checkpoints(),
                setup.exportId(),
                setup.request().topic(),
                ThisRun.origin(console.environment()),
                progress.waits())) {
            clearAway(places);
            ExportStarter starter = new ExportStarter(
                    places.output(), places.log(), setup.request().topic(), places.claim());
            return startAndWalk(places, starter);
        }
    }

    private ExitCode startAndWalk(ExportPlaces places, ExportStarter starter) {
        try {
            ExportState state = starter.resumeOrStart(setup.request().toOptions(), this::freeze);
            facts.begin(state);
            RunTexts.begin(facts, places).forEach(console::info);
            if (state.isComplete()) {
                warnOfWhatIsLacking(places);
                return ExitCode.ofComplete(state.totals());
            }
            WalkResult result;
            try {
                result = walk(places, state);
            } catch (RuntimeException e) {
                lookUpCommitted(places, e);
                throw e;
            }
            RunTexts.end(facts, result).forEach(console::info);
            warnOfWhatIsLacking(places);
            return result.outcome() == WalkResult.Outcome.COMPLETE
                    ? ExitCode.ofComplete(result.totals())
                    : ExitCode.STOPPED;
        } catch (PagewalkException e) {
            throw explained(places, e);
        } finally {
            if (source != null) {
                source.close();
            }
        }
    }

    private void warnOfWhatIsLacking(ExportPlaces places) {
        if (!facts.losses().isEmpty()) {
            console.warn(LossTexts.summary(setup.request().topic(), facts.losses()));
        }
        if (facts.totals().setAside() > 0) {
            console.warn(LossTexts.setAside(facts.totals()) + ", in " + setup.output() + "/"
                    + OutputLayout.deadLetters(places.claim().log()));
        }
    }

    private RecordSource source() {
        if (source == null) {
            source = setup.source().open(stop, progress.waits());
        }
        return source;
    }

    /** A run that fails half-way has committed pages all the same. */
    private void lookUpCommitted(ExportPlaces places, RuntimeException failure) {
        try {
            Bounded.run(() -> places.log().look().ifPresent(facts::committed), LOOK_LIMIT);
        } catch (PagewalkException | IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static PagewalkException explained(ExportPlaces places, PagewalkException failure) {
        AtomicReference<PagewalkException> known = new AtomicReference<>(failure);
        try {
            Bounded.run(() -> known.set(places.log().explained(failure)), LOOK_LIMIT);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return Objects.requireNonNull(known.get());
    }

    private ExportPlan freeze() {
        ExportPlan plan = source().plan(setup.request());
        facts.frozen(plan);
        return plan;
    }

    private void clearAway(ExportPlaces places) {
        try {
            int removed = places.removeDeadTemporaries();
            if (removed > 0) {
                console.info(ExportPlaces.cleared(removed));
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + setup.output() + ": " + Failure.describe(e) + "; mend that and run again", e);
        }
    }

    private WalkResult walk(ExportPlaces places, ExportState state) {
        PinnedOptions options = state.start().options();
        IsolationLevel isolationLevel = state.start().extent().isolationLevel();
        FileFormat format = FileFormats.create(options.fileSettings(), options.formats());
        RateLimit limit = ByteRate.limit(setup.maxRate());
        RecordSource source = source();
        source.requireOrigin(state.start());
        SourceLog watched = progress.waits().watched(source);
        Losses losses = losses(places.log(), state, watched);
        DeletionFence fence = new DeletionFence(
                places.output(), setup.request().topic(), places.claim().log());
        FileSink sink =
                new FileSink(places.output(), format, state.start().naming(), options.askedTimes(), fence::requireUp);
        BadRecords badRecords = new BadRecords(
                new DeadLetterFiles(
                        places.output(),
                        OutputLayout.deadLetters(places.claim().log()),
                        state.start().naming(),
                        fence::requireUp),
                OnBadRecord.partsSetAside(setup.onBadRecord(), options.requested()),
                setup.maxBadRecords());
        SliceTask task = new SliceTask(
                sink, badRecords, progress, losses, state.start().compaction().isPossible());
        try (ThreadPoolPageExecutor threads = new ThreadPoolPageExecutor(
                setup.threads(), () -> source.newReader(isolationLevel, limit, progress), task, progress)) {
            executor = threads;
            StopSignal.Registration stopping = stop.onRequest(threads::stop);
            ProgressView view = ProgressView.start(
                    setup.progress(),
                    console,
                    setup.exportId(),
                    () -> ProgressSample.of(progress, state, facts.elapsed()));
            ExportRunner runner = new ExportRunner(
                    places.output(),
                    places.log(),
                    watched,
                    threads,
                    losses,
                    badRecords,
                    setup.limits(),
                    progress,
                    stop);
            try {
                WalkResult result = runner.run(state);
                facts.end(result, losses.onRecord());
                return result;
            } finally {
                stopping.close();
                view.close();
            }
        }
    }

    /** Retention may pass thousands of slices, and the end of the run tells of all again. */
    private Consumer<LostRange> warnings() {
        String topic = setup.request().topic();
        AtomicInteger told = new AtomicInteger();
        return lost -> {
            int number = told.incrementAndGet();
            if (number <= TOLD_LOSSES) {
                console.warn(LossTexts.met(topic, lost));
            } else if (number == TOLD_LOSSES + 1) {
                console.warn("further losses of this run are told at its end");
            }
        };
    }

    private Losses losses(CheckpointLog log, ExportState state, SourceLog source) {
        return switch (setup.onDataLoss()) {
            case FAIL -> Losses.failing(log, state);
            case RECORD -> Losses.recording(log, state, source, warnings());
        };
    }
}
