package io.pagewalk.internal.series;

import io.pagewalk.error.DataLossException;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.log.ExportState;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.PlannedWindow;
import io.pagewalk.plan.RunBefore;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans the run that goes on after a complete one. */
public final class NextRunPlan {
    /** With more of the retention's time left than this share, there is time to wait. */
    private static final double ENOUGH = 0.5;

    private NextRunPlan() {}

    /**
     * What the next run would cover, if it began now.
     *
     * @param last the run before
     * @param window the one that it is for, or null
     * @throws io.pagewalk.error.TopicChangedException if the topic is not that of the run before, or was truncated since
     */
    public static ExportPlan of(
            RecordSource source, ExportSpec spec, ExportState last, @Nullable PlannedWindow window) {
        return source.planRun(
                spec,
                new RunBefore(
                        last.series().number(),
                        last.start().extent(),
                        last.start().options().formats()),
                window,
                record -> {});
    }

    /**
     * Whether a run is to begin: something is new or gone, and it is not too little to wait for more of it.
     *
     * @param minOffsets so many are enough
     */
    public static boolean isDue(ExportPlan plan, long minOffsets) {
        NextRun next = Objects.requireNonNull(plan.nextRun());
        long offsets = plan.extent().size();
        return !next.lost().isEmpty()
                || offsets >= minOffsets
                || (offsets > 0 && next.headRoom().share().orElse(1) <= ENOUGH);
    }

    /**
     * Lets a run begin that goes on where the one before has ended.
     *
     * @throws DataLossException if it cannot
     */
    public static void requireNoLoss(ExportPlan plan) {
        NextRun next = Objects.requireNonNull(plan.nextRun());
        if (!next.lost().isEmpty()) {
            throw loss(plan.extent().topic(), next);
        }
    }

    private static DataLossException loss(String topic, NextRun next) {
        Map.Entry<Integer, OffsetRange> first =
                next.lost().entrySet().iterator().next();
        OffsetRange range = first.getValue();
        int others = next.lost().size() - 1;
        return new DataLossException(
                range.start(),
                range.end(),
                topic + "-" + first.getKey() + ": offsets " + range + " are gone from the topic (retention or"
                        + " DeleteRecords), and no run has them: run " + next.number() + " would begin there"
                        + (others == 0 ? "" : "; likewise in " + others + " other partitions"),
                null);
    }
}
