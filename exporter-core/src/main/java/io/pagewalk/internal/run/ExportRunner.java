package io.pagewalk.internal.run;

import io.pagewalk.error.DataLossException;
import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.Reasons;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.TopicChangedException;
import io.pagewalk.internal.log.CheckpointLog;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.run.WalkResult.Outcome;
import io.pagewalk.internal.slice.BadRecords;
import io.pagewalk.log.Checkpoint;
import io.pagewalk.log.ExportState;
import io.pagewalk.log.Totals;
import io.pagewalk.model.Extent;
import io.pagewalk.model.Page;
import io.pagewalk.model.PageToken;
import io.pagewalk.model.Paginator;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SourceLog;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The loop: plan a page, execute it, append its checkpoint, until nothing remains. A page counts from its checkpoint on;
 * whatever happens before leaves at most published files, which the next run adopts.
 *
 * <p>The page behind the one being finished is already under way, so that threads do not idle at the boundary; the
 * checkpoints are appended in order all the same. One run, one thread at a time.
 */
public final class ExportRunner {
    /** So many pages behind the last committed one may have published files. */
    static final int PAGES_UNDER_WAY = 2;

    private final Storage output;
    private final CheckpointLog log;
    private final SourceLog source;
    private final PageExecutor executor;
    private final Losses losses;
    private final BadRecords badRecords;
    private final RunLimits limits;
    private final Progress progress;
    private final StopSignal stop;

