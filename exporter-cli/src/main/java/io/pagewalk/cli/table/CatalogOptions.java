package io.pagewalk.cli.table;

import io.pagewalk.StoredExport;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.parse.PropertiesFile;
import io.pagewalk.error.UsageException;
import io.pagewalk.follow.StoredTable;
import io.pagewalk.follow.TableFollower;
import io.pagewalk.follow.TableRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the catalog of a table is reached that follows an export. */
@Command(optionListHeading = "Table")
public final class CatalogOptions {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");

    @Option(
            names = "--iceberg-catalog-config",
            paramLabel = "FILE",
            description =
                    "The catalog of Iceberg tables, in a properties file with Iceberg's own names: type (rest, jdbc, hadoop,"
                            + " hive or glue), uri, warehouse, token, credential and so on. $${env:NAME} in a value"
                            + " stands for an environment variable.")
    private @Nullable Path config;

    /** Whether a catalog was named. */
    boolean areGiven() {
        return config != null;
    }

    /**
     * The settings of the catalog.
     *
     * @throws UsageException if they cannot be read, or none were named; never shows a value
     */
    Map<String, String> settings(Console console) {
        if (config == null) {
            throw new UsageException("a table needs its catalog: give --iceberg-catalog-config");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        PropertiesFile.read("--iceberg-catalog-config", config)
                .forEach((name, value) -> settings.put(name, resolved(name, value, console.environment())));
        console.keepSecret(settings);
        return settings;
    }

    private static String resolved(String name, String value, Map<String, String> environment) {
        return VARIABLE.matcher(value).replaceAll(reference -> {
            String found = environment.get(reference.group(1));
            if (found == null) {
                throw new UsageException(
                        "the setting " + name + " of --iceberg-catalog-config refers to the environment" + " variable "
                                + reference.group(1) + ", which is not set");
            }
            return Matcher.quoteReplacement(found);
        });
    }

    /** The table that follows an export, by the export's record; empty if none does, or no catalog was named. */
    public Optional<StoredTable> tableOf(StoredExport export, Console console) {
        Optional<TableFollower> follower = areGiven() ? export.follower() : Optional.empty();
        return follower.map(table -> export.table(request(table.table(), console)));
    }

    /** A request for a table by name. */
    TableRequest request(String table, Console console) {
        return TableRequest.iceberg(table, settings(console));
    }
}
