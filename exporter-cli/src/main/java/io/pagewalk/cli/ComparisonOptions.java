package io.pagewalk.cli;

import io.pagewalk.error.UsageException;
import io.pagewalk.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the topic is that files are compared with. Unlike {@link ConnectionOptions}, nothing is required. */
@Command(optionListHeading = "Comparison")
final class ComparisonOptions {
    @Option(
            names = "--against-topic",
            description = "Read the extent from the topic again, and compare; implies --deep.")
    boolean againstTopic;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first; for --against-topic.")
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
            description = "Give up when the brokers have not answered for so long (default: ${DEFAULT-VALUE}).")
    Duration retryTimeout = Duration.ofSeconds(45);

    /** How to reach the cluster, or null if the topic is not asked for. */
    @Nullable
    KafkaSettings settings(Console console) {
        if (!againstTopic) {
            return null;
        }
        if (bootstrapServer == null) {
            throw new UsageException("--against-topic needs --bootstrap-server (or PAGEWALK_BOOTSTRAP_SERVER)");
        }
        return ClientSettings.create(
                console, bootstrapServer, ClientSettings.properties(commandConfig, commandProperties), retryTimeout);
    }
}
