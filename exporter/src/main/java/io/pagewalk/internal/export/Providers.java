package io.pagewalk.internal.export;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.checkpoint.kafka.KafkaLogProvider;
import io.pagewalk.internal.hadoop.HadoopProvider;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.internal.storage.LocalProvider;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.Location;
import io.pagewalk.location.LocationTexts;
import io.pagewalk.spi.CheckpointStoreProvider;
import io.pagewalk.spi.StorageProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who serves which scheme: Pagewalk's own, and those of jars that are put beside it. Who uses the own ones loads no class of another
 * and need not wait until jars were searched.
 */
public final class Providers {
    /** No references to constructors: those load the classes at once. */
    private static final List<Supplier<StorageProvider>> OWN_STORAGES =
            List.of(() -> new LocalProvider(), () -> new HadoopProvider());

    private Providers() {}

    /** As {@link io.pagewalk.Locations#parse} says. */
    public static Location parse(String text) {
        String scheme = LocationTexts.schemeOf(text);
        CheckpointStoreProvider provider = scheme == null ? null : ofLogs(scheme, Providers::withoutCluster);
        return provider == null ? parseDirectory(text) : provider.parse(text);
    }

    /** Reads what locations say, and opens none. */
    private static CheckpointStoreProvider withoutCluster() {
        return new KafkaLogProvider(
                location -> {
                    throw new IllegalStateException("no cluster for " + location);
                },
                new StopSignal(),
                new Waits());
    }

    /** As {@link io.pagewalk.Locations#parseDirectory} says. */
    public static DirectoryLocation parseDirectory(String text) {
        if (text.isBlank()) {
            throw new UsageException("'' is empty; give " + accepted());
        }
        String scheme = LocationTexts.schemeOf(text);
        StorageProvider provider = ofStorages(scheme == null ? LocalProvider.SCHEME : scheme);
        if (provider == null) {
            throw LocationTexts.unsupported(text, accepted());
        }
        return provider.parse(text);
    }

    /** The schemes of places for files, the local disk's last. */
    private static String accepted() {
        Set<String> schemes = new LinkedHashSet<>();
        OWN_STORAGES.forEach(own -> schemes.addAll(own.get().schemes()));
        others(StorageProvider.class).forEach(other -> schemes.addAll(other.schemes()));
        schemes.remove(LocalProvider.SCHEME);
        return "a local path, or a URI of " + String.join(", ", schemes) + " or " + LocalProvider.SCHEME;
    }

    /** Who serves places for files of that scheme, or null. */
    static @Nullable StorageProvider ofStorages(String scheme) {
        for (Supplier<StorageProvider> own : OWN_STORAGES) {
            StorageProvider provider = own.get();
            if (provider.schemes().contains(scheme)) {
                return provider;
            }
        }
        for (StorageProvider other : others(StorageProvider.class)) {
            if (other.schemes().contains(scheme)) {
                return other;
            }
        }
        return null;
    }

    /**
     * Who serves places for logs alone of that scheme, or null.
     *
     * @param topics who serves those in topics
     */
    static @Nullable CheckpointStoreProvider ofLogs(String scheme, Supplier<CheckpointStoreProvider> topics) {
        CheckpointStoreProvider own = topics.get();
        if (own.schemes().contains(scheme)) {
            return own;
        }
        if (ofOwnStorages(scheme)) {
            return null;
        }
        for (CheckpointStoreProvider other : others(CheckpointStoreProvider.class)) {
            if (other.schemes().contains(scheme)) {
                return other;
            }
        }
        return null;
    }

    private static boolean ofOwnStorages(String scheme) {
        return OWN_STORAGES.stream().anyMatch(own -> own.get().schemes().contains(scheme));
    }

    /** A location that was not parsed here, but made by hand. */
    static UsageException nobodyServes(Location location) {
        return new UsageException(
                "the scheme of " + location + " is not supported; put the jar that serves it into lib/ext");
    }

    private static <P> List<P> others(Class<P> type) {
        List<P> others = new ArrayList<>();
        try {
            ServiceLoader.load(type).forEach(others::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new UsageException(
                    "a jar beside Pagewalk says that it serves locations, but that cannot be loaded: " + e.getMessage()
                            + "; take it away from lib/ext, or put one there that is made for this version",
                    e);
        }
        return others;
    }
}
