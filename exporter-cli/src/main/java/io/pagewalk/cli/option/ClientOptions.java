package io.pagewalk.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to be let into a cluster, wherever it is. */
abstract class ClientOptions {
    /** Where the cluster is comes before the options here, which picocli would put first. */
    static final int FIRST = -2;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Kafka client settings (security and the like), in a properties file."
                    + " $${env:NAME} in a value stands for an environment variable.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--command-property",
            paramLabel = "NAME=VALUE",
            description = "One Kafka client setting; may be repeated, and goes before those of --command-config.")
    private List<String> commandProperties = new ArrayList<>();

    @Option(
            names = "--retry-timeout",
            paramLabel = "DURATION",
            defaultValue = "45s",
            description = "Give up when brokers or a store have not answered for so long (default: ${DEFAULT-VALUE}).")
    public Duration retryTimeout = Duration.ofSeconds(45);

    /**
     * The settings of both options.
     *
     * @throws io.pagewalk.error.UsageException if one of them cannot be understood; the message does not repeat it
     */
    public Map<String, String> clientProperties() {
        return ClientSettings.properties(commandConfig, commandProperties);
    }
}
