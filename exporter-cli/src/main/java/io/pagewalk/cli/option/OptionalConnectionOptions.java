package io.pagewalk.cli.option;

import io.pagewalk.cli.console.Console;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.kafka.KafkaSettings;
import io.pagewalk.location.KafkaTopic;
import org.jspecify.annotations.Nullable;

/** Where the cluster is, for commands that may need none. Unlike with {@link ConnectionOptions}, nothing is required. */
abstract class OptionalConnectionOptions extends ClientOptions {
    private @Nullable String servers;
    private @Nullable KafkaSettings settings;

    /** Takes what the option of the command says. */
    final void connectTo(@Nullable String bootstrapServers) {
        servers = bootstrapServers;
    }

    public final boolean namesACluster() {
        return servers != null;
    }

    /**
     * How to reach the cluster.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if that was not told
     */
    public final KafkaSettings settings(Console console, String needing) {
        if (settings == null) {
            if (servers == null) {
                throw new UsageException(needing + " needs --bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER)");
            }
            settings = ClientSettings.create(console, servers, clientProperties(), retryTimeout);
        }
        return settings;
    }

    /** Likewise, for a log. */
    public final KafkaSettings settings(Console console, KafkaTopic log) {
        return settings(console, "the checkpoints are in " + log + ", a topic of a Kafka cluster, which");
    }
}
