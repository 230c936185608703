package io.pagewalk.internal.storage;

import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LocalPaths;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.StorageClient;
import io.pagewalk.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Set;

/**
 * The local disk. Runs share nothing there: a directory that one has made durable may be gone, and another in its place, before
 * the next one begins.
 */
public final class LocalProvider implements StorageProvider {
    public static final String SCHEME = "file";

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    /** Takes plain paths, too. */
    @Override
    public DirectoryLocation parse(String text) {
        return location(LocalPaths.parse(text));
    }

    /** The location of a directory. */
    public static DirectoryLocation location(Path directory) {
        return new DirectoryLocation(
                SCHEME, directory.toAbsolutePath().normalize().toString(), true);
    }

    @Override
    public StorageClient connect(PlaceSettings settings) {
        return (location, temporaryFolder, runId) ->
                LocalStorage.open(Path.of(location.text()), temporaryFolder, runId);
    }
}
