package io.pagewalk.internal.page;

import io.pagewalk.listing.PageCut;
import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param records as they are shown; those of a partition in the order of the walk
 * @param offsets how many offsets of the walk the page covers, with a record or without
 * @param cut why it ends where it does
 * @param next the token to go on with, or null if nothing remains behind this page
 */
public record PageListing(
        List<RecordView> records,
        long offsets,
        PageCut cut,
        @Nullable PageToken next) {
    public PageListing {
        records = List.copyOf(records);
    }
}
