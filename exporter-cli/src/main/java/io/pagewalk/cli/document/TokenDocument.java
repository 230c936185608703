package io.pagewalk.cli.document;

import io.pagewalk.model.PageToken;
import java.util.List;

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
        long remaining,
        List<PartitionRange> partitions) {
    public static TokenDocument of(PageToken token) {
        return new TokenDocument(
                token.topic(),
                token.topicId().toString(),
                token.clusterId(),
                token.isolationLevel().toString(),
                token.direction().toString(),
                token.page(),
                token.pageSize(),
                token.sliceSize(),
                token.remaining(),
                PartitionRange.remaining(token));
    }
}
