package io.pagewalk.spi;

import io.pagewalk.model.Page;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Runs the slices of pages. Called from one thread; the work happens elsewhere.
 */
public interface PageExecutor extends AutoCloseable {
    /**
     * Starts a page. Slices of pages submitted earlier go first; a page may begin before the one ahead of it is done.
     *
     * @return completes with one file a slice, in the order of {@link Page#slices()}, all published and durable; or fails
     *     with the first slice's failure. Cancelling it is not supported: {@link #close()} ends everything.
     */
    Future<List<DataFile>> submit(Page page);

    /** Ends what is under way, leaving no slice half-written, and waits for it. */
    @Override
    void close();
}
