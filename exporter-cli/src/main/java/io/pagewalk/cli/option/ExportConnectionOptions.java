package io.pagewalk.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the cluster is, for an export of a topic; what another export has set aside is exported without one. */
@Command(optionListHeading = "Connection")
public final class ExportConnectionOptions extends OptionalConnectionOptions {
    @Option(
            names = "--bootstrap-server",
            order = FIRST,
            paramLabel = "HOST:PORT[,...]",
            description =
                    "Brokers to connect to first. Not needed with --from-dead-letters, unless a log is in a topic.")
    void bootstrapServer(@Nullable String servers) {
        connectTo(servers);
    }
}
