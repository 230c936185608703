package io.pagewalk.flat;

import io.pagewalk.internal.checkpoint.CheckpointStoreContractTest;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.PlaceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's log does what every log does. */
class FlatLogTest extends CheckpointStoreContractTest {
    @TempDir
    Path directory;

    @Override
    protected CheckpointStores open() {
        FlatLogProvider provider = new FlatLogProvider();
        return provider.open(
                provider.parse("flatlog:" + directory.resolve("keys/logs")),
                "orders/1",
                PlaceSettings.of(Map.of(), Duration.ofSeconds(1)));
    }
}
