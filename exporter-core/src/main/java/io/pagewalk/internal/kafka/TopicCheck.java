package io.pagewalk.internal.kafka;

import io.pagewalk.error.TopicChangedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.admin.TopicQuestions;
import io.pagewalk.internal.admin.TopicQuestions.End;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.model.Extent;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Tells whether a topic is still the one that an extent was frozen from, and still holds it. Used by one thread at a time. */
final class TopicCheck {
    private final TopicQuestions topics;
    private final KafkaSettings settings;
    private final TruncationCheck truncation;

    TopicCheck(TopicQuestions topics, KafkaSettings settings, StopSignal stop, Waits waits) {
        this.topics = topics;
        this.settings = settings;
        this.truncation = new TruncationCheck(settings, stop, waits);
    }

    /** @throws TopicChangedException if it is not, or a log was truncated below the end of the extent */
    void validate(Extent extent) {
        requireSame(extent.clusterId(), extent.topic(), extent.topicId(), "the export");
        List<Integer> reaching = extent.partitions().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!reaching.isEmpty()) {
            requireReached(extent, topics.ends(extent.topic(), reaching, extent.isolationLevel()));
        }
    }

    /**
     * Checks that no log was truncated below the end of an extent.
     *
     * @param ends as they are now, of the partitions that are to be checked
     * @throws TopicChangedException naming a partition that was truncated
     */
    void requireReached(Extent extent, Map<Integer, End> ends) {
        extent.partitions().forEach((partition, range) -> {
            End end = ends.get(partition);
            if (end != null && end.offset() < range.end()) {
                throw new TopicChangedException(
                        extent.topic() + "-" + partition + ": the log was truncated, it ends at "
                                + end.offset() + " now and the export's extent is " + range
                                + "; start a new export into another output");
            }
        });
        truncation.check(extent, ends);
    }

    /**
     * Checks that the topic of that name is still the one that something belongs to.
     *
     * @param whose what that is, as messages name it
     * @return what it is
     * @throws TopicChangedException naming what differs
     */
    TopicDescription requireSame(String clusterId, String topic, Uuid topicId, String whose) {
        String currentCluster = topics.clusterId();
        if (!currentCluster.equals(clusterId)) {
            throw new TopicChangedException(
                    whose + " belongs to cluster " + clusterId + ", but " + settings.bootstrapServers() + " is cluster "
                            + currentCluster + "; connect to the cluster it belongs to");
        }
        TopicDescription current;
        try {
            current = topics.describe(topic);
        } catch (UsageException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new TopicChangedException(
                        "topic " + topic + ", to which " + whose + " belongs, is gone from "
                                + settings.bootstrapServers()
                                + ", or may not be seen any more; ask for DESCRIBE if it is there",
                        e);
            }
            throw e;
        }
        if (!current.topicId().equals(topicId)) {
            throw new TopicChangedException("topic " + topic + " was deleted and created again: " + whose
                    + " belongs to topic id " + topicId + ", it is " + current.topicId()
                    + " now; start a new export into another output");
        }
        return current;
    }
}
