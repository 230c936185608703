package io.pagewalk.listing;

/** The pages of a listing, one after the other. For one thread, but for {@link #stop}. */
public interface PageSequence extends AutoCloseable {
    /** Whether a page remains. */
    boolean hasNext();

    /**
     * Reads the next page.
     *
     * @throws io.pagewalk.error.TopicChangedException if the token is not of that cluster's topic of that name
     * @throws io.pagewalk.error.DataLossException if records of the page are gone
     * @throws io.pagewalk.error.PageDeadlineException if the time was over before anything had come
     * @throws io.pagewalk.error.ReadersBusyException if neither reader nor memory was free within a second
     * @throws io.pagewalk.error.StoppedException if it was stopped
     * @throws java.util.NoSuchElementException if none remains
     */
    ListedPage next();

    /** Gives the reader back until the next page is asked for. Who goes on at once should not: what was read ahead is thrown away. */
    void pause();

    /** Ends reading, from any thread: the page that is being read, and all that come later, fail. */
    void stop();

    /** Gives back what it has, but for pages that are not closed. */
    @Override
    void close();
}
