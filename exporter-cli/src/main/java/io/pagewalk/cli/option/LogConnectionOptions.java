package io.pagewalk.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is, for commands that look at exports. */
@Command(optionListHeading = "Connection")
public final class LogConnectionOptions extends OptionalConnectionOptions {
    @Option(
            names = "--bootstrap-server",
            order = FIRST,
            paramLabel = "HOST:PORT[,...]",
            description = "Brokers to connect to first, if the log is in a topic or a topic is compared with.")
    void bootstrapServer(@Nullable String servers) {
        connectTo(servers);
    }
}
