package io.pagewalk.spi;

import io.pagewalk.location.LogLocation;
import java.util.Set;

/**
 * Serves locations of some schemes, as places for logs that are not in a directory. Pagewalk knows its own; others are found by
 * {@link java.util.ServiceLoader}, in jars on the class path, and are asked only for a scheme that is not Pagewalk's; those need a
 * public constructor without arguments. What is refused is a {@link io.pagewalk.error.UsageException} whose message says what is
 * possible.
 */
public interface CheckpointStoreProvider {
    /** As {@link StorageProvider#schemes}; none of them is a {@link StorageProvider}'s, too. */
    Set<String> schemes();

    /** As {@link StorageProvider#parse}. */
    LogLocation parse(String text);

    /**
     * Opens the logs of an export for who runs it, or removes it. Touches nothing yet.
     *
     * @param location as {@link #parse} made it
     * @param export whose logs there: {@code EXPORT-ID/GENERATION}, of letters, digits, {@code .}, {@code _} and {@code -}
     */
    CheckpointStores open(LogLocation location, String export, PlaceSettings settings);

    /** Likewise, to look at: it disturbs no run, and whatever would change a log fails. */
    CheckpointStores view(LogLocation location, String export, PlaceSettings settings);
}
