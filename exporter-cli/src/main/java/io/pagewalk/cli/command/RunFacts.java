package io.pagewalk.cli.command;

import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.run.WalkResult;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.LostRange;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.ExportPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a run so far, for what is told of it. Written by the run's thread, read by any. */
public final class RunFacts {
    private final ExportSetup setup;
    private final Progress progress;
    private final Instant startedAt = Instant.now();
    private final long started = System.nanoTime();
    private volatile @Nullable ExportPlan plan;
    private volatile @Nullable ExportState begun;
    private volatile @Nullable WalkResult result;
    private volatile Totals totals = Totals.NONE;
    private volatile SortedMap<Integer, Long> gaps = new TreeMap<>();
    private volatile List<LostRange> losses = List.of();

    RunFacts(ExportSetup setup, Progress progress) {
        this.setup = setup;
        this.progress = progress;
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
        committed(state);
    }

    void end(WalkResult ended, List<LostRange> onRecord) {
        result = ended;
        totals = ended.totals();
        gaps = ended.gaps();
        losses = onRecord;
    }

    /** The log says so, whatever this run did. */
    void committed(ExportState state) {
        totals = state.totals();
        gaps = state.gaps();
        losses = state.losses();
    }

    public ExportSetup setup() {
        return setup;
    }

    public Progress progress() {
        return progress;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** The plan, if this run has begun the export; null if an earlier one had. */
    @Nullable
    public ExportPlan plan() {
        return plan;
    }

    /** Where the export stood when this run began; null if it did not come that far. */
    @Nullable
    public ExportState begun() {
        return begun;
    }

    /** How the run ended; null while it goes on, and if it failed. */
    @Nullable
    public WalkResult result() {
        return result;
    }

    /** What is committed over all runs, as far as it is known by now. */
    public Totals totals() {
        return totals;
    }

    /** Likewise, the offsets without a record, by partition. */
    public SortedMap<Integer, Long> gaps() {
        return gaps;
    }

    /** Likewise, what is on record as lost. */
    public List<LostRange> losses() {
        return losses;
    }
}
