package io.pagewalk.listing;

import org.jspecify.annotations.Nullable;

/**
 * How much a topic has at this moment.
 *
 * @param partitions how many partitions
 * @param offsets how many offsets lie between their log start offsets and their ends
 * @param newest the latest timestamp of a record, in milliseconds since 1970; null if there is none
 */
public record TopicSize(
        int partitions, long offsets, @Nullable Long newest) {}
