package io.pagewalk.flat;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.LocationTexts;
import io.pagewalk.location.LogLocation;
import io.pagewalk.spi.CheckpointStoreProvider;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.PlaceSettings;
import java.nio.file.Path;
import java.util.Set;

/** A kind of place for logs that Pagewalk does not have, as somebody else would add it: {@code flatlog:/DIRECTORY/PREFIX}. */
public final class FlatLogProvider implements CheckpointStoreProvider {
    private static final String SCHEME = "flatlog";

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    @Override
    public LogLocation parse(String text) {
        String path = text.substring(text.indexOf(':') + 1);
        if (!path.matches("(/[^/]+){2,}")) {
            throw new UsageException(" '" + LocationTexts.shown(text) + "' is not flatlog:/DIRECTORY/PREFIX");
        }
        return new LogLocation(SCHEME, SCHEME + ":" + path, null);
    }

    @Override
    public CheckpointStores open(LogLocation location, String export, PlaceSettings settings) {
        return new FlatLogs(location.text(), root(location), export);
    }

    @Override
    public CheckpointStores view(LogLocation location, String export, PlaceSettings settings) {
        return open(location, export, settings);
    }

    private static FlatStorage root(LogLocation location) {
        return new FlatStorage(Path.of(location.text().substring(SCHEME.length() + 1)));
    }
}
