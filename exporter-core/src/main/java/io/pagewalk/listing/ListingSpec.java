package io.pagewalk.listing;

import io.pagewalk.error.Reasons;
import io.pagewalk.error.UsageException;
import io.pagewalk.model.Direction;
import io.pagewalk.model.ListingToken.Order;
import io.pagewalk.model.TopicNames;
import io.pagewalk.plan.OffsetBound;
import io.pagewalk.plan.PartitionSet;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.common.IsolationLevel;

/**
 * What a listing is of, and how its pages are cut.
 *
 * @param topic the topic's name
 * @param from where it begins in every partition, whichever way it goes
 * @param to where it ends, exclusive
 * @param partitions which partitions
 * @param direction whether the oldest records come first, or the newest
 * @param isolationLevel whether records of transactions that are not committed are listed
 * @param order in which order the partitions take turns
 * @param pageSize how many records a page has, at least 1
 */
public record ListingSpec(
        String topic,
        OffsetBound from,
        OffsetBound to,
        PartitionSet partitions,
        Direction direction,
        IsolationLevel isolationLevel,
        Order order,
        long pageSize) {
    /** @throws UsageException if the topic's name is none, or {@code from} is after {@code to} now */
    public ListingSpec {
        if (!TopicNames.isValid(topic)) {
            throw new UsageException("'" + Reasons.oneLine(topic) + "' is not a topic name");
        }
        Instant now = Instant.now();
        OffsetBound.requireInOrder(from, to, bound -> bound.fixed(now, ZoneOffset.UTC));
        if (pageSize < 1) {
            throw new IllegalArgumentException("a page of " + pageSize + " records");
        }
    }

    /** All of a topic as it is now: oldest first, committed records only, in rounds over the partitions. */
    public static ListingSpec of(String topic, long pageSize) {
        return new ListingSpec(
                topic,
                new OffsetBound.Earliest(),
                new OffsetBound.Latest(),
                PartitionSet.ALL,
                Direction.ASC,
                IsolationLevel.READ_COMMITTED,
                Order.ROUNDS,
                pageSize);
    }
}
