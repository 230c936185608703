package io.pagewalk.it.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Random;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory in which files are striped, which can be neither appended to nor synced. */
@LongTest
class HdfsErasureCodingIT {
    private static final String POLICY = "XOR-2-1-1024k";
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";

    private final String location = HdfsCluster.directory("striped");

    @BeforeEach
    void stripe() throws IOException {
        DistributedFileSystem hdfs = (DistributedFileSystem) HdfsCluster.fileSystem();
        hdfs.mkdirs(new Path(location));
        hdfs.enableErasureCodingPolicy(POLICY);
        hdfs.setErasureCodingPolicy(new Path(location), POLICY);
    }

    private Storage open(String runId) {
        return HadoopStorages.open(location, TEMPORARY_FOLDER, runId, HdfsCluster.properties(), Duration.ofSeconds(20));
    }

    @Test
    void publishesAStripedFile() throws IOException {
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        try (Storage storage = open("run")) {
            try (PendingFile file = storage.create("a.parquet")) {
                file.stream().write(bytes);
                file.publish();
            }

            try (InputStream in = Channels.newInputStream(storage.open("a.parquet"))) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
        assertThat(HdfsCluster.fileSystem()
                        .getFileStatus(new Path(location + "/a.parquet"))
                        .isErasureCoded())
                .isTrue();
    }

    @Test
    void knowsWhichRunsAreAlive() throws IOException {
        try (Storage storage = open("run");
                Storage observer = open("observer")) {
            storage.create("a.parquet").close();

            assertThat(observer.liveRuns()).containsExactly("run");
            assertThat(observer.removeDeadTemporaries()).isZero();
            assertThat(observer.liveRuns()).containsExactly("run");
        }
    }

    /** As one that is striped, of a run of an older version. */
    @Test
    void takesARunForAliveWhoseLockCannotBeTried() throws IOException {
        Path lock = new Path(location + "/" + TEMPORARY_FOLDER + "/old.lock");
        HdfsCluster.fileSystem().create(lock).close();

        try (Storage observer = open("observer")) {
            assertThat(observer.liveRuns()).containsExactly("old");
            assertThat(observer.removeDeadTemporaries()).isZero();
        }
    }
}
