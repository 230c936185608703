package io.pagewalk.cli.option;

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

    @Override
    protected String servers() {
        return bootstrapServer;
    }
}
