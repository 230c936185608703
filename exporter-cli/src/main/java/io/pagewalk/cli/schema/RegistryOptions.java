package io.pagewalk.cli.schema;

import io.pagewalk.PagewalkBuilder;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.parse.PropertiesFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who knows schemas. */
@Command(optionListHeading = "Schemas")
public class RegistryOptions {
    @Option(
            names = "--schema-registry",
            paramLabel = "URL[,...]",
            description =
                    "A registry that speaks Confluent's API, or glue:REGION, AWS Glue's. With it, auto finds payloads"
                            + " whose schemas it has.")
    private @Nullable String registry;

    @Option(
            names = "--schema-registry-config",
            paramLabel = "FILE",
            description = "Settings of the registry's client with Confluent's names, such as basic.auth.user.info, in a"
                    + " properties file. $${env:NAME} in a value stands for an environment variable.")
    private @Nullable Path registryConfig;

    @Option(
            names = "--registry-context",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Which of the registry's contexts ids are of, if not that of its address.")
    private String context = "";

    /** Whether anything of a registry was said. */
    final boolean areGiven() {
        return registry != null || registryConfig != null || !context.isEmpty();
    }

    /** Which of the registry's contexts ids are of; empty for that of its address. */
    public final String context() {
        return context;
    }

    /** Tells a connection who knows schemas, if anybody does. */
    public final PagewalkBuilder addTo(PagewalkBuilder builder, Console console) {
        Path config = registryConfig;
        if (registry == null && config == null) {
            return builder;
        }
        return builder.schemaRegistry(registry, () -> {
            Map<String, String> settings =
                    config == null ? Map.of() : PropertiesFile.read("--schema-registry-config", config);
            console.keepSecret(settings);
            return settings;
        });
    }
}
