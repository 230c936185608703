package io.pagewalk.cli.command;

import io.pagewalk.OnBadRecord;
import io.pagewalk.OnDataLoss;
import io.pagewalk.cli.parse.ByteRate;
import io.pagewalk.cli.progress.ProgressMode;
import io.pagewalk.cli.text.ReportFile;
import io.pagewalk.internal.export.Access;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.run.RunLimits;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.plan.ExportSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one run of an export was told, checked as far as that is possible without touching anything.
 *
 * @param request what shapes the output
 * @param exportId the export's name
 * @param output where data files go
 * @param checkpoints where the log goes, or null for its usual place
 * @param access how to reach them
 * @param retryTimeout for how long brokers or a store may not answer
 * @param source opens where the records come from
 * @param threads slices worked on at a time
 * @param maxRate what the threads together are held to, or null for no limit
 * @param limits where the run ends early
 * @param onDataLoss what to do where records of the extent are gone
 * @param onBadRecord what to do where a record does not fit into the files, or null if nothing was said
 * @param maxBadRecords how many records of a page may be set aside
 * @param progress how progress is shown
 * @param report where the report goes, or null for nowhere
 */
public record ExportSetup(
        ExportSpec request,
        String exportId,
        DirectoryLocation output,
        @Nullable Location checkpoints,
        Access access,
        Duration retryTimeout,
        SourceOpener source,
        int threads,
        @Nullable ByteRate maxRate,
        RunLimits limits,
        OnDataLoss onDataLoss,
        @Nullable OnBadRecord onBadRecord,
        long maxBadRecords,
        ProgressMode progress,
        @Nullable ReportFile report) {
    /** Opens the source of a run when it is needed first: of an export that is complete nothing is asked. */
    @FunctionalInterface
    interface SourceOpener {
        /**
         * Opens it.
         *
         * @param stop ends waiting for it
         * @param waits told of what is waited for
         */
        RecordSource open(StopSignal stop, Waits waits);
    }
}
