package io.pagewalk.internal.slice;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.progress.FirstFailure;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one run, whose slices {@link SliceThreads} works on. A failure ends its page and those after it at once; a page
 * ahead of it is finished, so that what can be committed is. Other runs are not touched by it.
 */
public final class PooledPages implements PageExecutor {
    /** A disk that makes a large file durable takes its time; one that takes longer is taken for stuck. */
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private static final Duration ABANDONED_CLOSE_LIMIT = Duration.ofSeconds(3);

    private final SliceThreads threads;
    private final SourceReaders readers;
    private final SliceTask task;
    private final Progress progress;
    private final BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings;
    private final long joined = System.nanoTime();
    private final FirstFailure failure = new FirstFailure();

    /** Guarded by {@link #threads}, as is the number of pages. */
    private final Deque<SliceOfPage> queue = new ArrayDeque<>();

    private long submitted;
    private volatile Duration closeLimit = CLOSE_LIMIT;

    PooledPages(
            SliceThreads threads,
            SourceReaders readers,
            SliceTask task,
            Progress progress,
            BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings) {
        this.threads = threads;
        this.readers = readers;
        this.task = task;
        this.progress = progress;
        this.beginnings = beginnings;
    }

    @Override
    public Future<List<DataFile>> submit(Page page) {
        synchronized (threads) {
            PageFiles files = new PageFiles(page, submitted++, failure, progress.waits());
            for (int i = 0; i < page.slices().size() && !failure.isRecorded(); i++) {
                queue.add(new SliceOfPage(this, files, i));
            }
            threads.notifyAll();
            return files;
        }
    }

    @Override
    public void stop() {
        fail(0, new StoppedException("stopped on request; run again to resume"));
    }

    @Override
    public void abandon(PagewalkException cause) {
        closeLimit = ABANDONED_CLOSE_LIMIT;
        fail(0, cause);
    }

    @Override
    public void close() {
        stop();
        threads.leave(this, closeLimit);
    }

    /**
     * Lets the pages from {@code order} on fail. A page's slices are taken only when no slice of a page ahead of it is left
     * to take, so none of those waits for a thread that is stopped here.
     */
    void fail(long order, Throwable cause) {
        failure.record(order, cause);
        // From here on everybody who waits for a page knows; what follows may itself fail.
        endWork();
    }

    /** As {@link #fail}, for all pages, but leaves what is under way to {@link #endWork}. Takes no memory. */
    void record(Throwable cause) {
        failure.record(0, cause);
    }

    /** Ends the work on pages that have failed. */
    void endWork() {
        synchronized (threads) {
            while (!queue.isEmpty() && failure.ends(queue.getLast().files().order())) {
                queue.removeLast();
            }
            threads.stopReaders(this);
        }
    }

    /** Keeps what went wrong while the run ended. */
    void suppress(Throwable further) {
        failure.suppress(further);
    }

    boolean ends(SliceOfPage work) {
        return failure.ends(work.files().order());
    }

    SourceReaders readers() {
        return readers;
    }

    SliceTask task() {
        return task;
    }

    Progress progress() {
        return progress;
    }

    /** Since when threads can work for it, as {@link System#nanoTime()}. */
    long joined() {
        return joined;
    }

    boolean hasWork() {
        return !queue.isEmpty();
    }

    /** Whether the page whose slices are to be taken is still the one that this slice is of. */
    boolean isAt(SliceOfPage done) {
        return hasWork() && queue.element().files() == done.files();
    }

    /**
     * A slice of the first page that has any left: the one that goes on where the thread's reader stands, if there is one.
     *
     * @param done what the thread has done last of this run, or null
     * @param underWay what other threads are doing for this run
     */
    SliceOfPage take(@Nullable SliceOfPage done, Collection<Slice> underWay) {
        PageFiles page = queue.element().files();
        SliceOfPage next = done == null ? null : inLine(page, slice -> slice.follows(done.slice()));
        if (next == null) {
            Slice begin = beginnings.apply(inLine(page), underWay);
            next = Objects.requireNonNull(inLine(page, begin::equals));
        }
        queue.remove(next);
        return next;
    }

    private @Nullable SliceOfPage inLine(PageFiles page, Predicate<Slice> wanted) {
        for (SliceOfPage work : queue) {
            if (work.files() != page) {
                return null;
            }
            if (wanted.test(work.slice())) {
                return work;
            }
        }
        return null;
    }

    private List<Slice> inLine(PageFiles page) {
        return queue.stream()
                .takeWhile(work -> work.files() == page)
                .map(SliceOfPage::slice)
                .toList();
    }
}
