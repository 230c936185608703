package io.pagewalk.listing;

import io.pagewalk.model.ListingToken;
import io.pagewalk.record.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, in memory. What it takes there is counted until it is closed.
 *
 * @param token its own, which gives the same page again
 * @param records as they are shown; those of a partition in the order of the walk. A record that is too large for the memory there is comes with
 *     the first bytes of its key, value and header values: {@link io.pagewalk.record.ByteView#fullLength()} tells
 * @param offsets how many offsets of the walk it covers, with records or without
 * @param cut why it ends where it does
 * @param next the token to go on with, or null if nothing remains
 * @param release gives back what it takes
 */
public record ListedPage(
        ListingToken token,
        List<RecordView> records,
        long offsets,
        PageCut cut,
        @Nullable ListingToken next,
        Runnable release)
        implements AutoCloseable {
    /** Nothing of it is used any more. */
    @Override
    public void close() {
        release.run();
    }
}
