package io.pagewalk.benchmark;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A header, as Kafka's producer takes it.
 *
 * @param key its name
 * @param value its bytes, or null
 */
@SuppressWarnings("ArrayRecordComponent") // what Kafka's interface has; nobody compares them
public record SampleHeader(String key, byte @Nullable [] value) implements Header {}
