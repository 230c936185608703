package io.pagewalk.spi;

import io.pagewalk.error.PagewalkException;
import io.pagewalk.model.Page;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Runs the slices of one run's pages. Pages are submitted by one thread, and the work happens elsewhere; any thread may call
 * {@link #stop} and {@link #abandon}.
 */
public interface PageExecutor extends AutoCloseable {
    /**
     * Starts a page. Slices of pages submitted earlier go first; a page may begin before the one ahead of it is done.
     *
     * @return completes with one file a slice, in the order of {@link Page#slices()}, all published and durable; or fails
     *     with the first slice's failure. Cancelling it is not supported: {@link #stop()} ends everything.
     */
    Future<List<DataFile>> submit(Page page);

    /** Ends what is under way without waiting for it; pages not yet complete fail, and so do later ones. */
    void stop();

    /** As {@link #stop}, but for a failure, which is that of the pages, and for work that may never come back. */
    void abandon(PagewalkException cause);

    /** As {@link #stop}, and waits for what is under way for a while; no slice is left half-written. */
    @Override
    void close();
}
