package io.pagewalk.internal.schema.registry.http;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Replaces what stands for values that are elsewhere, as Kafka's clients do. */
final class SettingValues {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");

    private SettingValues() {}

    /**
     * The settings with their values. Who names config providers gets theirs, and else {@code ${env:NAME}} is a variable.
     *
     * @throws UsageException if a variable is not set, or a provider fails
     */
    static Map<String, String> resolved(Map<String, String> properties, Map<String, String> environment) {
        if (properties.containsKey(SettingNames.PROVIDERS)) {
            return provided(properties);
        }
        Map<String, String> resolved = new HashMap<>();
        properties.forEach((name, value) -> resolved.put(
                name,
                VARIABLE.matcher(value)
                        .replaceAll(
                                variable -> Matcher.quoteReplacement(variable(name, variable.group(1), environment)))));
        return resolved;
    }

    private static String variable(String name, String variable, Map<String, String> environment) {
        String value = environment.get(variable);
        if (value == null) {
            throw new UsageException("the registry's setting " + name + " refers to the environment variable "
                    + variable + ", which is not set");
        }
        return value;
    }

    private static Map<String, String> provided(Map<String, String> properties) {
        try {
            Map<String, String> resolved = new HashMap<>();
            new AbstractConfig(new ConfigDef(), properties, Map.of(), false)
                    .originals()
                    .forEach((name, value) -> resolved.put(name, String.valueOf(value)));
            return resolved;
        } catch (KafkaException e) {
            throw new UsageException(
                    SettingNames.PROVIDERS + " of the registry's settings cannot be used: "
                            + e.getClass().getSimpleName(),
                    Advice.CHANGE_REGISTRY_SETTINGS);
        }
    }
}
