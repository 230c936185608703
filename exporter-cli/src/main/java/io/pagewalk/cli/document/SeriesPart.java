package io.pagewalk.cli.document;

import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import io.pagewalk.plan.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a series a document is of.
 *
 * @param run from 1
 * @param committed by this run and all before it
 * @param lostBefore what was gone from the topic before this run
 * @param lastMarkedRun the last run before this one that has something on record, or 0
 * @param window that the run is of, or null if the series has none
 */
record SeriesPart(
        int run,
        Totals committed,
        List<PartitionRange> lostBefore,
        int lastMarkedRun,
        @Nullable WindowPart window) {
    /**
     * The window of a run.
     *
     * @param directory of its files in the output; empty for the output itself
     */
    record WindowPart(String start, String end, String directory) {
        private static @Nullable WindowPart of(Checkpoint.Start begun) {
            Window window = begun.options().window();
            return window == null
                    ? null
                    : new WindowPart(
                            window.start().toString(),
                            window.end().toString(),
                            begun.naming().directory());
        }
    }

    /** @param totals what is committed of the run */
    static SeriesPart of(ExportState state, Totals totals) {
        SeriesRun series = state.series();
        return new SeriesPart(
                series.number(),
                series.with(totals),
                PartitionRange.lost(series.lostBefore()),
                series.lastMarked(),
                WindowPart.of(state.start()));
    }
}
