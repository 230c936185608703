package io.pagewalk.internal.pages;

import io.pagewalk.internal.kafka.KafkaCluster;
import io.pagewalk.model.PageToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What was asked about topics a moment ago, so that it is not asked for every page. Safe for use by any number of threads. */
public final class KnownTopics {
    /** For so long it is believed that a topic is still the same, where nothing is read of it. */
    private static final long SAME_NANOS = Duration.ofSeconds(5).toNanos();
    /** For so long, that batches are not larger than it said. */
    private static final long SIZES_NANOS = Duration.ofMinutes(5).toNanos();

    private static final int MOST = 10_000;
    /** What Kafka takes at most where nothing else is set. */
    private static final long USUAL_BATCH_BYTES = 1 << 20;

    private record Key(String clusterId, String topic, Uuid topicId) {
        static Key of(PageToken token) {
            return new Key(token.clusterId(), token.topic(), token.topicId());
        }
    }

    private record Known(long bytes, long since) {}

    private final Map<Key, Long> same = bounded();
    private final Map<Key, Known> sizes = bounded();

    private static <V> Map<Key, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /**
     * Checks that a token's topic is still the one of that name.
     *
     * @throws io.pagewalk.error.TopicChangedException if it is not
     */
    public void validate(PageToken token, KafkaCluster cluster) {
        cluster.validate(token);
        synchronized (this) {
            same.put(Key.of(token), System.nanoTime());
        }
    }

    /** Likewise, unless it was checked a moment ago. */
    public void validateUnlessJustDone(PageToken token, KafkaCluster cluster) {
        Long last;
        synchronized (this) {
            last = same.get(Key.of(token));
        }
        if (last == null || System.nanoTime() - last > SAME_NANOS) {
            validate(token, cluster);
        }
    }

    /** How many bytes a batch of the topic's has at most, as far as that may be known. */
    public long batchBytes(PageToken token, KafkaCluster cluster) {
        Known known = knownSize(token);
        if (known == null) {
            OptionalLong asked = cluster.maxMessageBytes(token.topic());
            known = new Known(asked.orElse(USUAL_BATCH_BYTES), System.nanoTime());
            synchronized (this) {
                sizes.put(Key.of(token), known);
            }
        }
        return known.bytes;
    }

    private synchronized @Nullable Known knownSize(PageToken token) {
        Known known = sizes.get(Key.of(token));
        return known == null || System.nanoTime() - known.since > SIZES_NANOS ? null : known;
    }
}
