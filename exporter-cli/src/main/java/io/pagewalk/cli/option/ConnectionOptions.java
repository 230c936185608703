package io.pagewalk.cli.option;

import io.pagewalk.cli.console.Console;
import io.pagewalk.internal.kafka.KafkaSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is and how to be let in. */
@Command(optionListHeading = "Connection")
public final class ConnectionOptions extends ClientOptions {
    @Option(
            names = "--bootstrap-server",
            required = true,
            order = FIRST,
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first.")
    String bootstrapServer = "";

    /** How to reach the cluster; tells which of the given settings are not used. */
    public KafkaSettings settings(Console console) {
        return ClientSettings.create(console, bootstrapServer, clientProperties(), retryTimeout);
    }
}
