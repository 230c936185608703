package io.pagewalk.it.hdfs;

import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.remote.RemoteCheckpointStoreTest;

@LongTest
class HdfsCheckpointStoreIT extends RemoteCheckpointStoreTest {
    HdfsCheckpointStoreIT() {
        super(HdfsCluster.directory("log"), HdfsCluster.properties());
    }
}
