package io.pagewalk.it.hdfs;

import io.pagewalk.checkpoint.CheckpointStoreContractTest;
import io.pagewalk.checkpoint.StorageCheckpointStore;
import io.pagewalk.hadoop.HadoopSettings;
import io.pagewalk.hadoop.HadoopStorage;
import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class HdfsCheckpointStoreIT extends CheckpointStoreContractTest {
    private final String place = HdfsCluster.directory("log");
    private final List<Storage> storages = new ArrayList<>();

    @Override
    protected CheckpointStore open() {
        HadoopSettings settings = new HadoopSettings(List.of(), HdfsCluster.properties(), Duration.ofSeconds(20));
        Storage storage = HadoopStorage.open(place, "_pagewalk/tmp=", "run-" + storages.size(), settings);
        storages.add(storage);
        return new StorageCheckpointStore(storage, "_pagewalk/orders");
    }

    @AfterEach
    void closeStorages() throws IOException {
        for (Storage storage : storages) {
            storage.close();
        }
    }
}
