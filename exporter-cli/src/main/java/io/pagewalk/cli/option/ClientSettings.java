package io.pagewalk.cli.option;

import io.pagewalk.Pagewalk;
import io.pagewalk.cli.console.Console;
import io.pagewalk.cli.parse.PropertiesFile;
import io.pagewalk.error.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the settings of Kafka's clients together. */
public final class ClientSettings {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");
    /** Who names providers of their own may mean something else by it. */
    private static final String PROVIDERS = "config.providers";

    private ClientSettings() {}

    /** Checks them, keeps what is secret in them, and tells which of them are not used. */
    static Map<String, String> checked(Console console, Map<String, String> properties) {
        console.keepSecret(properties);
        requireVariables(properties, console.environment());
        List<String> unused = Pagewalk.unused(properties);
        if (!unused.isEmpty()) {
            console.warn("Kafka client settings that exact reading depends on are not used as given: "
                    + String.join(", ", unused));
        }
        return properties;
    }

    /** Kafka's clients take the reference itself for the value where there is no such variable. */
    private static void requireVariables(Map<String, String> properties, Map<String, String> environment) {
        if (properties.containsKey(PROVIDERS)) {
            return;
        }
        properties.forEach((name, value) -> {
            Matcher reference = VARIABLE.matcher(value);
            while (reference.find()) {
                if (!environment.containsKey(reference.group(1))) {
                    throw new UsageException("the client setting " + name + " refers to the environment variable "
                            + reference.group(1) + ", which is not set");
                }
            }
        });
    }

    /**
     * @throws UsageException if something cannot be understood; the message does not repeat it
     */
    static Map<String, String> properties(@Nullable Path commandConfig, List<String> commandProperties) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (commandConfig != null) {
            properties.putAll(PropertiesFile.read("--command-config", commandConfig));
        }
        properties.putAll(pairs("--command-property", commandProperties));
        return properties;
    }

    /**
     * What a repeatable option that takes NAME=VALUE was given, the last of a name.
     *
     * @throws UsageException if one is no pair; the message does not repeat it
     */
    public static Map<String, String> pairs(String option, List<String> given) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UsageException(
                        option + " takes NAME=VALUE, and one that was given has no " + (equals < 0 ? "'='" : "name"));
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return pairs;
    }
}
