package io.pagewalk.cli.option;

import io.pagewalk.Pagewalk;
import io.pagewalk.PagewalkBuilder;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.schema.RegistryOptions;
import io.pagewalk.cli.schema.SchemaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to be let into a cluster, wherever it is. */
public abstract class ClientOptions {
    /** Where the cluster is comes before the options here, which picocli would put first. */
    protected static final int FIRST = -2;

    private static final Duration PATIENCE = Duration.ofSeconds(45);

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
            description =
                    "Give up when brokers or a store have not answered for so long (default: 45s). That of serve is 10s.")
    private @Nullable Duration retryTimeout;

    /** The brokers to connect to first, or null if none were named. */
    protected abstract @Nullable String servers();

    /** Whether brokers were named. */
    public final boolean namesCluster() {
        return servers() != null;
    }

    /** A connection to the cluster alone. */
    public final Pagewalk open(Console console) {
        return builder(console).open();
    }

    /**
     * Likewise, and to who knows schemas.
     *
     * @param patience how long brokers may not answer, unless that was said
     * @param hadoop settings of Hadoop's file systems
     * @param hadoopFiles files of them
     */
    public final Pagewalk open(
            Console console,
            Duration patience,
            RegistryOptions registry,
            Map<String, String> hadoop,
            List<Path> hadoopFiles) {
        return registry.addTo(builder(console), console)
                .hadoop(hadoop)
                .hadoopFiles(hadoopFiles)
                .retryTimeout(retryTimeout == null ? patience : retryTimeout)
                .open();
    }

    /** A connection to the cluster, if one was named, and to where exports are. */
    public final Pagewalk open(Console console, OutputOptions output) {
        return builder(console, output).open();
    }

    /** A connection to the cluster, and to who knows schemas. */
    public final Pagewalk open(Console console, RegistryOptions schemas) {
        return schemas.addTo(builder(console), console).open();
    }

    /** Likewise, for a run. */
    public final Pagewalk open(Console console, OutputOptions output, ExecutionOptions run, SchemaOptions schemas) {
        return schemas.addTo(builder(console, output), console)
                .threads(run.threads())
                .maxBytesPerSecond(run.maxBytesPerSecond())
                .open();
    }

    /**
     * The settings of both options.
     *
     * @throws io.pagewalk.error.UsageException if one of them cannot be understood; the message does not repeat it
     */
    public Map<String, String> clientProperties() {
        return ClientSettings.properties(commandConfig, commandProperties);
    }

    private PagewalkBuilder builder(Console console, OutputOptions output) {
        Map<String, String> hadoop = ClientSettings.pairs("--hadoop-property", output.hadoopProperties);
        console.keepSecret(hadoop);
        return builder(console).hadoop(hadoop).hadoopFiles(output.hadoopConf);
    }

    private PagewalkBuilder builder(Console console) {
        String servers = servers();
        PagewalkBuilder builder = servers == null ? Pagewalk.withoutCluster() : Pagewalk.connect(servers);
        return builder.client(() -> ClientSettings.checked(console, clientProperties()))
                .retryTimeout(retryTimeout == null ? PATIENCE : retryTimeout)
                .environment(console.environment())
                .onStall(console::warn);
    }
}
