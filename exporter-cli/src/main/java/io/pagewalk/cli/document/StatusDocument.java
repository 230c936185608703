package io.pagewalk.cli.document;

import io.pagewalk.ExportStatus;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.plan.ExportPlan;
import io.pagewalk.plan.NextRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status --json} prints.
 *
 * @param headRoom now, if a cluster was named; else at the last freeze
 * @param table that follows; null if none does
 * @param newOffsets how many the next run would cover now; null if no cluster was named
 */
public record StatusDocument(
        String exportId,
        String topic,
        String topicId,
        String clusterId,
        String isolationLevel,
        String state,
        boolean complete,
        String frozenAt,
        @Nullable MadeOf deadLettersOf,
        Totals committed,
        List<PartitionGap> gaps,
        List<PartitionRange> losses,
        long totalOffsets,
        long remainingOffsets,
        String lastCommitAt,
        String lastCommitBy,
        long sequence,
        Map<String, String> options,
        Map<String, String> resolvedOptions,
        @Nullable Long nextPage,
        @Nullable String nextPageToken,
        SeriesPart series,
        @Nullable HeadRoomPart headRoom,
        @Nullable Long newOffsets,
        @Nullable TablePart table) {
    /** Of an export that has claimed its output and has no checkpoint yet. */
    private record NotStarted(String exportId, String topic, String state, boolean complete) {}

    /**
     * Of an export.
     *
     * @param next of a series, what the next run would be; null if nobody has looked
     * @param table that follows; null if none does
     */
    public static Record of(ExportStatus status, @Nullable ExportPlan next, @Nullable TablePart table) {
        ExportState state = status.state();
        return state == null
                ? new NotStarted(status.exportId(), status.topic(), "not-started", false)
                : of(status.exportId(), state, next, table);
    }

    private static StatusDocument of(
            String exportId, ExportState state, @Nullable ExportPlan plan, @Nullable TablePart table) {
        NextRun nextRun = plan == null ? null : plan.nextRun();
        Extent extent = state.start().extent();
        PageToken next = state.next();
        return new StatusDocument(
                exportId,
                state.last().topic(),
                extent.topicId().toString(),
                extent.clusterId(),
                extent.isolationLevel().toString(),
                state.isComplete() ? "complete" : "not-complete",
                state.isComplete(),
                state.start().frozenAt().toString(),
                MadeOf.of(state.start().deadLettersOf()),
                state.totals(),
                PartitionGap.of(state.gaps()),
                PartitionRange.lost(state.losses()),
                extent.size(),
                extent.size() - state.totals().offsets(),
                state.last().committedAt().toString(),
                state.last().origin().toString(),
                state.last().sequence(),
                state.start().options().requested(),
                state.start().options().resolved(),
                next == null ? null : next.page(),
                next == null ? null : next.encode(),
                SeriesPart.of(state, state.totals()),
                HeadRoomPart.of(nextRun == null ? state.series().headRoom() : nextRun.headRoom()),
                plan == null ? null : plan.extent().size(),
                table);
    }
}
