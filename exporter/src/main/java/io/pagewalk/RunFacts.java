package io.pagewalk;

import io.pagewalk.follow.TableLevel;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.NextRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What is known of a run so far. Written by the run's thread, read by any. */
final class RunFacts {
    private final Progress progress;
    private final Instant startedAt = Instant.now();
    private final long started = System.nanoTime();
    private volatile @Nullable ExportPlan plan;
    private volatile @Nullable ExportState begun;
    private volatile @Nullable Long pages;
    private volatile Totals totals = Totals.NONE;
    private volatile SortedMap<Integer, Long> gaps = new TreeMap<>();
    private volatile List<LostRange> losses = List.of();
    private volatile boolean marked;
    private volatile @Nullable HeadRoom headRoom;
    private volatile long pagesBefore;
    private final AtomicInteger runs = new AtomicInteger();

    RunFacts(Progress progress) {
        this.progress = progress;
    }

    /** A look at the topic, for the next run of the series. */
    void looked(ExportPlan made) {
        NextRun next = made.nextRun();
        headRoom = next == null ? null : next.headRoom();
    }

    /** This run has begun the export. */
    void frozen(ExportPlan madePlan) {
        plan = madePlan;
    }

    /** This run goes on from there. */
    void begin(ExportState state) {
        ExportPlan made = plan;
        if (made != null && !made.frozenAt().equals(state.start().frozenAt())) {
            // A rival began the export meanwhile, and this run has taken it over.
            plan = null;
        }
        begun = state;
        if (!state.isComplete()) {
            runs.incrementAndGet();
        }
        committed(state);
    }

    void end(WalkResult ended, List<LostRange> onRecord) {
        pages = pagesBefore + ended.pages();
        totals = ended.totals();
        gaps = ended.gaps();
        losses = onRecord;
    }

    /** That run of the series is complete, and this command goes on with the next one. */
    void finished() {
        marked |= isMarkedNow();
        pagesBefore = pages == null ? 0 : pages;
    }

    /** How many runs of the series this command has worked on. */
    int runs() {
        return runs.get();
    }

    /** Whether a run that this command has worked on has something on record. */
    boolean isMarked(ExportResult.Outcome outcome) {
        return marked || (outcome != ExportResult.Outcome.NOTHING_NEW && isMarkedNow());
    }

    private boolean isMarkedNow() {
        ExportState known = begun;
        return known != null && known.series().isMarked(totals);
    }

    /** Whether a limit of this command is reached, so that it begins no other run. */
    boolean isOver(RunOptions how) {
        return (how.maxPages() != null && pagesBefore >= how.maxPages())
                || (how.maxDuration() != null && elapsed().compareTo(how.maxDuration()) >= 0);
    }

    /** What of its limits is left. */
    RunLimits left(RunOptions how) {
        return new RunLimits(
                how.maxPages() == null ? null : how.maxPages() - pagesBefore,
                how.maxDuration() == null ? null : how.maxDuration().minus(elapsed()));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** The log says so, whatever this run did. */
    void committed(ExportState state) {
        totals = state.totals();
        gaps = state.gaps();
        losses = state.losses();
    }

    /** The plan, if this run has begun the export; null if an earlier one had. */
    @Nullable
    ExportPlan plan() {
        return plan;
    }

    RunFigures figures(@Nullable TableLevel table) {
        ThreadTimes times = progress.threadTimes();
        return new RunFigures(
                startedAt,
                elapsed(),
                plan,
                begun,
                totals,
                gaps,
                losses,
                pages,
                progress.committedPages(),
                progress.offsets(),
                progress.records(),
                progress.bytes(),
                progress.fetchedBytes(),
                progress.adoptedFiles(),
                times.millis(),
                times.idleShare(),
                headRoom,
                table,
                runs.get());
    }
}
