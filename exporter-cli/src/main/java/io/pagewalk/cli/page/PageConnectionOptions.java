package io.pagewalk.cli.page;

import io.pagewalk.cli.option.ClientOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is, or a server that reads it. */
@Command(optionListHeading = "Connection")
public final class PageConnectionOptions extends ClientOptions {
    @Option(
            names = "--bootstrap-server",
            order = FIRST,
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--server",
            order = FIRST,
            paramLabel = "URL",
            description = "Ask a pagewalk serve for the page instead, such as http://localhost:8480.")
    private @Nullable String server;

    @Override
    @Nullable
    protected String servers() {
        return bootstrapServer;
    }

    /** The server to ask, or null to ask the cluster. */
    public @Nullable String server() {
        return server;
    }
}
