package io.pagewalk.internal.page;

import io.pagewalk.model.PageToken;

/** The order in which records are taken of the shares, and how far that has come. */
interface Taking {
    /** Takes what is known to come next, until the page ends or no more is known. */
    void take(PageDraft page);

    /**
     * Asks for what has to be known next, and for nothing that is not needed; some share is not known to its end.
     *
     * @param mostAtOnce of how many partitions at the same time
     * @return how many records of a partition are of use, if there are no gaps
     */
    long readOn(PageDraft page, int mostAtOnce);

    /** How many offsets were passed so far. */
    long passed();

    /** The token behind those. */
    PageToken behind(long pages);
}
