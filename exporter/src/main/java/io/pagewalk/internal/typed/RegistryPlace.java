package io.pagewalk.internal.typed;

import io.pagewalk.error.Advice;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.glue.GlueRegistry;
import io.pagewalk.internal.schema.registry.RegistryClient;
import io.pagewalk.internal.schema.registry.SchemaRegistry;
import io.pagewalk.internal.schema.registry.http.RegistrySettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a schema registry is, and how it lets in. Nothing is asked of it before it is needed. Any thread may use it.
 *
 * @param urls comma-separated, or {@code glue:} and a region of AWS; null where the properties name them
 * @param properties settings with Confluent's names, asked for when they are needed first
 * @param environment what {@code ${env:NAME}} in them stands for
 * @param retryTimeout how long one that does not answer is waited for
 */
public record RegistryPlace(
        @Nullable String urls,
        Supplier<Map<String, String>> properties,
        Map<String, String> environment,
        Duration retryTimeout) {
    /** Here, so that nothing of AWS is loaded where it is not named. */
    private static final String GLUE = "glue:";

    /**
     * A client of one run, or of a connection.
     *
     * @param context which of the registry's contexts is asked; empty for that of its address
     * @throws io.pagewalk.error.UsageException if the settings cannot be
     */
    public SchemaRegistry open(String context, BooleanSupplier stopped) {
        return open(context, retryTimeout, stopped);
    }

    /**
     * Likewise.
     *
     * @param patience how long it waits for a registry that does not answer, if that is less
     */
    SchemaRegistry open(String context, Duration patience, BooleanSupplier stopped) {
        Duration timeout = patience.compareTo(retryTimeout) < 0 ? patience : retryTimeout;
        if (urls != null && urls.startsWith(GLUE)) {
            if (!context.isEmpty()) {
                throw new UsageException("AWS Glue has no contexts", Advice.NAME_THE_CONTEXT);
            }
            return GlueRegistry.of(urls.strip(), properties.get(), timeout, stopped);
        }
        RegistrySettings settings = RegistrySettings.of(urls, new HashMap<>(properties.get()), environment);
        return new RegistryClient(settings, context.isEmpty() ? null : context, timeout, stopped);
    }
}
