package io.pagewalk.cli;

import io.pagewalk.cli.place.KafkaTopic;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;

/** Where the cluster is, for commands that may need none. Unlike with {@link ConnectionOptions}, nothing is required. */
abstract class OptionalConnectionOptions extends ClientOptions {
    private @Nullable String servers;
    private @Nullable KafkaSettings settings;

    /** Takes what the option of the command says. */
    final void connectTo(@Nullable String bootstrapServers) {
        servers = bootstrapServers;
    }

    final boolean namesACluster() {
        return servers != null;
    }

    /**
     * How to reach the cluster.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if that was not told
     */
    final KafkaSettings settings(Console console, String needing) {
        if (settings == null) {
            if (servers == null) {
                throw new UsageException(needing + " needs --bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER)");
            }
            settings = ClientSettings.create(console, servers, clientProperties(), retryTimeout);
        }
        return settings;
    }

    /** Likewise, for a log. */
    final KafkaSettings settings(Console console, KafkaTopic log) {
        return settings(console, "the checkpoints are in " + log + ", a topic of a Kafka cluster, which");
    }
}
