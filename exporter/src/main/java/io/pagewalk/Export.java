package io.pagewalk;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.FailedRun;
import io.pagewalk.internal.export.KeptOffsets;
import io.pagewalk.internal.export.SliceTasks;
import io.pagewalk.internal.follow.RunTable;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.run.ExportRunner;
import io.pagewalk.internal.run.Losses;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.SentPages;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.series.FirstColumns;
import io.pagewalk.internal.series.NextRuns;
import io.pagewalk.internal.series.SeriesTerms;
import io.pagewalk.internal.series.SuccessMarkers;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SourceLog;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of an export: begins it, or goes on where the last run has ended. It runs once; to go on later, open another.
 *
 * <p>{@link #run} blocks; {@link #stop} and {@link #figures} may be called by any thread. Nothing is open before {@code run} is
 * called and after it has returned.
 */
public final class Export {
    private final Connection connection;
    private final ExportSpec spec;
    private final ExportPlace place;
    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Access access;
    private volatile ExportListener listener = new ExportListener() {};
    private final Progress progress;
    private final RunFacts facts;
    private final FailedRun failures = new FailedRun();

    /** None before it is needed: of an export that is complete nothing is asked. */
    private @Nullable RecordSource source;
    /** While pages are walked. */
    private volatile @Nullable PageExecutor executor;
    /** Null if none follows. */
    private volatile @Nullable RunTable table;

    Export(Connection connection, ExportSpec spec, ExportPlace place) {
        this.connection = connection;
        this.spec = spec;
        this.place = place;
        this.access = connection.access(stop);
        this.progress = new Progress(access.waits(), this::committed);
        this.facts = new RunFacts(progress);
    }

    /** The export's name. */
    public String exportId() {
        return place.exportId() == null ? spec.topic() : place.exportId();
    }

    /** Ends the run as soon as what is under way allows; what is committed stands. Before the run, it ends at once. */
    public void stop() {
        stop.request();
    }

    /** What the run has done so far. */
    public RunFigures figures() {
        RunTable following = table;
        return facts.figures(following == null ? null : following.level());
    }

    /**
     * Runs it, to its end or to one of its limits.
     *
     * @return how it ended; {@link ExportResult.Outcome#COMPLETE} also if nothing was left to do
     * @throws PagewalkException if it cannot go on; what is committed stands, and another run resumes from there
     * @throws IllegalStateException if it was run before
     */
    public ExportResult run(RunOptions options) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("an Export runs once; open another one to go on");
        }
        options.requireFit(spec);
        listener = options.listener();
        Watchdog.Watching watching = connection.watch(progress.waits(), this::abandon);
        try {
            ExportResult.Outcome outcome = startAndWalk(options);
            return new ExportResult(outcome, figures(), facts.isMarked(outcome));
        } catch (IOException e) {
            throw new ExportFailedException(Reasons.describe(e), e);
        } finally {
            watching.end();
        }
    }

    private void abandon(PagewalkException cause) {
        PageExecutor abandoned = executor;
        if (abandoned != null) {
            abandoned.abandon(cause);
        }
    }

    private ExportResult.Outcome startAndWalk(RunOptions options) throws IOException {
        try (ExportPlaces places = ExportPlaces.openToRun(
                access, place.output(), place.log(), exportId(), spec.topic(), connection.newOrigin())) {
            places.clearAway(listener::clearedAway);
            return startAndWalk(options, places);
        }
    }

    private ExportResult.Outcome startAndWalk(RunOptions options, ExportPlaces places) throws IOException {
        failures.of(places.logs().of(1));
        try (RunTable following =
                new RunTable(connection, access, options.tableOf(spec), place, places, stop, listener::tableBehind)) {
            table = following;
            ExportResult.Outcome outcome = walkAll(options, places, runs(options, places, following), following);
            following.awaitLevel();
            return outcome;
        } catch (PagewalkException e) {
            throw failures.explained(e);
        } finally {
            if (source != null) {
                source.close();
            }
        }
    }

    private void committed(Totals totals) {
        listener.committed(totals);
        RunTable following = table;
        if (following != null) {
            following.committed(totals);
        }
    }

    private NextRuns runs(RunOptions options, ExportPlaces places, RunTable following) {
        SeriesTerms terms = options.terms(spec);
        KeptOffsets groups = new KeptOffsets(options.withGroups(), spec.topic(), this::source, listener::keptGroups);
        return new NextRuns(
                places.starter(spec.topic(), terms.incremental(), groups),
                spec,
                terms,
                this::source,
                new FirstColumns(spec, connection.registry(), following::prepared),
                Clock.systemUTC(),
                SuccessMarkers.in(places, spec.topic(), terms),
                facts::looked,
                options.newSchemas(
                        connection.registry(),
                        RunFormats.files(places.output(), places.claim().log()),
                        stop::isRequested));
    }

    /** One run after the other, until nothing is left to do. */
    private ExportResult.Outcome walkAll(RunOptions options, ExportPlaces places, NextRuns runs, RunTable following) {
        NextRuns.Choice choice = runs.first();
        while (true) {
            BegunRun run = choice.run();
            if (run != null) {
                following.begin(run);
            }
            if (run == null || !choice.kind().isWork()) {
                return end(choice);
            }
            ExportPlan plan = choice.plan();
            if (plan != null) {
                facts.frozen(plan);
                run.state().series().lostBefore().forEach(listener::lost);
            }
            failures.of(run.log());
            facts.begin(run.state());
            tellBegin(run);
            WalkResult result = walk(options, places, run);
            Checkpoint last = result.last();
            // Without windows, what a command begins is all that it does.
            boolean goesOn = spec.windows() != null || (options.incremental() && !run.fresh());
            if (last == null || !goesOn) {
                return ExportResult.Outcome.of(result.outcome());
            }
            facts.finished();
            ExportState done = run.state().completed(last);
            listener.finished(done);
            choice = runs.after(new BegunRun(run.log(), done, false), () -> facts.isOver(options));
        }
    }

    private ExportResult.Outcome end(NextRuns.Choice choice) {
        BegunRun last = choice.run();
        ExportState state = last == null ? null : last.state();
        if (choice.kind() == NextRuns.Kind.LIMIT) {
            return ExportResult.Outcome.LIMIT;
        }
        boolean worked = facts.runs() > 0;
        if (state != null && !worked) {
            facts.begin(state);
        }
        if (state != null && choice.kind() == NextRuns.Kind.COMPLETE) {
            listener.alreadyComplete(state);
            return ExportResult.Outcome.COMPLETE;
        }
        if (worked && spec.windows() != null) {
            return ExportResult.Outcome.COMPLETE;
        }
        listener.nothingNew(state, choice.plan(), choice.notDue());
        return ExportResult.Outcome.NOTHING_NEW;
    }

    private void tellBegin(BegunRun run) {
        ExportPlan plan = facts.plan();
        if (plan == null) {
            listener.resumed(run.state());
        } else {
            listener.frozen(plan);
        }
    }

    private WalkResult walk(RunOptions options, ExportPlaces places, BegunRun run) {
        try {
            return walkPages(options, places, run);
        } catch (RuntimeException e) {
            failures.lookUpCommitted(facts::committed, e);
            throw e;
        }
    }

    private RecordSource source() {
        if (source == null) {
            source = connection.openSource(spec.topic(), spec.fromDeadLetters(), access, stop);
        }
        return source;
    }

    private WalkResult walkPages(RunOptions how, ExportPlaces places, BegunRun run) {
        ExportState state = run.state();
        ExportWork work = new ExportWork(
                exportId(),
                state.start(),
                place.output().toString(),
                spec.fromDeadLetters(),
                OnBadRecord.partsSetAside(
                        how.onBadRecord(), state.start().options().requested()),
                how.maxBadRecords());
        LogName log = places.claim().log();
        DeletionFence fence = new DeletionFence(places.output(), spec.topic(), log);
        BadRecords badRecords = SliceTasks.badRecords(work, places.output(), log, fence);
        RunFormats formats = RunFormats.of(
                state, places.output(), log, run.log(), connection.registry(), work.setsAside(), stop::isRequested);
        RecordSource records = source();
        records.requireOrigin(state.start());
        SourceLog watched = progress.waits().watched(records);
        Losses losses = how.onDataLoss().losses(run, watched, how.listener());
        try (PageExecutor pages = SliceTasks.executor(
                how.workers(),
                workers -> new SentPages(
                        workers.open(work), losses, formats.elsewhere(), how.listener()::readAgain, progress),
                () -> connection
                        .threads()
                        .join(
                                records.readers(state.start().extent().isolationLevel(), connection.rate()),
                                SliceTasks.of(
                                        work, places.output(), badRecords, fence, losses, formats.payloads(), progress),
                                progress))) {
            executor = pages;
            StopSignal.Registration stopping = stop.onRequest(pages::stop);
            ExportRunner runner = new ExportRunner(
                    places.output(), run.log(), watched, pages, losses, badRecords, facts.left(how), progress, stop);
            try {
                WalkResult result = runner.run(state);
                facts.end(result, losses.onRecord());
                return result;
            } finally {
                stopping.close();
            }
        }
    }
}
