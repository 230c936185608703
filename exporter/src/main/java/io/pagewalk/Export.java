package io.pagewalk;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.SliceWorkers;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.export.Connection;
import io.pagewalk.internal.export.ExportPlaces;
import io.pagewalk.internal.export.SliceTasks;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.internal.run.ExportRunner;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.Losses;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.SentPages;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.internal.storage.Bounded;
import io.pagewalk.log.ExportState;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SourceLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an export: begins it, or goes on where the last run has ended. It runs once; to go on later, open another.
 *
 * <p>{@link #run} blocks; {@link #stop} and {@link #figures} may be called by any thread. Nothing is open before {@code run} is
 * called and after it has returned.
 */
public final class Export {
    /** What failed is told, also where the storage does not answer any more. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

    private final Connection connection;
    private final ExportSpec spec;
    private final ExportPlace place;
    private final StopSignal stop = new StopSignal();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Access access;
    private volatile ExportListener listener = new ExportListener() {};
    private final Progress progress;
    private final RunFacts facts;

    /** None before it is needed: of an export that is complete nothing is asked. */
    private @Nullable RecordSource source;
    /** While pages are walked. */
    private volatile @Nullable PageExecutor executor;

    Export(Connection connection, ExportSpec spec, ExportPlace place) {
        this.connection = connection;
        this.spec = spec;
        this.place = place;
        this.access = connection.access(stop);
        this.progress = new Progress(access.waits(), totals -> listener.committed(totals));
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
        return facts.figures();
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
        listener = options.listener();
        Watchdog.Watching watching = connection.watch(progress.waits(), this::abandon);
        try {
            return new ExportResult(startAndWalk(options), figures());
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
                access,
                place.output(),
                place.log(),
                exportId(),
                spec.topic(),
                connection.newOrigin(),
                progress.waits())) {
            clearAway(places);
            return startAndWalk(options, places);
        }
    }

    private ExportResult.Outcome startAndWalk(RunOptions options, ExportPlaces places) {
        ExportStarter starter = new ExportStarter(places.output(), places.log(), spec.topic(), places.claim());
        try {
            ExportState state = starter.resumeOrStart(spec.toOptions(), this::freeze);
            facts.begin(state);
            if (state.isComplete()) {
                listener.alreadyComplete(state);
                return ExportResult.Outcome.COMPLETE;
            }
            tellBegin(state);
            try {
                return outcome(walk(options, places, state));
            } catch (RuntimeException e) {
                lookUpCommitted(places, e);
                throw e;
            }
        } catch (PagewalkException e) {
            throw explained(places, e);
        } finally {
            if (source != null) {
                source.close();
            }
        }
    }

    private void tellBegin(ExportState state) {
        ExportPlan plan = facts.plan();
        if (plan == null) {
            listener.resumed(state);
        } else {
            listener.frozen(plan);
        }
    }

    private static ExportResult.Outcome outcome(WalkResult result) {
        return switch (result.outcome()) {
            case COMPLETE -> ExportResult.Outcome.COMPLETE;
            case LIMIT -> ExportResult.Outcome.LIMIT;
            case STOPPED -> ExportResult.Outcome.STOPPED;
        };
    }

    private RecordSource source() {
        if (source == null) {
            source = connection.openSource(spec.topic(), spec.fromDeadLetters(), access, stop);
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
        ExportPlan plan = source().plan(spec);
        facts.frozen(plan);
        return plan;
    }

    private void clearAway(ExportPlaces places) {
        try {
            int removed = places.removeDeadTemporaries();
            if (removed > 0) {
                listener.clearedAway(removed);
            }
        } catch (IOException e) {
            throw new ExportFailedException(
                    "cannot write to " + place.output() + ": " + Reasons.describe(e) + "; fix that and run again", e);
        }
    }

    private WalkResult walk(RunOptions how, ExportPlaces places, ExportState state) {
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
        RecordSource records = source();
        records.requireOrigin(state.start());
        SourceLog watched = progress.waits().watched(records);
        Losses losses = losses(how, places, state, watched);
        try (PageExecutor pages = executor(
                how,
                work,
                losses,
                () -> connection
                        .threads()
                        .join(
                                records.readers(state.start().extent().isolationLevel(), connection.rate()),
                                SliceTasks.of(work, places.output(), badRecords, fence, losses, progress),
                                progress))) {
            executor = pages;
            StopSignal.Registration stopping = stop.onRequest(pages::stop);
            ExportRunner runner = new ExportRunner(
                    places.output(),
                    places.log(),
                    watched,
                    pages,
                    losses,
                    badRecords,
                    new RunLimits(how.maxPages(), how.maxDuration()),
                    progress,
                    stop);
            try {
                WalkResult result = runner.run(state);
                facts.end(result, losses.onRecord());
                return result;
            } finally {
                stopping.close();
            }
        }
    }

    private PageExecutor executor(RunOptions how, ExportWork work, Losses losses, Supplier<PageExecutor> here) {
        SliceWorkers.Opener elsewhere = how.workers();
        return elsewhere == null ? here.get() : new SentPages(elsewhere.open(work), losses, progress);
    }

    private static Losses losses(RunOptions how, ExportPlaces places, ExportState state, SourceLog source) {
        return switch (how.onDataLoss()) {
            case FAIL -> Losses.failing(places.log(), state);
            case RECORD -> Losses.recording(places.log(), state, source, how.listener()::lost);
        };
    }
}
