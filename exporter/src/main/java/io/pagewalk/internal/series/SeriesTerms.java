package io.pagewalk.internal.series;

import io.pagewalk.error.UsageException;
import io.pagewalk.plan.ExportSpec;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.Windows;
import java.time.Duration;

/**
 * On what terms a command goes on with a series.
 *
 * @param incremental whether it goes on at all
 * @param minOffsets so many new offsets make a run
 * @param windowDelay how long after its end a window is exported
 * @param recordsLoss whether a run may begin after offsets that are gone
 * @param marksSuccess whether a window that is complete gets a marker
 */
public record SeriesTerms(
        boolean incremental, long minOffsets, Duration windowDelay, boolean recordsLoss, boolean marksSuccess) {
    /**
     * Checks them against what is exported.
     *
     * @throws UsageException if they contradict each other
     */
    public void requireFit(ExportSpec spec) {
        Windows windows = spec.windows();
        if (windows != null && minOffsets > 1) {
            throw new UsageException("a least number of new offsets does not go with windows: each window is a run, so"
                    + " that it is known what is covered");
        }
        if (marksSuccess && (windows == null || windows.layout() == Windows.Layout.FLAT)) {
            throw new UsageException("a success marker is one of the directory of a window: it needs windows that have"
                    + " directories");
        }
        if (incremental && spec.fromDeadLetters() != null) {
            throw new UsageException("an incremental export is one of a topic; what was set aside is exported once");
        }
        if (incremental && spec.to() instanceof OffsetBound.AtOffset) {
            throw new UsageException("an incremental export cannot end at " + spec.to()
                    + ": partitions have offsets of their own, so the next run would begin anywhere; end at a time, or"
                    + " at the latest offset");
        }
    }
}
