package io.pagewalk.plan;

import io.pagewalk.model.Compaction;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a topic is set to, so that an archive can tell what it was taken from.
 *
 * @param partitions how many it has
 * @param replicationFactor of its first partition
 * @param configs its own configuration, which overrides the brokers'; null where it may not be read
 * @param compaction whether its cleanup policy compacts
 * @param retention how long it keeps records
 */
public record TopicFacts(
        int partitions,
        int replicationFactor,
        @Nullable Map<String, String> configs,
        Compaction compaction,
        Retention retention) {
    public TopicFacts {
        configs = configs == null ? null : Collections.unmodifiableMap(new TreeMap<>(configs));
    }

    /**
     * How long a topic keeps records.
     *
     * @param millis in milliseconds; {@link #UNLIMITED}, or {@link #UNKNOWN} where it may not be read
     * @param bytes of a partition, likewise
     */
    public record Retention(long millis, long bytes) {
        /** As Kafka has it. */
        public static final long UNLIMITED = -1;

        public static final long UNKNOWN = -2;
    }
}
