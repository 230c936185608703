package io.pagewalk.it.hdfs;

import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.remote.RemoteCheckpointStoreTest;

class HdfsCheckpointStoreIT extends RemoteCheckpointStoreTest {
    HdfsCheckpointStoreIT() {
        super(HdfsCluster.directory("log"), HdfsCluster.properties());
    }
}
