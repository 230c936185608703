package io.pagewalk.it.remote;

import io.pagewalk.internal.checkpoint.CheckpointStoreContractTest;
import io.pagewalk.internal.checkpoint.StorageCheckpointStores;
import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A log as files of a store. */
public abstract class RemoteCheckpointStoreTest extends CheckpointStoreContractTest {
    private final List<Storage> storages = new ArrayList<>();
    private final String place;
    private final Map<String, String> properties;

    protected RemoteCheckpointStoreTest(String place, Map<String, String> properties) {
        this.place = place;
        this.properties = properties;
    }

    @Override
    protected CheckpointStores open() {
        Storage storage = HadoopStorages.open(
                place, "_pagewalk/tmp=", "run-" + storages.size(), properties, Duration.ofSeconds(20));
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
