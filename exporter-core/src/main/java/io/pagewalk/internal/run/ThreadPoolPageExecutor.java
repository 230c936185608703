package io.pagewalk.internal.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.internal.progress.FirstFailure;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SliceReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs slices on threads of this process. Each thread has one reader, which it keeps from slice to slice.
 *
 * <p>A failure ends its page and those after it at once; a page ahead of it is finished, so that what can be committed is.
 * Whatever a thread throws ends the run: a thread that is gone without a word would leave its page unfinished for ever.
 */
public final class ThreadPoolPageExecutor implements PageExecutor {
    /** A disk that makes a large file durable takes its time; one that takes longer is taken for stuck. */
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private static final Duration ABANDONED_CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Supplier<SliceReader> readers;
    private final SliceTask task;
    private final ThreadTimes times;
    private final Waits waits;
    private final BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings;
    private final List<Worker> workers = new ArrayList<>();

    /** Guards everything below, and each worker's reader. */
    private final FirstFailure failure = new FirstFailure();

    private final Deque<Work> queue = new ArrayDeque<>();
    private volatile Duration closeLimit = CLOSE_LIMIT;
    private long submitted;

    /**
     * @param threads how many slices run at a time, at least 1
     * @param readers makes a thread's reader, on that thread, when it gets its first slice
     * @param progress where the threads account for their time, and say what they wait for
     */
    public ThreadPoolPageExecutor(int threads, Supplier<SliceReader> readers, SliceTask task, Progress progress) {
        this(threads, readers, task, progress, SliceRuns::begin);
    }

    /** @param beginnings as {@link SliceRuns#begin} */
    ThreadPoolPageExecutor(
            int threads,
            Supplier<SliceReader> readers,
            SliceTask task,
            Progress progress,
            BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings) {
        this.readers = readers;
        this.task = task;
        this.times = progress.threadTimes();
        this.waits = progress.waits();
        this.beginnings = beginnings;
        try {
            for (int i = 1; i <= threads; i++) {
                Worker worker = new Worker("slice-" + i);
                worker.start();
                workers.add(worker);
            }
        } catch (Throwable e) {
            // As when the system has no more threads: those that have begun would wait for ever.
            fail(0, e);
            throw e;
        }
    }

    @Override
    public Future<List<DataFile>> submit(Page page) {
        synchronized (failure) {
            PageFiles files = new PageFiles(page, submitted++, failure, waits);
            for (int i = 0; i < page.slices().size() && !failure.isRecorded(); i++) {
                queue.add(new Work(files, i));
            }
            failure.notifyAll();
            return files;
        }
    }

    /** Ends what is under way without waiting for it; pages not yet complete fail. */
    public void stop() {
        fail(0, new StoppedException("stopped on request; run again to resume"));
    }

    /** As {@link #stop}, but for a failure, and for threads that may never come back. */
    public void abandon(PagewalkException cause) {
        closeLimit = ABANDONED_CLOSE_LIMIT;
        fail(0, cause);
    }

    /** Waits for the threads, unless one does not come back: it is left, and nothing it may still do is harmful. */
    @Override
    public void close() {
        stop();
        boolean interrupted = false;
        long deadline = System.nanoTime() + closeLimit.toNanos();
        for (Worker worker : workers) {
            while (true) {
                try {
                    worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets the pages from {@code order} on fail. A page's slices are taken only when no slice of a page ahead of it is left
     * to take, so none of those waits for a thread that is stopped here.
     */
    private void fail(long order, Throwable cause) {
        synchronized (failure) {
            failure.record(order, cause);
            // From here on everybody knows; what follows may itself fail.
            while (!queue.isEmpty() && failure.ends(queue.getLast().files.order())) {
                queue.removeLast();
            }
            for (int i = 0; i < workers.size(); i++) {
                workers.get(i).stopIfFailed();
            }
        }
    }

    /** One slice of a page. */
    private record Work(PageFiles files, int index) {
        Slice slice() {
            return files.page().slices().get(index);
        }
    }

    private final class Worker extends Thread {
        private @Nullable SliceReader reader;
        private @Nullable Work current;

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                work();
            } catch (Throwable e) {
                fail(0, e);
            }
            try {
                closeReader();
            } catch (Throwable e) {
                failure.suppress(e);
            }
        }

        private void work() {
            try {
                boolean goesOn = true;
                while (goesOn) {
                    long free = System.nanoTime();
                    Work work = next();
                    long begun = System.nanoTime();
                    times.idle(begun - free);
                    goesOn = work != null && perform(work);
                    times.worked(System.nanoTime() - begun);
                }
            } catch (InterruptedException e) {
                throw new ExportFailedException("thread " + getName() + " was interrupted; run again to resume", e);
            }
        }

        private boolean perform(Work work) {
            try {
                work.files.put(work.index, task.run(work.slice(), reader(work.slice())));
                return true;
            } catch (Throwable e) {
                fail(work.files.order(), e);
                return false;
            }
        }

        private SliceReader reader(Slice first) {
            SliceReader mine = reader;
            if (mine == null) {
                mine = open(first);
                synchronized (failure) {
                    reader = mine;
                    stopIfFailed();
                }
            }
            return mine;
        }

        /** A client looks up its servers' names, and may log in, before it exists. */
        private SliceReader open(Slice first) {
            Waits.Wait wait =
                    waits.begin(Waits.For.RECORDS, first, first.range().start());
            try {
                return readers.get();
            } finally {
                wait.end();
            }
        }

        private void closeReader() {
            SliceReader mine = reader;
            if (mine != null) {
                waits.run(Waits.For.BROKERS, "the end of thread " + getName(), mine::close);
            }
        }

        /** Called under the lock. One that cannot be stopped is waited for, for a while. */
        private void stopIfFailed() {
            if (reader != null && current != null && failure.ends(current.files.order())) {
                try {
                    reader.stop();
                } catch (Throwable e) {
                    failure.suppress(e);
                }
            }
        }

        private @Nullable Work next() throws InterruptedException {
            synchronized (failure) {
                Work done = current;
                current = null;
                while (queue.isEmpty() && !failure.isRecorded()) {
                    failure.wait();
                }
                current = queue.isEmpty() ? null : takeAfter(done);
                return current;
            }
        }

        /** A slice of the first page that has any left: the one that goes on where this thread stands, if there is one. */
        private Work takeAfter(@Nullable Work done) {
            PageFiles page = queue.element().files;
            Work next = done == null ? null : inLine(page, slice -> slice.follows(done.slice()));
            if (next == null) {
                Slice begin = beginnings.apply(inLine(page), slicesUnderWay());
                next = Objects.requireNonNull(inLine(page, begin::equals));
            }
            queue.remove(next);
            return next;
        }
    }

    private @Nullable Work inLine(PageFiles page, Predicate<Slice> wanted) {
        for (Work work : queue) {
            if (work.files != page) {
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
                .takeWhile(work -> work.files == page)
                .map(Work::slice)
                .toList();
    }

    private List<Slice> slicesUnderWay() {
        return workers.stream()
                .map(worker -> worker.current)
                .filter(Objects::nonNull)
                .map(Work::slice)
                .toList();
    }
}
