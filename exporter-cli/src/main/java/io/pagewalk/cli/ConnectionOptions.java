package io.pagewalk.cli;

import io.pagewalk.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is and how to be let in. */
@Command(optionListHeading = "Connection")
final class ConnectionOptions {
    @Option(
            names = "--bootstrap-server",
            required = true,
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first.")
    String bootstrapServer = "";

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

    /** How to reach the cluster; tells which of the given settings are not used. */
    KafkaSettings settings(Console console) {
        return ClientSettings.create(console, bootstrapServer, clientProperties(), retryTimeout);
    }

    /**
     * The settings of both options.
     *
     * @throws io.pagewalk.error.UsageException if one of them cannot be understood; the message does not repeat it
     */
    Map<String, String> clientProperties() {
        return ClientSettings.properties(commandConfig, commandProperties);
    }
}
