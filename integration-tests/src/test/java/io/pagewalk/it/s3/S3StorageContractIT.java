package io.pagewalk.it.s3;

import io.pagewalk.internal.storage.StorageContractTest;
import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.fixture.StorageProcess;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.StorageClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3StorageContractIT extends StorageContractTest {
    private static final int MORE_THAN_A_PART = 9 * 1024 * 1024;

    private final String bucket = S3Server.bucket("contract");

    private String location() {
        return "s3a://" + bucket + "/data/out";
    }

    /** All runs of a test share what the runs of a connection do. */
    private final StorageClient client = HadoopStorages.connect(S3Server.properties(), Duration.ofSeconds(20));

    @AfterEach
    void endConnection() throws IOException {
        client.close();
    }

    @Override
    protected Storage open(String runId) {
        return HadoopStorages.open(client, location(), TEMPORARY_FOLDER, runId);
    }

    @Override
    protected boolean hasTemporaries() {
        return false;
    }

    /** Nobody is told there. */
    @Override
    @Test
    @LongTest
    protected void tellsWhichOtherRunsAreAlive() throws Exception {
        super.tellsWhichOtherRunsAreAlive();
    }

    @Override
    protected int races() {
        return LongTests.count(8, 40);
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
