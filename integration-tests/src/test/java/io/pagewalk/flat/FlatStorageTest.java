package io.pagewalk.flat;

import io.pagewalk.internal.storage.StorageContractTest;
import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's storage does what every storage does. */
class FlatStorageTest extends StorageContractTest {
    @TempDir
    Path directory;

    @Override
    protected Storage open(String runId) {
        FlatProvider provider = new FlatProvider();
        return provider.connect(PlaceSettings.of(Map.of(), Duration.ofSeconds(1)))
                .open(provider.parse("FLAT:" + directory.resolve("keys/out")), TEMPORARY_FOLDER, runId);
    }

    @Override
    protected void beginAndDie(String runId, String name) throws IOException {
        open(runId).create(name).stream().write(1);
    }

    @Override
    protected void takeAwayTemporaries(String runId) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    protected boolean hasTemporaries() {
        return false;
    }

    @Override
    protected Collection<String> everything() throws IOException {
        Path keys = directory.resolve("keys");
        if (!Files.exists(keys)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(keys)) {
            return files.map(file -> file.getFileName()
                            .toString()
                            .substring("out+".length())
                            .replace('+', '/'))
                    .toList();
        }
    }
}
