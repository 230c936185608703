package io.pagewalk.run;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.model.Page;
import io.pagewalk.model.Slice;
import io.pagewalk.spi.DataFile;
import io.pagewalk.spi.PageExecutor;
import io.pagewalk.spi.SliceReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs slices on threads of this process. Each thread has one reader, which it keeps from slice to slice.
 *
 * <p>The first failure ends everything: the page fails, and slices not yet begun are dropped.
 */
public final class ThreadPoolPageExecutor implements PageExecutor {
    private final Supplier<SliceReader> readers;
    private final SliceTask task;
    private final List<Worker> workers = new ArrayList<>();

    /** Guards everything below, and each worker's reader. */
    private final Object lock = new Object();

    private final Deque<Work> queue = new ArrayDeque<>();
    private boolean stopping;
    private @Nullable Throwable failure;

    /**
     * @param threads how many slices run at a time, at least 1
     * @param readers makes a thread's reader, on that thread, when it gets its first slice
     */
    public ThreadPoolPageExecutor(int threads, Supplier<SliceReader> readers, SliceTask task) {
        this.readers = readers;
        this.task = task;
        for (int i = 1; i <= threads; i++) {
            Worker worker = new Worker("slice-" + i);
            workers.add(worker);
            worker.start();
        }
    }

    @Override
    public CompletableFuture<List<DataFile>> submit(Page page) {
        PageWork work = new PageWork(page);
        synchronized (lock) {
            if (failure != null) {
                work.result.completeExceptionally(failure);
            } else if (stopping) {
                work.result.completeExceptionally(stopped());
            } else {
                for (int i = 0; i < page.slices().size(); i++) {
                    queue.add(new Work(work, i));
                }
                lock.notifyAll();
            }
        }
        return work.result;
    }

    /** Ends what is under way without waiting for it; pages not yet complete fail. */
    public void stop() {
        end(stopped());
    }

    @Override
    public void close() {
        stop();
        boolean interrupted = false;
        for (Worker worker : workers) {
            while (true) {
                try {
                    worker.join();
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

    private static StoppedException stopped() {
        return new StoppedException("stopped on request; run again to resume");
    }

    /** The first cause given is the one that every page not yet complete fails with. */
    private void end(Throwable cause) {
        List<Work> dropped;
        Throwable first;
        synchronized (lock) {
            if (failure == null) {
                failure = cause;
            }
            first = failure;
            stopping = true;
            dropped = List.copyOf(queue);
            queue.clear();
            for (Worker worker : workers) {
                if (worker.reader != null) {
                    worker.reader.stop();
                }
            }
            lock.notifyAll();
        }
        dropped.forEach(work -> work.page.result.completeExceptionally(first));
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
        private final @Nullable DataFile[] files;
        private final CompletableFuture<List<DataFile>> result = new CompletableFuture<>();
        private int missing;

        PageWork(Page page) {
            this.page = page;
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

        Worker(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                for (Work work = next(); work != null; work = next()) {
                    perform(work);
                }
            } catch (InterruptedException e) {
                end(new ExportFailedException("thread " + getName() + " was interrupted; run again to resume", e));
            } finally {
                if (reader != null) {
                    reader.close();
                }
            }
        }

        private void perform(Work work) {
            DataFile file;
            try {
                file = task.run(work.slice(), reader());
            } catch (Throwable e) {
                end(e);
                // Not the first failure, perhaps, but this page's waiter must not wait for ever.
                work.page.result.completeExceptionally(firstFailure(e));
                return;
            }
            work.page.done(work.index, file);
        }

        private SliceReader reader() {
            SliceReader mine = reader;
            if (mine == null) {
                mine = readers.get();
                synchronized (lock) {
                    reader = mine;
                    if (stopping) {
                        mine.stop();
                    }
                }
            }
            return mine;
        }

        /** The next slice in line, unless one of the same page is what this thread's reader stands at. */
        private @Nullable Work next() throws InterruptedException {
            synchronized (lock) {
                while (queue.isEmpty() && !stopping) {
                    lock.wait();
                }
                if (stopping) {
                    return null;
                }
                Work head = queue.element();
                if (reader != null) {
                    for (Iterator<Work> line = queue.iterator(); line.hasNext(); ) {
                        Work work = line.next();
                        if (work.page != head.page) {
                            break;
                        }
                        if (reader.continuesWith(work.slice())) {
                            line.remove();
                            return work;
                        }
                    }
                }
                return queue.remove();
            }
        }
    }

    private Throwable firstFailure(Throwable other) {
        synchronized (lock) {
            return failure == null ? other : failure;
        }
    }
}
