package io.pagewalk.listing;

/**
 * A topic that a cluster has.
 *
 * @param name its name
 * @param internal whether the brokers hold it for their own, such as {@code __consumer_offsets}
 */
public record ListedTopic(String name, boolean internal) {}
