package io.pagewalk.cli.document;

import io.pagewalk.RunFigures;
import io.pagewalk.cli.Version;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.cli.text.Human;
import io.pagewalk.cli.text.PlanNotes;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.plan.ExportPlan.PartitionState;
import io.pagewalk.plan.PlanFigures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --report} writes.
 *
 * @param error the failure's line, or null if the run did not fail
 * @param export null if the run did not come to its export
 * @param headRoom of a series, and null if nobody has looked
 * @param table that follows; null if none does
 * @param notes left out unless this run made the freeze
 */
public record ReportDocument(
        String pagewalk,
        int exitCode,
        String outcome,
        @Nullable String error,
        String exportId,
        String topic,
        String output,
        @Json.Inlined @Nullable Whole export,
        Run run,
        @Nullable HeadRoomPart headRoom,
        @Nullable TablePart table,
        Optional<List<String>> notes) {
    /** The export, as its last run has it. */
    record Whole(
            String topicId,
            String clusterId,
            String isolationLevel,
            String frozenAt,
            Map<String, String> options,
            Map<String, String> resolvedOptions,
            @Nullable MadeOf deadLettersOf,
            Totals committed,
            List<PartitionGap> gaps,
            List<PartitionRange> losses,
            long totalOffsets,
            long remainingOffsets,
            List<UnorderedBound> unorderedTimes,
            @Nullable Boolean compacted,
            List<PartitionState> openTransactions,
            SeriesPart series) {
        private static Whole of(ExportState state, RunFigures figures) {
            Checkpoint.Start start = state.start();
            Extent extent = start.extent();
            return new Whole(
                    extent.topicId().toString(),
                    extent.clusterId(),
                    extent.isolationLevel().toString(),
                    start.frozenAt().toString(),
                    start.options().requested(),
                    start.options().resolved(),
                    MadeOf.of(start.deadLettersOf()),
                    figures.totals(),
                    PartitionGap.of(figures.gaps()),
                    PartitionRange.lost(figures.losses()),
                    extent.size(),
                    extent.size() - figures.totals().offsets(),
                    UnorderedBound.of(start.options()),
                    start.compaction().toJson(),
                    start.openTransactions(),
                    SeriesPart.of(state, figures.totals()));
        }
    }

    /** What this command did, over all runs of the export that it worked on. */
    record Run(
            String startedAt,
            String endedAt,
            long durationMs,
            boolean resumed,
            int runs,
            @Nullable Long pages,
            long recordsRead,
            long bytesRead,
            long bytesFetched,
            double megabytesPerSecond,
            long adoptedFiles,
            int threads,
            ThreadTimes threadTimes) {
        private static Run of(RunFigures figures, int threads) {
            return new Run(
                    figures.startedAt().toString(),
                    Instant.now().toString(),
                    figures.elapsed().toMillis(),
                    figures.begun() != null && figures.plan() == null,
                    figures.runs(),
                    figures.pages(),
                    figures.records(),
                    figures.bytes(),
                    figures.fetchedBytes(),
                    Human.megabytesPerSecond(figures.bytes(), figures.elapsed()),
                    figures.adoptedFiles(),
                    threads,
                    ThreadTimes.of(figures));
        }
    }

    /** What the threads spent their time on. */
    record ThreadTimes(
            long idleMs,
            long throttledMs,
            long waitingMs,
            long readingMs,
            long publishingMs,
            long writingMs,
            double idleShare) {
        private static ThreadTimes of(RunFigures figures) {
            Map<String, Long> millis = figures.threadMillis();
            return new ThreadTimes(
                    millis.getOrDefault("idle", 0L),
                    millis.getOrDefault("throttled", 0L),
                    millis.getOrDefault("waiting", 0L),
                    millis.getOrDefault("reading", 0L),
                    millis.getOrDefault("publishing", 0L),
                    millis.getOrDefault("writing", 0L),
                    figures.idleShare());
        }
    }

    public static ReportDocument of(
            String exportId,
            String topic,
            DirectoryLocation output,
            int threads,
            RunFigures figures,
            ExitCode code,
            @Nullable String error) {
        ExportState begun = figures.begun();
        return new ReportDocument(
                Version.get(),
                code.code(),
                code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                error,
                exportId,
                topic,
                output.toString(),
                begun == null ? null : Whole.of(begun, figures),
                Run.of(figures, threads),
                HeadRoomPart.of(figures.headRoom()),
                TablePart.of(figures.table()),
                Optional.ofNullable(figures.plan()).map(plan -> PlanNotes.of(plan, PlanFigures.of(plan))));
    }
}
