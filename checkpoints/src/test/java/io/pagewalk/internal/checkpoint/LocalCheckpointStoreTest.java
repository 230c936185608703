package io.pagewalk.internal.checkpoint;

import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real disk. */
class LocalCheckpointStoreTest extends CheckpointStoreContractTest {
    private final List<Storage> storages = new ArrayList<>();

    @TempDir
    Path directory;

    @Override
    protected CheckpointStores open() {
        Storage storage = LocalStorage.open(directory.resolve("out"), "_pagewalk/orders/tmp", "run-" + storages.size());
        storages.add(storage);
        return new StorageCheckpointStores(storage, "_pagewalk/orders");
    }

    @AfterEach
    void closeStorages() throws IOException {
        for (Storage storage : storages) {
            storage.close();
        }
    }
}
