package io.pagewalk.cli;

import io.pagewalk.cli.place.KafkaTopic;
import io.pagewalk.error.UsageException;
import io.pagewalk.kafka.KafkaSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is, for commands that mostly need none. Unlike {@link ConnectionOptions}, nothing is required. */
@Command(optionListHeading = "Connection")
final class LogConnectionOptions extends ClientOptions {
    @Option(
            names = "--bootstrap-server",
            order = FIRST,
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first, if the log is in a topic or a topic is compared with.")
    @Nullable
    String bootstrapServer;

    private @Nullable KafkaSettings settings;

    /**
     * How to reach the cluster.
     *
     * @param needing what needs it, to begin a message with
     * @throws UsageException if that was not told
     */
    KafkaSettings settings(Console console, String needing) {
        if (settings == null) {
            if (bootstrapServer == null) {
                throw new UsageException(needing + " needs --bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER)");
            }
            settings = ClientSettings.create(console, bootstrapServer, clientProperties(), retryTimeout);
        }
        return settings;
    }

    /** Likewise, for a log. */
    KafkaSettings settings(Console console, KafkaTopic log) {
        return settings(console, "the checkpoints are in " + log + ", a topic of a Kafka cluster, which");
    }
}
