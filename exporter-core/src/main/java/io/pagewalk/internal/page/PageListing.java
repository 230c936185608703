package io.pagewalk.internal.page;

import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param records ordered by timestamp, then partition, then offset; reversed for a descending walk
 * @param next the token to go on with, or null exactly if no record remains behind this page
 */
public record PageListing(
        List<RecordView> records, @Nullable PageToken next) {
    public PageListing {
        records = List.copyOf(records);
    }

    /** How many offsets remain behind this page. */
    public long remaining() {
        return next == null ? 0 : next.remaining();
    }
}
