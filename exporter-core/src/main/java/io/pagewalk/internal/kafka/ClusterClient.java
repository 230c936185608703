package io.pagewalk.internal.kafka;

import io.pagewalk.internal.admin.SharedAdmin;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.consumer.IdleConsumers;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;

/**
 * What everybody who asks a cluster shares: its admin client, and consumers for questions that only records answer. Connects when
 * it is asked for something. Safe for use by any number of threads.
 */
public final class ClusterClient implements AutoCloseable {
    private final KafkaSettings settings;
    private final SharedAdmin admin;
    private final IdleConsumers consumers;

    public ClusterClient(KafkaSettings settings) {
        this.settings = settings;
        this.admin = new SharedAdmin(settings);
        this.consumers = new IdleConsumers(settings);
    }

    /**
     * The cluster as one run, or one question, sees it; for one thread.
     *
     * @param stop ends waiting for it
     * @param waits told of what it is waited for
     * @throws io.pagewalk.error.UsageException if the settings are not valid
     */
    public KafkaCluster open(StopSignal stop, Waits waits) {
        return new KafkaCluster(settings, admin, consumers, stop, waits);
    }

    /** The client that answers questions; it stays open as long as this is. */
    public SharedAdmin admin() {
        return admin;
    }

    @Override
    public void close() {
        consumers.close();
        admin.close();
    }
}
