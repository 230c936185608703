package io.pagewalk.plan;

import io.pagewalk.plan.TopicFacts.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic's retention is from what a series has not exported yet.
 *
 * @param at when that was so
 * @param retention how long the topic keeps records
 * @param oldest the timestamp of the oldest record that is not exported, in milliseconds, as its first records have it; null if
 *     there was none
 * @param offsets the least, over the partitions, from the log start offset to where the next run begins
 */
public record HeadRoom(
        Instant at, Retention retention, @Nullable Long oldest, long offsets) {
    /** The share of the retention's time that is left, from 0 to 1; empty where time takes no record, or nobody can tell. */
    public OptionalDouble share() {
        if (retention.millis() < 0) {
            return OptionalDouble.empty();
        }
        double used = (double) age().toMillis() / Math.max(1, retention.millis());
        return OptionalDouble.of(Math.max(0, Math.min(1, 1 - used)));
    }

    /** The age of the oldest record that is not exported; zero if there was none, or its time is to come. */
    public Duration age() {
        return oldest == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, at.toEpochMilli() - oldest));
    }
}
