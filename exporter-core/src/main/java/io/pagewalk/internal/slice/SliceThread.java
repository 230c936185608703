package io.pagewalk.internal.slice;

import io.pagewalk.error.ExportFailedException;
import io.pagewalk.internal.progress.Progress;
import io.pagewalk.internal.progress.ThreadTimes;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.slice.SourceReaders.RunReader;
import io.pagewalk.model.Slice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of {@link SliceThreads}, which guards what it shares with the others. Keeps its reader from slice to slice. */
final class SliceThread extends Thread {
    /** What a consumer has fetched ahead stays in memory, and its connections stay open. */
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private final SliceThreads threads;
    private @Nullable SourceReaders madeBy;

    /** Guarded by {@link #threads}, as are the next four. */
    private @Nullable RunReader reader;

    private boolean readerStopped;
    private @Nullable SliceOfPage current;
    private @Nullable SliceOfPage last;
    private boolean left;

    private long freeSince = System.nanoTime();

    SliceThread(String name, SliceThreads threads) {
        super(name);
        this.threads = threads;
        setDaemon(true);
    }

    @Override
    public void run() {
        while (true) {
            try {
                SliceOfPage work = threads.take(this, reader == null ? Duration.ZERO : IDLE_LIMIT);
                if (work != null) {
                    perform(work);
                } else {
                    closeReader(null);
                    if (threads.isOver(this)) {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                threads.failAll(
                        new ExportFailedException("thread " + getName() + " was interrupted; run again to resume", e));
            } catch (Throwable e) {
                // A thread that is gone without a word would leave its page unfinished for ever.
                threads.failAll(e);
            }
        }
    }

    private void perform(SliceOfPage work) {
        PooledPages run = work.run();
        ThreadTimes times = run.progress().threadTimes();
        long begun = System.nanoTime();
        times.idle(begun - Math.max(freeSince, run.joined()));
        boolean done = false;
        try {
            work.files().put(work.index(), run.task().run(work.slice(), readerFor(work)));
            done = true;
        } catch (Throwable e) {
            run.fail(work.files().order(), e);
        } finally {
            if (!done || isReaderStopped()) {
                closeReader(run);
            }
            long ended = System.nanoTime();
            times.worked(ended - begun);
            freeSince = ended;
            threads.isDone(this);
        }
    }

    private RunReader readerFor(SliceOfPage work) {
        Progress progress = work.run().progress();
        RunReader mine = reader;
        if (mine != null && work.run().readers().equals(madeBy)) {
            if (last == null || last.run() != work.run()) {
                mine.serve(progress, work.run().joined());
            }
            return mine;
        }
        closeReader(work.run());
        RunReader opened = open(work, progress);
        madeBy = work.run().readers();
        synchronized (threads) {
            reader = opened;
            readerStopped = false;
            stopIfEnded(work.run());
        }
        return opened;
    }

    /** A client looks up its servers' names, and may log in, before it exists. */
    private static RunReader open(SliceOfPage work, Progress progress) {
        Slice first = work.slice();
        Waits.Wait wait =
                progress.waits().begin(Waits.For.RECORDS, first, first.range().start());
        try {
            return work.run().readers().open(progress);
        } finally {
            wait.end();
        }
    }

    /** @param run for which it is closed, or null */
    private void closeReader(@Nullable PooledPages run) {
        RunReader mine;
        synchronized (threads) {
            mine = reader;
            reader = null;
            madeBy = null;
        }
        if (mine == null) {
            return;
        }
        try {
            if (run == null) {
                mine.close();
            } else {
                run.progress().waits().run(Waits.For.BROKERS, "the end of thread " + getName(), mine::close);
            }
        } catch (Throwable e) {
            if (run != null) {
                run.suppress(e);
            }
        }
    }

    private boolean isReaderStopped() {
        synchronized (threads) {
            return readerStopped;
        }
    }

    /** Called under the lock. One that cannot be stopped is waited for, for a while. */
    void stopIfEnded(PooledPages run) {
        if (reader != null && current != null && current.run() == run && run.ends(current)) {
            readerStopped = true;
            try {
                reader.stop();
            } catch (Throwable e) {
                run.suppress(e);
            }
        }
    }

    /** Called under the lock. */
    void begin(SliceOfPage work) {
        current = work;
    }

    /** Called under the lock. */
    void end() {
        last = current;
        current = null;
    }

    /** Called under the lock: what it works on. */
    @Nullable
    SliceOfPage current() {
        return current;
    }

    /** Called under the lock: what it has done before. */
    @Nullable
    SliceOfPage last() {
        return last;
    }

    /** Called under the lock: nobody waits for it any more; it ends once it comes back. */
    void leave() {
        left = true;
    }

    /** Called under the lock. */
    boolean isLeft() {
        return left;
    }

    /** Called under the lock: the run has ended, and the time without work since the last slice was for it. */
    void forget(PooledPages run) {
        if (current == null) {
            run.progress().threadTimes().idle(System.nanoTime() - Math.max(freeSince, run.joined()));
        }
        if (last != null && last.run() == run) {
            last = null;
        }
    }
}
