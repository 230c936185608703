package io.pagewalk.flat;

import io.pagewalk.error.UsageException;
import io.pagewalk.location.DirectoryLocation;
import io.pagewalk.location.LocationTexts;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.StorageClient;
import io.pagewalk.spi.StorageProvider;
import java.nio.file.Path;
import java.util.Set;

/** A kind of place that Pagewalk does not have, as somebody else would add it: {@code flat:/DIRECTORY/PREFIX}. */
public final class FlatProvider implements StorageProvider {
    static final String SCHEME = "flat";

    @Override
    public Set<String> schemes() {
        return Set.of(SCHEME);
    }

    /** The last part of the path is the prefix of the names in the directory. */
    @Override
    public DirectoryLocation parse(String text) {
        String path = text.substring(text.indexOf(':') + 1).replaceFirst("/+$", "");
        if (!path.matches("(/[^/]+){2,}")) {
            throw new UsageException(" '" + LocationTexts.shown(text) + "' is not flat:/DIRECTORY/PREFIX");
        }
        return new DirectoryLocation(SCHEME, SCHEME + ":" + path, false);
    }

    @Override
    public StorageClient connect(PlaceSettings settings) {
        return (location, temporaryFolder, runId) ->
                new FlatStorage(Path.of(location.text().substring(SCHEME.length() + 1)));
    }
}
