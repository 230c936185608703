package io.pagewalk.internal.crossing;

/**
 * Which side of a time timestamps are on.
 *
 * @param time in milliseconds since the epoch
 * @param latest records dated later count for nothing: no clock was there yet
 */
record Stamps(long time, long latest) {
    boolean counts(long timestamp) {
        return timestamp <= latest;
    }

    boolean isBefore(long timestamp) {
        return timestamp < time;
    }
}
