package io.pagewalk.internal.export;

import io.pagewalk.error.DataLossException;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.log.ExportState;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.NextRun;
import io.pagewalk.plan.RunBefore;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Plans the run that goes on after a complete one. */
public final class NextRunPlan {
    private NextRunPlan() {}

    /**
     * What the next run would cover; empty if nothing is new.
     *
     * @param last the run before, complete
     * @param withoutLoss whether the run may only begin where the one before has ended
     * @throws DataLossException if it may, and cannot
     * @throws io.pagewalk.error.TopicChangedException if the topic is not that of the run before, or was truncated since
     */
    public static Optional<ExportPlan> of(RecordSource source, ExportSpec spec, ExportState last, boolean withoutLoss) {
        RunBefore before = new RunBefore(
                last.series().number(),
                last.start().extent(),
                last.start().options().formats());
        ExportPlan plan = source.planRun(spec, before);
        NextRun next = Objects.requireNonNull(plan.nextRun());
        if (plan.extent().size() == 0 && next.lost().isEmpty()) {
            return Optional.empty();
        }
        if (withoutLoss && !next.lost().isEmpty()) {
            throw loss(spec.topic(), next);
        }
        return Optional.of(plan);
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
