package io.pagewalk.it.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.internal.storage.StorageContractTest;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.StorageProcess;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.StorageClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@LongTest
class HdfsStorageContractIT extends StorageContractTest {
    private final String location = HdfsCluster.directory("contract");

    /** All runs of a test share what the runs of a connection do. */
    private final StorageClient client = HadoopStorages.connect(HdfsCluster.properties(), Duration.ofSeconds(20));

    @AfterEach
    void endConnection() throws IOException {
        client.close();
    }

    @Override
    protected Storage open(String runId) {
        return HadoopStorages.open(client, location, TEMPORARY_FOLDER, runId);
    }

    @Override
    protected void beginAndDie(String runId, String name) throws Exception {
        StorageProcess.begin(List.of(), HdfsCluster.properties(), location, TEMPORARY_FOLDER, runId, name, 1000)
                .kill();
        try (Storage observer = open("waiting-for-" + runId)) {
            Eventually.isTrue("the lease of " + runId + " has run out", () -> {
                try {
                    return !observer.liveRuns().contains(runId);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    protected void takeAwayTemporaries(String runId) throws IOException {
        HdfsCluster.fileSystem().delete(new Path(location + "/" + TEMPORARY_FOLDER + "/" + runId), true);
    }

    /** Whose run could not remove it, but could end. */
    @Test
    void removesAProbeThatIsLeftWithoutALock() throws IOException {
        String folder = location + "/" + TEMPORARY_FOLDER + "/";
        HdfsCluster.fileSystem().create(new Path(folder + "dead.probe")).close();
        try (Storage alive = open("alive");
                Storage cleaner = open("cleaner")) {
            alive.create("a.json").close();
            HdfsCluster.fileSystem().create(new Path(folder + "alive.probe")).close();

            assertThat(cleaner.removeDeadTemporaries()).isEqualTo(1);

            assertThat(everything()).containsExactly(TEMPORARY_FOLDER + "/alive.probe");
        }
    }

    @Override
    protected Collection<String> everything() throws IOException {
        return HdfsCluster.files(location).stream()
                .filter(name -> !name.endsWith(".lock"))
                .toList();
    }
}
