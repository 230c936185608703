package io.pagewalk.internal.export;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.execution.ExportWork;
import io.pagewalk.execution.SliceFigures;
import io.pagewalk.execution.SliceOutcome;
import io.pagewalk.execution.SliceWork;
import io.pagewalk.internal.claim.DeletionFence;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Watchdog;
import io.pagewalk.internal.run.RecordSource;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.internal.slice.KnownLosses;
import io.pagewalk.internal.slice.SliceTask;
import io.pagewalk.internal.typed.RunFormats;
import io.pagewalk.internal.typed.SchemaMetException;
import io.pagewalk.log.LostRange;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** Does the work on one slice for a run of another process. */
public final class SlicePerformer {
    private final Connection connection;
    private final ExportWork work;
    private final Access access;
    private final Progress progress;
    private final StopSignal stop = new StopSignal();

    public SlicePerformer(Connection connection, ExportWork work) {
        this.connection = connection;
        this.work = work;
        this.access = connection.access(stop);
        this.progress = new Progress(access.waits());
    }

    public SliceOutcome perform(SliceWork slice) {
        LogName log = new LogName(work.exportId(), work.start().naming().generation());
        try (Storage storage = progress.waits()
                        .watched(access.storage(
                                Providers.parseDirectory(work.output()),
                                connection.newOrigin().run()));
                RecordSource source =
                        connection.openSource(work.start().extent().topic(), work.deadLetters(), access, stop)) {
            // This connection may be to another cluster than that of the process that owns the run.
            source.requireOrigin(work.start());
            progress.waits().watched(source).validate(work.start().extent());
            DeletionFence fence =
                    new DeletionFence(storage, work.start().extent().topic(), log);
            BadRecords badRecords = SliceTasks.badRecords(work, storage, log, fence);
            SliceTask task = SliceTasks.of(
                    work,
                    storage,
                    badRecords,
                    fence,
                    new KnownLosses(slice.losses()),
                    RunFormats.of(work, slice.met(), storage, log, connection.formats()),
                    progress);
            try (PageExecutor pages = connection
                    .threads()
                    .join(source.readers(work.start().extent().isolationLevel(), connection.rate()), task, progress)) {
                return perform(slice.slice(), pages);
            }
        } catch (PagewalkException e) {
            return outcome(slice.slice(), e);
        } catch (IOException e) {
            throw new ExportFailedException(slice.slice() + ": " + Reasons.describe(e), e);
        }
    }

    private SliceOutcome perform(Slice slice, PageExecutor pages) {
        Watchdog.Watching watching = connection.watch(progress.waits(), pages::abandon);
        try {
            Page page = new Page(1, List.of(slice), work.start().next());
            DataFile file = pages.submit(page).get().get(0);
            return new SliceOutcome.Done(file, figures());
        } catch (ExecutionException e) {
            return outcome(slice, Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted on " + slice, e);
        } finally {
            watching.end();
        }
    }

    private SliceFigures figures() {
        return new SliceFigures(
                progress.records(),
                progress.bytes(),
                progress.fetchedBytes(),
                progress.adoptedFiles() > 0,
                progress.threadTimes().millis());
    }

    private SliceOutcome outcome(Slice slice, Throwable failure) {
        if (failure instanceof DataLossException loss) {
            return new SliceOutcome.Lost(
                    new LostRange(slice.partition(), new OffsetRange(loss.start(), loss.end())),
                    loss.problem(),
                    figures());
        } else if (failure instanceof SchemaMetException met) {
            return new SliceOutcome.Met(met.column(), met.id(), slice + ": " + met.getMessage(), figures());
        } else if (failure instanceof PagewalkException known) {
            return SliceOutcome.Failed.of(known).orElseThrow(() -> known);
        } else if (failure instanceof RuntimeException other) {
            throw other;
        } else if (failure instanceof Error error) {
            throw error;
        }
        throw new ExportFailedException(slice + ": " + failure, failure);
    }
}
