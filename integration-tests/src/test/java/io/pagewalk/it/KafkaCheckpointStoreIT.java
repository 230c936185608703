package io.pagewalk.it;

import io.pagewalk.internal.checkpoint.CheckpointStoreContractTest;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.spi.CheckpointStores;

/** The log in a topic of a real broker; all tests share the topic. */
class KafkaCheckpointStoreIT extends CheckpointStoreContractTest {
    private final String exportId = KafkaLogs.newExport();

    @Override
    protected CheckpointStores open() {
        return KafkaLogs.openAll("contract-checkpoints", exportId);
    }
}
