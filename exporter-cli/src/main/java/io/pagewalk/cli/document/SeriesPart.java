package io.pagewalk.cli.document;

import io.pagewalk.log.ExportState;
import io.pagewalk.log.SeriesRun;
import io.pagewalk.log.Totals;
import java.util.List;

/**
 * Which run of a series a document is of.
 *
 * @param run from 1
 * @param committed by this run and all before it
 * @param lostBefore what was gone from the topic before this run
 * @param lastMarkedRun the last run before this one that has something on record, or 0
 */
record SeriesPart(int run, Totals committed, List<PartitionRange> lostBefore, int lastMarkedRun) {
    /** @param totals what is committed of the run */
    static SeriesPart of(ExportState state, Totals totals) {
        SeriesRun series = state.series();
        return new SeriesPart(
                series.number(), series.with(totals), PartitionRange.lost(series.lostBefore()), series.lastMarked());
    }
}
