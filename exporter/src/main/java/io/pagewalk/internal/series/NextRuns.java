package io.pagewalk.internal.series;

import io.pagewalk.internal.run.BegunRun;
import io.pagewalk.internal.run.ExportStarter;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.typed.NewSchemas;
import io.pagewalk.log.ExportState;
import io.pagewalk.plan.DueWindow;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.Window;
import io.pagewalk.record.RecordView;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the run that a command works on: the one that is not complete, else the next of the series, if one is due. For one thread. */
public final class NextRuns {
    private final ExportStarter starter;
    private final ExportSpec spec;
    private final SeriesTerms terms;
    private final Supplier<RecordSource> source;
    private final Columns columns;
    private final @Nullable DueWindows windows;
    private final Completion completion;
    private final Consumer<ExportPlan> looked;
    private final NewSchemas newSchemas;

    private @Nullable DueWindow notDue;
    private @Nullable ExportPlan firstPlan;

    /** What there is to do. */
    public enum Kind {
        /** A run that has begun now. */
        BEGINS,
        /** A run that an earlier command has begun. */
        GOES_ON,
        /** Nothing: it is complete, and no series. */
        COMPLETE,
        /** Nothing: what is new makes no run, or none yet. */
        NOTHING_NEW,
        /** A limit of the command is reached. */
        LIMIT;

        /** Whether there is a run to work on. */
        public boolean isWork() {
            return this == BEGINS || this == GOES_ON;
        }
    }

    /**
     * What was found.
     *
     * @param run the run, or where nothing is to be done the last one; null if none has begun
     * @param plan of the run that begins, or of what is new; null where nobody has looked
     * @param notDue the window that is not due yet
     */
    public record Choice(
            Kind kind,
            @Nullable BegunRun run,
            @Nullable ExportPlan plan,
            @Nullable DueWindow notDue) {}

    /** Decides the columns of a series' files, with the first run, whose ends are frozen by then. */
    @FunctionalInterface
    public interface Columns {
        /**
         * The plan with its columns.
         *
         * @param planning plans the run, and shows the sampled records to who is given
         */
        ExportPlan of(Function<Consumer<RecordView>, ExportPlan> planning);
    }

    /** Told of each run that is complete, before the next one begins. */
    @FunctionalInterface
    public interface Completion {
        void of(ExportState state);
    }

    /**
     * Of one command.
     *
     * @param source opens what the records come from
     * @param columns decides the first run's
     * @param completion told of runs that are complete
     * @param looked told of every plan, before it is known whether it makes a run
     * @param newSchemas looks before each run but the first
     */
    public NextRuns(
            ExportStarter starter,
            ExportSpec spec,
            SeriesTerms terms,
            Supplier<RecordSource> source,
            Columns columns,
            Clock clock,
            Completion completion,
            Consumer<ExportPlan> looked,
            NewSchemas newSchemas) {
        this.starter = starter;
        this.spec = spec;
        this.terms = terms;
        this.source = source;
        this.columns = columns;
        this.windows = spec.windows() == null ? null : new DueWindows(spec, terms.windowDelay(), clock);
        this.completion = completion;
        this.looked = looked;
        this.newSchemas = newSchemas;
    }

    /** The run that a command begins with. */
    public Choice first() {
        firstPlan = null;
        BegunRun run = starter.resumeOrStart(spec.toOptions(), this::planFirst).orElse(null);
        if (run == null) {
            return new Choice(Kind.NOTHING_NEW, null, null, notDue);
        }
        if (!run.state().isComplete()) {
            return new Choice(run.fresh() ? Kind.BEGINS : Kind.GOES_ON, run, run.fresh() ? firstPlan : null, null);
        }
        return terms.incremental() ? after(run, () -> false, true) : new Choice(Kind.COMPLETE, run, null, null);
    }

    /**
     * The run after one that this command has completed.
     *
     * @param isOver whether a limit of the command is reached
     */
    public Choice after(BegunRun done, BooleanSupplier isOver) {
        return after(done, isOver, false);
    }

    private Optional<ExportPlan> planFirst() {
        if (windows == null) {
            firstPlan = columns.of(seen -> terms.incremental()
                    ? source.get().planRun(spec, null, null, seen)
                    : source.get().plan(spec, seen));
            return Optional.of(firstPlan);
        }
        DueWindow first = windows.first(source.get()).orElse(null);
        if (first == null || !windows.isDue(first)) {
            notDue = first;
            return Optional.empty();
        }
        firstPlan = columns.of(seen -> source.get().planRun(spec, null, windows.planned(first), seen));
        return Optional.of(firstPlan);
    }

    /** @param tells whether head room is to be told of also where no run is due */
    private Choice after(BegunRun done, BooleanSupplier isOver, boolean tells) {
        ExportState state = done.state();
        completion.of(state);
        DueWindow next = windows == null ? null : windows.after(windowOf(state));
        if (windows != null && next != null && !windows.isDue(next)) {
            return new Choice(Kind.NOTHING_NEW, done, tells ? plan(state, null) : null, next);
        }
        if (isOver.getAsBoolean()) {
            return new Choice(Kind.LIMIT, done, null, null);
        }
        ExportPlan plan = plan(state, next);
        if (next == null && !NextRunPlan.isDue(plan, terms.minOffsets())) {
            return new Choice(Kind.NOTHING_NEW, done, plan, null);
        }
        if (!terms.recordsLoss()) {
            NextRunPlan.requireNoLoss(plan);
        }
        newSchemas.look(state);
        return starter.startNext(done, plan)
                .map(run -> new Choice(Kind.BEGINS, run, plan, null))
                // Others have gone on with the series meanwhile.
                .orElseGet(this::first);
    }

    private ExportPlan plan(ExportState last, @Nullable DueWindow window) {
        ExportPlan plan = NextRunPlan.of(
                source.get(), spec, last, windows == null || window == null ? null : windows.planned(window));
        looked.accept(plan);
        return plan;
    }

    /** That the series has windows was compared before. */
    private static Window windowOf(ExportState state) {
        return Objects.requireNonNull(state.start().options().window());
    }
}
