package io.pagewalk.cli;

import io.pagewalk.cli.place.KafkaTopic;
import io.pagewalk.error.UsageException;
import io.pagewalk.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is, for commands that mostly need none. Unlike {@link ConnectionOptions}, nothing is required. */
@Command(optionListHeading = "Connection")
final class LogConnectionOptions {
    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first, if the log is in a topic or a topic is compared with.")
    @Nullable
    String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Kafka client settings (security and the like), in a properties file."
                    + " $${env:NAME} in a value stands for an environment variable.")
    @Nullable
    Path commandConfig;

    @Option(
            names = "--command-property",
            paramLabel = "NAME=VALUE",
            description = "One Kafka client setting; may be repeated, and goes before those of --command-config.")
    List<String> commandProperties = new ArrayList<>();

    @Option(
            names = "--retry-timeout",
            paramLabel = "DURATION",
            defaultValue = "45s",
            description = "Give up when brokers or a store have not answered for so long (default: ${DEFAULT-VALUE}).")
    Duration retryTimeout = Duration.ofSeconds(45);

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
            settings = ClientSettings.create(
                    console,
                    bootstrapServer,
                    ClientSettings.properties(commandConfig, commandProperties),
                    retryTimeout);
        }
        return settings;
    }

    /** Likewise, for a log. */
    KafkaSettings settings(Console console, KafkaTopic log) {
        return settings(console, "the checkpoints are in " + log + ", a topic of a Kafka cluster, which");
    }
}
