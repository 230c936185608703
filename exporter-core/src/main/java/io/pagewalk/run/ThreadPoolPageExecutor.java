package io.pagewalk.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.PagewalkException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SliceReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs slices on threads of this process. Each thread has one reader, which it keeps from slice to slice.
 *
 * <p>A failure ends its page and those behind it; a page ahead of it is finished, so that what can be committed is.
 */
public final class ThreadPoolPageExecutor implements PageExecutor {
    /** A disk that makes a large file durable takes its time; one that takes longer is taken for stuck. */
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

    private static final Duration ABANDONED_CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Supplier<SliceReader> readers;
    private final SliceTask task;
    private final ThreadTimes times;
    private final List<Worker> workers = new ArrayList<>();

    /** Guards everything below, and each worker's reader. */
    private final Object lock = new Object();

    private final Deque<Work> queue = new ArrayDeque<>();
    private volatile Duration closeLimit = CLOSE_LIMIT;
    private long submitted;
    /** Pages from this one on have failed, or will not be begun. */
    private long failedFrom = Long.MAX_VALUE;

    private @Nullable Throwable failure;

    /**
     * @param threads how many slices run at a time, at least 1
     * @param readers makes a thread's reader, on that thread, when it gets its first slice
     */
    public ThreadPoolPageExecutor(int threads, Supplier<SliceReader> readers, SliceTask task, ThreadTimes times) {
        this.readers = readers;
        this.task = task;
        this.times = times;
        for (int i = 1; i <= threads; i++) {
            Worker worker = new Worker("slice-" + i);
            workers.add(worker);
            worker.start();
        }
    }

    @Override
    public CompletableFuture<List<DataFile>> submit(Page page) {
        synchronized (lock) {
            PageWork work = new PageWork(page, submitted++);
            if (failure != null) {
                work.result.completeExceptionally(failure);
            } else {
                for (int i = 0; i < page.slices().size(); i++) {
                    queue.add(new Work(work, i));
                }
                lock.notifyAll();
            }
            return work.result;
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
        List<PageWork> pages = new ArrayList<>();
        synchronized (lock) {
            workers.stream()
                    .map(worker -> worker.current)
                    .filter(Objects::nonNull)
                    .forEach(work -> pages.add(work.page));
        }
        pages.forEach(page -> page.result.completeExceptionally(failureOr(cause)));
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
        List<Work> dropped = new ArrayList<>();
        Throwable told;
        synchronized (lock) {
            if (order < failedFrom) {
                failedFrom = order;
                failure = cause;
            }
            told = Objects.requireNonNull(failure);
            queue.removeIf(work -> work.page.order >= failedFrom && dropped.add(work));
            workers.forEach(Worker::stopIfFailed);
            lock.notifyAll();
        }
        dropped.forEach(work -> work.page.result.completeExceptionally(told));
    }

    /** One slice of a page. */
    private record Work(PageWork page, int index) {
        Slice slice() {
            return page.page.slices().get(index);
        }
    }

    /** A page on its way. */
    private static final class PageWork {
        private final Page page;
        private final long order;
        private final @Nullable DataFile[] files;
        private final CompletableFuture<List<DataFile>> result = new CompletableFuture<>();
        private int missing;

        PageWork(Page page, long order) {
            this.page = page;
            this.order = order;
            this.missing = page.slices().size();
            this.files = new DataFile[missing];
        }

        /** Not under the executor's lock: completing runs the waiters' code. */
        void done(int index, DataFile file) {
            boolean complete;
            synchronized (this) {
                files[index] = file;
                complete = --missing == 0;
            }
            if (complete) {
                result.complete(
                        Arrays.stream(files).map(Objects::requireNonNull).toList());
            }
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
                fail(0, new ExportFailedException("thread " + getName() + " was interrupted; run again to resume", e));
            } finally {
                if (reader != null) {
                    reader.close();
                }
            }
        }

        private boolean perform(Work work) {
            DataFile file;
            try {
                file = task.run(work.slice(), reader());
            } catch (Throwable e) {
                fail(work.page.order, e);
                work.page.result.completeExceptionally(failureOr(e));
                return false;
            }
            work.page.done(work.index, file);
            return true;
        }

        private SliceReader reader() {
            SliceReader mine = reader;
            if (mine == null) {
                mine = readers.get();
                synchronized (lock) {
                    reader = mine;
                    stopIfFailed();
                }
            }
            return mine;
        }

        /** Called under the lock. */
        private void stopIfFailed() {
            if (reader != null && current != null && current.page.order >= failedFrom) {
                reader.stop();
            }
        }

        private @Nullable Work next() throws InterruptedException {
            synchronized (lock) {
                Work done = current;
                current = null;
                while (queue.isEmpty() && failure == null) {
                    lock.wait();
                }
                current = queue.isEmpty() ? null : takeBehind(done);
                return current;
            }
        }

        /** A slice of the first page that has any left: the one that goes on where this thread stands, if there is one. */
        private Work takeBehind(@Nullable Work done) {
            PageWork page = queue.element().page;
            Work next = done == null ? null : inLine(page, slice -> slice.follows(done.slice()));
            if (next == null) {
                Slice begin = SliceRuns.begin(inLine(page), slicesUnderWay());
                next = Objects.requireNonNull(inLine(page, begin::equals));
            }
            queue.remove(next);
            return next;
        }
    }

    private @Nullable Work inLine(PageWork page, Predicate<Slice> wanted) {
        for (Work work : queue) {
            if (work.page != page) {
                return null;
            }
            if (wanted.test(work.slice())) {
                return work;
            }
        }
        return null;
    }

    private List<Slice> inLine(PageWork page) {
        return queue.stream()
                .takeWhile(work -> work.page == page)
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

    private Throwable failureOr(Throwable other) {
        synchronized (lock) {
            return failure == null ? other : failure;
        }
    }
}
