package io.pagewalk.spi;

import io.pagewalk.location.DirectoryLocation;
import java.util.Set;

/**
 * Serves locations of some schemes, as places for files. Pagewalk knows its own; others are found by {@link
 * java.util.ServiceLoader}, in jars on the class path, and are asked only for a scheme that is not Pagewalk's. Stateless, with a
 * public constructor without arguments. What is refused is a {@link io.pagewalk.error.UsageException} whose message says what is
 * possible.
 */
public interface StorageProvider {
    /** The schemes, what stands before the first colon of a location's text, in lower case; in the order in which messages list them. */
    Set<String> schemes();

    /**
     * Reads and normalises a location: two texts that mean the same place become equal locations, and the text of a location
     * is read as that location. Touches nothing.
     *
     * @param text with one of the schemes, in any case
     * @throws io.pagewalk.error.UsageException if it is no location, or holds credentials; the message goes on after the name
     *     of an option
     */
    DirectoryLocation parse(String text);

    /**
     * What the storages of one connection share. Called once for each connection and scheme, when that is needed first;
     * touches nothing yet.
     */
    StorageClient connect(PlaceSettings settings);
}
