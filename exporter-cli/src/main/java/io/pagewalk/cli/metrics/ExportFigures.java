package io.pagewalk.cli.metrics;

import io.pagewalk.ExportResult;
import io.pagewalk.RunFigures;
import io.pagewalk.cli.failure.ExitCode;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.HeadRoom;
import io.pagewalk.plan.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What is to be watched of one export.
 *
 * @param export its name
 * @param endedAt when the command was done with it
 * @param elapsed how long it took
 * @param exitCode how it ended
 * @param coveredUntil up to when all that was in the topic is exported; null unless it is complete
 * @param records read by this command
 * @param bytes their keys, values and headers
 * @param totals what is committed over all runs; null if this command did not come to the export
 * @param lag offsets of its last run that are not committed; null likewise
 * @param tableLag how many committed pages the table lacks that follows; null if none does, or that is not known
 * @param headRoom the share of the topic's retention that is left for what is not exported; null if that is not known
 */
public record ExportFigures(
        String export,
        String topic,
        Instant endedAt,
        Duration elapsed,
        ExitCode exitCode,
        @Nullable Instant coveredUntil,
        long records,
        long bytes,
        @Nullable Totals totals,
        @Nullable Long lag,
        @Nullable Long tableLag,
        @Nullable Double headRoom) {
    /**
     * Of an export that has ended.
     *
     * @param result how, or null if it failed
     */
    public static ExportFigures of(
            String export, String topic, RunFigures run, ExitCode code, @Nullable ExportResult result) {
        ExportState begun = run.begun();
        boolean complete = result != null
                && (result.outcome() == ExportResult.Outcome.COMPLETE
                        || result.outcome() == ExportResult.Outcome.NOTHING_NEW);
        HeadRoom room = run.headRoom();
        OptionalDouble share = room == null ? OptionalDouble.empty() : room.share();
        return new ExportFigures(
                export,
                topic,
                Instant.now(),
                run.elapsed(),
                code,
                complete && begun != null ? coveredUntil(begun) : null,
                run.records(),
                run.bytes(),
                begun == null ? null : begun.series().with(run.totals()),
                begun == null
                        ? null
                        : begun.start().extent().size() - run.totals().offsets(),
                run.table() == null ? null : run.table().pagesBehind(),
                share.isPresent() ? share.getAsDouble() : null);
    }

    /** Of one that did not begin. */
    public static ExportFigures notBegun(String topic, ExitCode code) {
        return new ExportFigures(topic, topic, Instant.now(), Duration.ZERO, code, null, 0, 0, null, null, null, null);
    }

    private static Instant coveredUntil(ExportState state) {
        Window window = state.start().options().window();
        return window == null ? state.start().frozenAt() : window.end();
    }
}
