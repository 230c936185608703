package io.pagewalk.cli.document;

import io.pagewalk.model.ListingToken;
import io.pagewalk.model.PageToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code token --json} prints. */
public record TokenDocument(
        String topic,
        String topicId,
        String clusterId,
        String isolationLevel,
        String direction,
        long page,
        long pageSize,
        long sliceSize,
        @Nullable String order,
        @Nullable Long total,
        @Nullable Boolean filtered,
        long remaining,
        List<PartitionRange> partitions) {
    /**
     * Of a token.
     *
     * @param listing the listing that the walk is of, or null if it is of none
     */
    public static TokenDocument of(PageToken token, @Nullable ListingToken listing) {
        return new TokenDocument(
                token.topic(),
                token.topicId().toString(),
                token.clusterId(),
                token.isolationLevel().toString(),
                token.direction().toString(),
                token.page(),
                token.pageSize(),
                token.sliceSize(),
                listing == null ? null : listing.order().toString(),
                listing == null ? null : listing.total(),
                listing == null ? null : listing.filter() != 0,
                token.remaining(),
                PartitionRange.remaining(token));
    }
}
