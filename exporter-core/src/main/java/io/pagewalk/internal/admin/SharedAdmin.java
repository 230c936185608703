package io.pagewalk.internal.admin;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The one admin client of all who ask a cluster. Connects when it is asked for first. Safe for use by any number of threads. */
public final class SharedAdmin implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private @Nullable Admin admin;
    private volatile boolean answered;
    /** What clients that were discarded have reached, as their metrics name it. */
    private final Set<String> reachedBefore = ConcurrentHashMap.newKeySet();

    /** Connects to nobody yet. */
    public SharedAdmin(KafkaSettings settings) {
        this.settings = settings;
    }

    KafkaSettings settings() {
        return settings;
    }

    /** @throws io.pagewalk.error.UsageException if the settings are not valid */
    synchronized Admin get() {
        if (admin == null) {
            try {
                admin = Admin.create(settings.adminConfig());
            } catch (KafkaException e) {
                throw KafkaFailures.translate(e, "cannot connect to " + settings.bootstrapServers(), settings);
            }
        }
        return admin;
    }

    /** Whether an answer has ever come. */
    boolean hasAnswered() {
        return answered;
    }

    void answered() {
        answered = true;
    }

    /** Whether that broker has ever answered. */
    boolean hasReached(int broker) {
        String node = "node-" + broker;
        return reachedBefore.contains(node) || reached(get()).anyMatch(node::equals);
    }

    private static Stream<String> reached(Admin client) {
        return client.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("response-total")
                        && metric.metricValue() instanceof Double answers
                        && answers > 0)
                .map(metric -> metric.metricName().tags().get("node-id"))
                .filter(Objects::nonNull);
    }

    /** One that is stuck, or dead, is of no use to anybody; whoever asks next gets another. */
    void discard(Admin stuck) {
        synchronized (this) {
            if (admin != stuck) {
                return;
            }
            admin = null;
        }
        reached(stuck).forEach(reachedBefore::add);
        closing(stuck);
    }

    /** The client waits for its thread, which may be looking up a name; it ends by itself once it has. */
    private static Thread closing(Admin client) {
        Thread closing = new Thread(() -> client.close(Duration.ZERO), "admin-close");
        closing.setDaemon(true);
        closing.start();
        return closing;
    }

    @Override
    public void close() {
        Admin closed;
        synchronized (this) {
            closed = admin;
            admin = null;
        }
        if (closed == null) {
            return;
        }
        try {
            closing(closed).join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
