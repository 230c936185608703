package io.pagewalk.internal.http.stream;

import io.pagewalk.internal.http.answer.Problem;
import io.pagewalk.listing.ListedPage;
import java.io.IOException;

/** How a stream is written. What is written is on its way when a call returns. */
interface StreamFormat {
    /** It begins. */
    void begin() throws IOException;

    /** A second has passed, and the next page has not come; not every format has a line for that. */
    default void waiting() throws IOException {}

    /**
     * A page, which was validated.
     *
     * @param last whether none is written behind it
     */
    void page(ListedPage page, boolean last) throws IOException;

    /** All was written that was asked for. */
    void end() throws IOException;

    /** Nothing more comes. Where a format has no line for that, the end of the answer is missing. */
    default void fail(Problem problem) throws IOException {}
}
