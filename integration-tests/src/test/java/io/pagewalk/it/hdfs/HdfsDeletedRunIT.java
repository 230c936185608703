package io.pagewalk.it.hdfs;

import io.pagewalk.it.fixture.HdfsStore;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.remote.DeletedRunTest;
import java.io.IOException;

/** On HDFS a run whose lease has run out is held for dead. */
class HdfsDeletedRunIT extends DeletedRunTest {
    private final HdfsStore store = new HdfsStore();

    @Override
    protected RemoteStore store() {
        return store;
    }

    @Override
    protected void ruinLog(String place, String topic) throws IOException {
        for (String name : store.files(place)) {
            if (name.matches("_pagewalk/.*/[0-9]{20}\\.json")) {
                store.remove(place, name);
            }
        }
    }
}
