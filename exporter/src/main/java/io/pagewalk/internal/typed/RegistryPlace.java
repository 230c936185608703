package io.pagewalk.internal.typed;

import io.pagewalk.internal.schema.registry.RegistryClient;
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
 * @param urls comma-separated; null where the properties name them
 * @param properties settings with Confluent's names, asked for when they are needed first
 * @param environment what {@code ${env:NAME}} in them stands for
 * @param retryTimeout how long one that does not answer is waited for
 */
public record RegistryPlace(
        @Nullable String urls,
        Supplier<Map<String, String>> properties,
        Map<String, String> environment,
        Duration retryTimeout) {
    /**
     * A client of one run, or of a connection.
     *
     * @param context which of the registry's contexts is asked; empty for that of its address
     * @throws io.pagewalk.error.UsageException if the settings cannot be
     */
    public RegistryClient open(String context, BooleanSupplier stopped) {
        return open(context, retryTimeout, stopped);
    }

    /**
     * Likewise.
     *
     * @param patience how long it waits for a registry that does not answer, if that is less
     */
    RegistryClient open(String context, Duration patience, BooleanSupplier stopped) {
        Duration timeout = patience.compareTo(retryTimeout) < 0 ? patience : retryTimeout;
        RegistrySettings settings = RegistrySettings.of(urls, new HashMap<>(properties.get()), environment);
        return new RegistryClient(settings, context.isEmpty() ? null : context, timeout, stopped);
    }
}
