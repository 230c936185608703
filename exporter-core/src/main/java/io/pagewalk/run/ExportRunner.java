package io.pagewalk.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.model.Extent;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.run.ExportResult.Outcome;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SourceLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The loop: plan a page, execute it, append its checkpoint, until nothing remains. A page counts from its checkpoint on;
 * whatever happens before leaves at most published files, which the next run adopts.
 *
 * <p>The page behind the one being finished is already under way, so that threads do not idle at the boundary; the
 * checkpoints are appended in order all the same. One run, one thread.
 */
public final class ExportRunner {
    private static final int PAGES_UNDER_WAY = 2;

    private final CheckpointLog log;
    private final SourceLog source;
    private final PageExecutor executor;
    private final RunLimits limits;
    private final Progress progress;
    private final StopSignal stop;

    public ExportRunner(
            CheckpointLog log,
            SourceLog source,
            PageExecutor executor,
            RunLimits limits,
            Progress progress,
            StopSignal stop) {
        this.log = log;
        this.source = source;
        this.executor = executor;
        this.limits = limits;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Walks on from where the log stands.
     *
     * @param state as {@code log} has it
     * @throws io.pagewalk.error.PagewalkException if the run cannot go on; what is committed stands
     */
    public ExportResult run(ExportState state) {
        progress.begin(state);
        Totals totals = state.totals();
        PageToken planned = state.next();
        if (planned == null) {
            return new ExportResult(Outcome.COMPLETE, totals, 0);
        }
        Extent extent = state.start().extent();
        long begun = System.nanoTime();
        long committed = 0;
        Deque<PageUnderWay> underWay = new ArrayDeque<>();
        try {
            source.validate(extent);
            while (true) {
                while (underWay.size() < limits.ahead(committed, PAGES_UNDER_WAY) && !planned.isExhausted()) {
                    Page page = Paginator.plan(planned);
                    underWay.add(new PageUnderWay(page, executor.submit(page)));
                    planned = page.next();
                }
                if (underWay.isEmpty()) {
                    break;
                }
                PageUnderWay first = underWay.remove();
                List<DataFile> files = first.await();
                source.validate(extent);
                Totals withPage = totals.plus(files);
                log.append(new Checkpoint.PageCommit(files, withPage, first.page.next()));
                totals = withPage;
                committed++;
                progress.committed(totals);
                if (first.page.next().isExhausted()) {
                    break;
                }
                if (stop.isRequested()) {
                    return new ExportResult(Outcome.STOPPED, totals, committed);
                }
                if (limits.reached(committed, Duration.ofNanos(System.nanoTime() - begun))) {
                    return new ExportResult(Outcome.LIMIT, totals, committed);
                }
            }
            log.append(new Checkpoint.Complete(totals));
            return new ExportResult(Outcome.COMPLETE, totals, committed);
        } catch (StoppedException e) {
            return new ExportResult(Outcome.STOPPED, totals, committed);
        } catch (ExportFailedException e) {
            throw explained(e, extent);
        }
    }

    /** A topic that was deleted shows up as a read that gets nothing; the better explanation wins. */
    private PagewalkException explained(ExportFailedException failure, Extent extent) {
        try {
            source.validate(extent);
        } catch (TopicChangedException better) {
            better.addSuppressed(failure);
            return better;
        } catch (PagewalkException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private record PageUnderWay(Page page, Future<List<DataFile>> files) {
        List<DataFile> await() {
            try {
                return files.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoppedException("interrupted on page " + page.number(), e);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (cause instanceof RuntimeException failure) {
                    throw failure;
                }
                if (cause instanceof Error failure) {
                    throw failure;
                }
                throw new ExportFailedException("page " + page.number() + " failed: " + cause, e);
            }
        }
    }
}
