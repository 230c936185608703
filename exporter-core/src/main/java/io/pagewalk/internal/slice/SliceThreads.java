package io.pagewalk.internal.slice;

import io.pagewalk.internal.progress.Progress;
import io.pagewalk.model.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this process that work on slices, for any number of runs side by side. They begin with the first run. A thread
 * stays with a page as long as it has a slice left, and then serves the runs in turn. Any thread may call it.
 */
public final class SliceThreads implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final int number;
    private final List<SliceThread> threads = new ArrayList<>();
    /** That which waits for longest comes first. */
    private final List<PooledPages> runs = new ArrayList<>();

    private int started;
    private boolean closed;

    /** @param number how many slices are worked on at a time, at least 1 */
    public SliceThreads(int number) {
        this.number = number;
    }

    /**
     * A run's part in them. Closing it leaves the threads to the other runs.
     *
     * @param readers makes a thread's reader, on that thread, when it gets its first slice
     * @param progress where the threads account for the time they spend on the run, and say what they wait for
     * @throws IllegalStateException if this is closed
     */
    public PooledPages join(SourceReaders readers, SliceTask task, Progress progress) {
        return join(readers, task, progress, SliceRuns::begin);
    }

    /** @param beginnings as {@link SliceRuns#begin} */
    PooledPages join(
            SourceReaders readers,
            SliceTask task,
            Progress progress,
            BiFunction<Collection<Slice>, Collection<Slice>, Slice> beginnings) {
        PooledPages run = new PooledPages(this, readers, task, progress, beginnings);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the connection is closed");
            }
            fillUp();
            runs.add(run);
        }
        return run;
    }

    private void fillUp() {
        while (threads.size() < number) {
            SliceThread thread = new SliceThread("slice-" + ++started, this);
            thread.start();
            threads.add(thread);
        }
    }

    /**
     * Ends a run's part, and waits for the threads that still work for it. One that does not come back is left, and another takes
     * its place: nothing it may still do is harmful.
     */
    void leave(PooledPages run, Duration limit) {
        boolean interrupted = false;
        synchronized (this) {
            if (!runs.remove(run)) {
                return;
            }
            long deadline = System.nanoTime() + limit.toNanos();
            long left = limit.toNanos();
            while (left > 0 && threads.stream().anyMatch(thread -> isOn(run, thread))) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                left = deadline - System.nanoTime();
            }
            threads.forEach(thread -> thread.forget(run));
            replaceThoseOn(run);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOn(PooledPages run, SliceThread thread) {
        SliceOfPage current = thread.current();
        return current != null && current.run() == run;
    }

    private void replaceThoseOn(PooledPages run) {
        for (Iterator<SliceThread> all = threads.iterator(); all.hasNext(); ) {
            SliceThread thread = all.next();
            if (isOn(run, thread)) {
                thread.leave();
                all.remove();
            }
        }
        if (!runs.isEmpty() && !closed) {
            fillUp();
        }
    }

    /** Called under the lock. */
    void stopReaders(PooledPages run) {
        for (int i = 0; i < threads.size(); i++) {
            threads.get(i).stopIfEnded(run);
        }
    }

    /** Something failed that is no run's. It may be for lack of memory, so first everybody is told, which takes none. */
    synchronized void failAll(Throwable cause) {
        for (int i = 0; i < runs.size(); i++) {
            runs.get(i).record(cause);
        }
        for (int i = 0; i < runs.size(); i++) {
            runs.get(i).endWork();
        }
    }

    /**
     * The next slice for a thread.
     *
     * @param limit for how long to wait for one; zero to wait until the thread is over
     * @return null if there was none in that time, or the thread is over
     */
    synchronized @Nullable SliceOfPage take(SliceThread thread, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isOver(thread)) {
            // A wait that ends by a notification leaves an interrupt that came with it pending.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            SliceOfPage work = choose(thread.last());
            if (work != null) {
                thread.begin(work);
                return work;
            }
            if (limit.isZero()) {
                wait();
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return null;
    }

    private @Nullable SliceOfPage choose(@Nullable SliceOfPage done) {
        if (done != null && runs.contains(done.run()) && done.run().isAt(done)) {
            return done.run().take(done, underWay(done.run()));
        }
        for (PooledPages run : runs) {
            if (run.hasWork()) {
                SliceOfPage work = run.take(done != null && done.run() == run ? done : null, underWay(run));
                runs.remove(run);
                runs.add(run);
                return work;
            }
        }
        return null;
    }

    private List<Slice> underWay(PooledPages run) {
        List<Slice> slices = new ArrayList<>();
        for (SliceThread thread : threads) {
            SliceOfPage current = thread.current();
            if (current != null && current.run() == run) {
                slices.add(current.slice());
            }
        }
        return slices;
    }

    /** A thread is done with what it took. */
    synchronized void isDone(SliceThread thread) {
        thread.end();
        notifyAll();
    }

    synchronized boolean isOver(SliceThread thread) {
        return closed || thread.isLeft();
    }

    /** Ends all runs that are under way, and the threads, for which it waits a while. */
    @Override
    public void close() {
        List<PooledPages> ended;
        List<SliceThread> ending;
        synchronized (this) {
            closed = true;
            ended = List.copyOf(runs);
            ending = List.copyOf(threads);
            notifyAll();
        }
        ended.forEach(PooledPages::stop);
        boolean interrupted = false;
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        for (SliceThread thread : ending) {
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
