package io.pagewalk.plan;

import java.time.Instant;
import java.util.List;

/**
 * A bound by time where the timestamps of some partitions have no order, so that its place says little of their records.
 *
 * @param bound {@code from} or {@code to}
 * @param time what was asked for
 * @param partitions those partitions, ascending; never empty
 */
public record UnorderedTime(String bound, Instant time, List<Place> partitions) {
    public UnorderedTime {
        partitions = List.copyOf(partitions);
    }

    /**
     * What was found in a partition.
     *
     * @param partition its number
     * @param first where the log first crosses the time
     * @param last where it last does
     * @param samples the records that were sampled on one side of both
     * @param disagreeing those of them whose timestamp belongs to the other side
     */
    public record Place(int partition, long first, long last, long samples, long disagreeing) {}
}
