package io.pagewalk.it.s3;

import io.pagewalk.internal.hadoop.HadoopSettings;
import io.pagewalk.internal.hadoop.HadoopStorage;
import io.pagewalk.internal.storage.StorageContractTest;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.fixture.StorageProcess;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

class S3StorageContractIT extends StorageContractTest {
    private static final int MORE_THAN_A_PART = 9 * 1024 * 1024;

    private final String bucket = S3Server.bucket("contract");

    private String location() {
        return "s3a://" + bucket + "/data/out";
    }

    @Override
    protected Storage open(String runId) {
        HadoopSettings settings = new HadoopSettings(List.of(), S3Server.properties(), Duration.ofSeconds(20));
        return HadoopStorage.open(location(), TEMPORARY_FOLDER, runId, settings);
    }

    @Override
    protected boolean hasTemporaries() {
        return false;
    }

    @Override
    protected void beginAndDie(String runId, String name) throws Exception {
        StorageProcess.begin(
                        List.of(), S3Server.properties(), location(), TEMPORARY_FOLDER, runId, name, MORE_THAN_A_PART)
                .kill();
    }

    @Override
    protected void takeAwayTemporaries(String runId) {
        throw new UnsupportedOperationException("there are none");
    }

    @Override
    protected Collection<String> everything() throws IOException {
        return S3Server.keys(bucket).stream()
                .map(key -> key.substring("data/out/".length()))
                .toList();
    }
}
