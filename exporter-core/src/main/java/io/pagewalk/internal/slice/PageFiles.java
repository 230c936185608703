package io.pagewalk.internal.slice;

import io.pagewalk.internal.progress.FirstFailure;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.Page;
import io.pagewalk.spi.DataFile;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The files of a page on its way: there once each slice has its own, unless a failure ends the page before. */
public final class PageFiles implements Future<List<DataFile>> {
    private final Page page;
    private final long order;
    private final FirstFailure failure;
    private final Waits waits;
    private final @Nullable DataFile[] files;
    private int missing;

    /**
     * @param order how many pages were submitted before
     * @param failure ends the page, and guards it
     */
    public PageFiles(Page page, long order, FirstFailure failure, Waits waits) {
        this.page = page;
        this.order = order;
        this.failure = failure;
        this.waits = waits;
        this.missing = page.slices().size();
        this.files = new DataFile[missing];
    }

    public Page page() {
        return page;
    }

    public long order() {
        return order;
    }

    public void put(int index, DataFile file) {
        synchronized (failure) {
            files[index] = file;
            missing--;
            failure.notifyAll();
        }
    }

    @Override
    public List<DataFile> get() throws InterruptedException, ExecutionException {
        Waits.Wait wait = begin();
        try {
            synchronized (failure) {
                while (!isDone()) {
                    failure.wait();
                }
                return result();
            }
        } finally {
            wait.end();
        }
    }

    @Override
    public List<DataFile> get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        Waits.Wait wait = begin();
        try {
            synchronized (failure) {
                while (!isDone()) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw new TimeoutException(wait.toString());
                    }
                    TimeUnit.NANOSECONDS.timedWait(failure, left);
                }
                return result();
            }
        } finally {
            wait.end();
        }
    }

    private Waits.Wait begin() {
        return waits.begin(Waits.For.THREADS, "page " + page.number(), -1);
    }

    private List<DataFile> result() throws ExecutionException {
        if (missing > 0) {
            throw new ExecutionException(failure.cause());
        }
        return Arrays.stream(files).map(Objects::requireNonNull).toList();
    }

    @Override
    public boolean isDone() {
        synchronized (failure) {
            return missing == 0 || failure.ends(order);
        }
    }

    /** Not supported: only the executor ends pages. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
