package io.pagewalk.internal.page;

import io.pagewalk.model.PageToken;
import io.pagewalk.record.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param records merged by time; those of a partition in the order of the walk
 * @param next the token to go on with, or null if nothing remains behind this page
 */
public record PageListing(
        List<RecordView> records, @Nullable PageToken next) {
    public PageListing {
        records = List.copyOf(records);
    }
}
