package io.pagewalk.it.s3;

import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.fixture.S3Store;
import io.pagewalk.it.remote.MoreDeletedRunsTest;

@LongTest
class MoreDeletedRunsIT extends MoreDeletedRunsTest {
    private final S3Store store = new S3Store();

    @Override
    protected RemoteStore store() {
        return store;
    }
}
