package io.pagewalk.it.s3;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.remote.RemoteCheckpointStoreTest;

@LongTest
class S3CheckpointStoreIT extends RemoteCheckpointStoreTest {
    S3CheckpointStoreIT() {
        super("s3a://" + S3Server.bucket("log") + "/out", S3Server.properties());
    }
}
