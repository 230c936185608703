package io.pagewalk.internal.checkpoint.kafka;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.location.LocationTexts;
import io.pagewalk.location.LogLocation;
import io.pagewalk.model.TopicNames;
import io.pagewalk.spi.CheckpointStoreProvider;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.PlaceSettings;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Logs in topics of the cluster of the exported topic. Its settings are the cluster's, which no others need. */
public final class KafkaLogProvider implements CheckpointStoreProvider {
    private static final String SCHEME = "kafka";

    private final Function<LogLocation, LogCluster> clusters;
    private final StopSignal stop;
    private final Waits waits;

    /**
     * For one run, or one question.
     *
     * @param clusters tells in which cluster a topic that holds logs is, or why it cannot be reached
     * @param stop ends waiting for that cluster
     * @param waits told of what is waited for
     */
    public KafkaLogProvider(Function<LogLocation, LogCluster> clusters, StopSignal stop, Waits waits) {
        this.clusters = clusters;
        this.stop = stop;
        this.waits = waits;
    }

    /** The topics whose first records are those of logs, by the keys of these. */
    public static Set<String> logsAmong(Map<String, byte[]> firstKeys) {
        return firstKeys.entrySet().stream()
                .filter(first -> LogKey.parse(first.getValue()).isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public LogLocation parse(String text) {
        String topic = text.substring(text.indexOf(':') + 1);
        if (!TopicNames.isValid(topic)) {
            throw new UsageException("'" + LocationTexts.shown(text) + "' is not kafka: and the name of a topic");
        }
        return new LogLocation(SCHEME, SCHEME + ":" + topic, topic);
    }

    @Override
    public CheckpointStores open(LogLocation location, String export, PlaceSettings settings) {
        return KafkaCheckpointStores.open(
                clusters.apply(location), topicOf(location), LogName.parse(export), stop, waits);
    }

    @Override
    public CheckpointStores view(LogLocation location, String export, PlaceSettings settings) {
        return KafkaCheckpointStores.view(
                clusters.apply(location), topicOf(location), LogName.parse(export), stop, waits);
    }

    private static String topicOf(LogLocation location) {
        String topic = location.topic();
        if (topic == null) {
            throw new IllegalArgumentException("not a topic: " + location);
        }
        return topic;
    }
}
