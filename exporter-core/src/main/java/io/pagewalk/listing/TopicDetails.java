package io.pagewalk.listing;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * What a topic is at this moment.
 *
 * @param name its name
 * @param topicId its id, which a topic of the same name that is created later does not have
 * @param internal whether the brokers hold it for their own
 * @param partitions in the order of their numbers
 * @param configuration its settings by name, in the order of their names, whoever has set them; without secret ones; null if they may not be read
 */
public record TopicDetails(
        String name,
        Uuid topicId,
        boolean internal,
        List<Partition> partitions,
        @Nullable Map<String, String> configuration) {
    /**
     * A partition of it.
     *
     * @param partition its number
     * @param leader the broker that leads it, or null if none does
     * @param replicas the brokers that have it
     * @param inSyncReplicas those of them that have all of it
     * @param logStartOffset the first offset
     * @param lastStableOffset where the first unfinished transaction begins, or else the log ends
     * @param highWatermark where the log ends
     */
    public record Partition(
            int partition,
            @Nullable Integer leader,
            List<Integer> replicas,
            List<Integer> inSyncReplicas,
            long logStartOffset,
            long lastStableOffset,
            long highWatermark) {}
}