    /** @param output where the executor's files go */
    public ExportRunner(
            Storage output,
            CheckpointLog log,
            SourceLog source,
            PageExecutor executor,
            Losses losses,
            BadRecords badRecords,
            RunLimits limits,
            Progress progress,
            StopSignal stop) {
        this.output = output;
        this.log = log;
        this.source = source;
        this.executor = executor;
        this.losses = losses;
        this.badRecords = badRecords;
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
    public WalkResult run(ExportState state) {
        Walk walk = begin(state);
        WalkResult result = walk.step();
        while (result == null) {
            result = walk.step();
        }
        return result;
    }

    /**
     * Begins to walk on from where the log stands; does nothing yet.
     *
     * @param state as {@code log} has it
     */
    public Walk begin(ExportState state) {
        progress.begin(state);
        return new Walk(state);
    }

    /**
     * A walk in steps, so that one thread can take those of many exports in turn. The first step puts pages under way, each later
     * one commits a page and puts another under way. For one thread at a time.
     */
    public final class Walk {
        private final Checkpoint.Start start;
        private final Extent extent;
        private final Deque<PageUnderWay> underWay = new ArrayDeque<>();
        private final long begun = progress.waits().ticks().nanos();
        /** The token of the first page that is not under way yet, or null if the export was complete. */
        private @Nullable PageToken planned;

        private boolean validated;

        private SortedMap<Integer, Long> gaps;
        private long committed;
        private @Nullable Checkpoint last;

        private Walk(ExportState state) {
            start = state.start();
            extent = start.extent();
            gaps = state.gaps();
            planned = state.next();
        }

        /** Whether the next step need not wait for the work on a page. */
        public boolean isReady() {
            PageUnderWay first = underWay.peek();
            return first == null || first.files().isDone();
        }

        /**
         * Takes a step.
         *
         * @return the result of the walk, or null if it goes on
         * @throws PagewalkException if the run cannot go on; what is committed stands
         */
        public @Nullable WalkResult step() {
            try {
                return planned == null ? result(Outcome.COMPLETE) : step(planned);
            } catch (StoppedException e) {
                return result(Outcome.STOPPED);
            }
        }

        private @Nullable WalkResult step(PageToken next) {
            if (underWay.isEmpty() && next.isExhausted()) {
                // All pages are committed; what became of the topic since does not matter any more.
                return complete();
            }
            if (!validated) {
                validate("the first page");
                validated = true;
                planAhead(next);
                return null;
            }
            PageUnderWay first = underWay.remove();
            List<DataFile> files = await(first);
            validateBehind(first.page());
            commit(first.page(), files);
            if (first.page().next().isExhausted()) {
                return complete();
            }
            if (stop.isRequested()) {
                return result(Outcome.STOPPED);
            }
            if (limits.reached(
                    committed, Duration.ofNanos(progress.waits().ticks().nanos() - begun))) {
                return result(Outcome.LIMIT);
            }
            planAhead(next);
            return null;
        }

        private void validateBehind(Page page) {
            try {
                validate("page " + page.number());
            } catch (ExportFailedException e) {
                throw new ExportFailedException(
                        extent.topic() + ": page " + page.number() + " is read, but not committed: " + e.problem(),
                        e.advice(),
                        e);
            }
        }

        private void validate(String before) {
            progress.waits().run(Waits.For.BROKERS, before, () -> source.validate(extent));
        }

        /** What the log says is checked against itself, and against what the output holds. */
        private WalkResult complete() {
            Totals totals = log.totals();
            if (!start.isAll(totals)) {
                throw new ExportFailedException(extent.topic() + ": the export is not complete: what is committed does"
                        + " not add up to the " + extent.size() + " offsets of its extent (" + totals
                        + "); verify tells more");
            }
            requireExactlyThePlan();
            progress.waits()
                    .run(Waits.For.STORAGE, "the last checkpoint", () -> last = log.append(Checkpoint.Complete::new));
            return result(Outcome.COMPLETE);
        }

        private void requireExactlyThePlan() {
            Waits.Wait wait = progress.waits().begin(Waits.For.STORAGE, "the listing of the output", -1);
            try {
                new OutputCheck(output, start).requireExactlyThePlan();
            } catch (IOException e) {
                throw new ExportFailedException(
                        "cannot look through " + output.location() + ": " + Reasons.describe(e)
                                + "; every page is committed, run again to finish",
                        e);
            } finally {
                wait.end();
            }
        }

        private void planAhead(PageToken next) {
            PageToken left = next;
            while (underWay.size() < limits.ahead(committed, PAGES_UNDER_WAY) && !left.isExhausted()) {
                Page page = Paginator.plan(left);
                underWay.add(new PageUnderWay(page, executor.submit(page)));
                left = page.next();
                planned = left;
            }
        }

        private List<DataFile> await(PageUnderWay page) {
            try {
                return page.await();
            } catch (ExportFailedException | DataLossException | FormatMismatchException e) {
                throw explained(e);
            }
        }

        /**
         * A topic that was deleted shows up as a read that gets nothing, one that was recreated as data that is gone or of
         * another format; the better explanation wins.
         */
        private PagewalkException explained(PagewalkException failure) {
            try {
                validate("the failure of a page");
            } catch (TopicChangedException better) {
                better.addSuppressed(failure);
                return better;
            } catch (PagewalkException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }

        private void commit(Page page, List<DataFile> files) {
            badRecords.requireFew(page, files);
            SortedMap<Integer, Long> gapsWithPage = gaps(gaps, files);
            long onRecord = losses.onRecord(files);
            progress.waits()
                    .run(
                            Waits.For.STORAGE,
                            "page " + page.number(),
                            () -> log.append(totals -> new Checkpoint.PageCommit(
                                    files, gapsWithPage, totals.plus(files, onRecord), page.next())));
            gaps = gapsWithPage;
            committed++;
            progress.committed(log.totals());
        }

        private static SortedMap<Integer, Long> gaps(SortedMap<Integer, Long> before, List<DataFile> files) {
            SortedMap<Integer, Long> gaps = new TreeMap<>(before);
            for (DataFile file : files) {
                if (file.gaps() > 0) {
                    gaps.merge(file.slice().partition(), file.gaps(), Long::sum);
                }
            }
            return gaps;
        }

        private WalkResult result(Outcome outcome) {
            return new WalkResult(outcome, log.totals(), gaps, committed, last);
        }
    }
}
