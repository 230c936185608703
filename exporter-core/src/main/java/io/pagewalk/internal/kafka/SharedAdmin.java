package io.pagewalk.internal.kafka;

import io.pagewalk.internal.cluster.KafkaFailures;
import io.pagewalk.internal.cluster.KafkaSettings;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The one admin client of all who ask a cluster. Connects when it is asked for first. Safe for use by any number of threads. */
final class SharedAdmin implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private @Nullable Admin admin;
    private volatile boolean answered;

    SharedAdmin(KafkaSettings settings) {
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

    /** One whose thread is stuck, or dead, is of no use to anybody; whoever asks next gets another. */
    void discard(Admin stuck) {
        synchronized (this) {
            if (admin != stuck) {
                return;
            }
            admin = null;
        }
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
