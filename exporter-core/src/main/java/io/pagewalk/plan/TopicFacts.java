package io.pagewalk.plan;

import io.pagewalk.model.Compaction;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a topic is set to, so that an archive can tell what it was taken from.
 *
 * @param partitions how many it has
 * @param replicationFactor of its first partition
 * @param configs its own configuration, which overrides the brokers'; null where it may not be read
 * @param compaction whether its cleanup policy compacts
 * @param retention how long it keeps records
 * @param groups what its consumer groups had committed, or null if that was not kept
 */
public record TopicFacts(
        int partitions,
        int replicationFactor,
        @Nullable Map<String, String> configs,
        Compaction compaction,
        Retention retention,
        @Nullable KeptGroups groups) {
    public TopicFacts {
        configs = configs == null ? null : Collections.unmodifiableMap(new TreeMap<>(configs));
    }

    /** The same, with what its consumer groups had committed. */
    public TopicFacts with(KeptGroups kept) {
        return new TopicFacts(partitions, replicationFactor, configs, compaction, retention, kept);
    }

    /**
     * A file with what consumer groups had committed.
     *
     * @param file its name in the output
     * @param checksum the algorithm and value over its bytes
     * @param count how many groups are in it
     */
    public record KeptGroups(String file, String checksum, int count) {
        private static final Pattern FILE =
                Pattern.compile("_pagewalk/[^/]+/[1-9][0-9]{0,8}/groups/[1-9][0-9]{0,8}-[0-9a-f]{16}\\.json");

        /** @throws IllegalArgumentException if that is no name of such a file */
        public KeptGroups {
            if (!FILE.matcher(file).matches() || count < 0) {
                throw new IllegalArgumentException("it names no file of consumer groups");
            }
        }
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
