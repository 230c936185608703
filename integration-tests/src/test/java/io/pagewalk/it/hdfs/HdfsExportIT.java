package io.pagewalk.it.hdfs;

import io.pagewalk.it.fixture.HdfsCluster;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.remote.RemoteExportTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HdfsExportIT extends RemoteExportTest {
    @Override
    protected String place(String purpose) {
        return HdfsCluster.directory(purpose);
    }

    @Override
    protected Map<String, String> properties() {
        return HdfsCluster.properties();
    }

    /** Every build does so on S3. */
    @Override
    @Test
    @LongTest
    protected void runsThatStartAtTheSameInstantEndWithOneExport() throws Exception {
        super.runsThatStartAtTheSameInstantEndWithOneExport();
    }

    /** But for what belongs to runs. */
    @Override
    protected List<String> files(String place) throws IOException {
        return HdfsCluster.files(place).stream()
                .filter(name -> !name.startsWith("_pagewalk/tmp="))
                .toList();
    }

    @Override
    protected void download(String place, Path directory) throws IOException {
        for (String name : files(place)) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream content =
                    HdfsCluster.fileSystem().open(new org.apache.hadoop.fs.Path(place + "/" + name))) {
                Files.copy(content, file);
            }
        }
    }
}
