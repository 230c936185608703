package io.pagewalk.plan;

import io.pagewalk.model.Compaction;
import io.pagewalk.model.Extent;
import io.pagewalk.model.PageToken;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.PlannedSchemas;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request comes to on the topic as it is now: the frozen extent, and everything that had to be decided once.
 *
 * @param request what was asked for
 * @param extent what is covered
 * @param token the token of the first page; it holds the sizes in records
 * @param formats the formats decided for keys, values and headers
 * @param frozenAt when the extent was frozen
 * @param partitions what was found of each partition of the extent, in its order
 * @param sample what was seen of the records
 * @param compaction whether the topic is compacted, so that keys overwritten after the freeze may be absent
 * @param unordered the bounds by time where timestamps have no order
 * @param deadLettersOf whose dead letters are exported, or null if it is a topic
 * @param nextRun what is to be said of a run after the first of a series; null of the first
 * @param topicFacts what the topic is set to, or null if the export is made of no topic
 * @param window the window that it is for, or null if it is for none
 * @param schemas what typed columns are made of, or null if there are none
 */
public record ExportPlan(
        ExportSpec request,
        Extent extent,
        PageToken token,
        PayloadFormats formats,
        Instant frozenAt,
        List<PartitionState> partitions,
        Sample sample,
        Compaction compaction,
        List<UnorderedTime> unordered,
        @Nullable DeadLettersOf deadLettersOf,
        @Nullable NextRun nextRun,
        @Nullable TopicFacts topicFacts,
        @Nullable PlannedWindow window,
        @Nullable PlannedSchemas schemas) {
    public ExportPlan {
        partitions = List.copyOf(partitions);
        unordered = List.copyOf(unordered);
    }

    /** Without typed columns. */
    public ExportPlan(
            ExportSpec request,
            Extent extent,
            PageToken token,
            PayloadFormats formats,
            Instant frozenAt,
            List<PartitionState> partitions,
            Sample sample,
            Compaction compaction,
            List<UnorderedTime> unordered,
            @Nullable DeadLettersOf deadLettersOf,
            @Nullable NextRun nextRun,
            @Nullable TopicFacts topicFacts,
            @Nullable PlannedWindow window) {
        this(
                request,
                extent,
                token,
                formats,
                frozenAt,
                partitions,
                sample,
                compaction,
                unordered,
                deadLettersOf,
                nextRun,
                topicFacts,
                window,
                null);
    }

    /** Of a topic whose timestamps are in order, or do not matter. */
    public ExportPlan(
            ExportSpec request,
            Extent extent,
            PageToken token,
            PayloadFormats formats,
            Instant frozenAt,
            List<PartitionState> partitions,
            Sample sample,
            Compaction compaction) {
        this(
                request,
                extent,
                token,
                formats,
                frozenAt,
                partitions,
                sample,
                compaction,
                List.of(),
                null,
                null,
                null,
                null);
    }

    /** The same, for a request that differs in nothing that it was planned by. */
    public ExportPlan with(ExportSpec other) {
        return new ExportPlan(
                other,
                extent,
                token,
                formats,
                frozenAt,
                partitions,
                sample,
                compaction,
                unordered,
                deadLettersOf,
                nextRun,
                topicFacts,
                window,
                schemas);
    }

    /** The same, with typed columns. */
    public ExportPlan with(PayloadFormats typed, @Nullable PlannedSchemas made) {
        return new ExportPlan(
                request,
                extent,
                token,
                typed,
                frozenAt,
                partitions,
                sample,
                compaction,
                unordered,
                deadLettersOf,
                nextRun,
                topicFacts,
                window,
                made);
    }

    /** The partitions whose last stable offset an open transaction holds back. */
    public List<PartitionState> openTransactions() {
        return partitions.stream().filter(PartitionState::hasOpenTransaction).toList();
    }

    /**
     * A partition at the freeze.
     *
     * @param partition its number
     * @param logStartOffset the first offset the broker still has
     * @param lastStableOffset where read_committed consumers stop; equal to {@code highWatermark} without open transactions
     * @param highWatermark behind the last replicated record
     */
    public record PartitionState(int partition, long logStartOffset, long lastStableOffset, long highWatermark) {
        /** Whether an open transaction holds the last stable offset below the high watermark. */
        public boolean hasOpenTransaction() {
            return lastStableOffset < highWatermark;
        }
    }

    /**
     * The records that formats and sizes were decided from.
     *
     * @param records how many were seen
     * @param bytes their uncompressed keys, values and headers, in bytes
     */
    public record Sample(long records, long bytes) {
        /** What a record is taken to weigh where nothing was seen. */
        private static final double UNKNOWN = 1024;

        /** The mean uncompressed size of a record in bytes, at least 1. */
        public double recordBytes() {
            return records == 0 ? UNKNOWN : Math.max(1, (double) bytes / records);
        }
    }
}
