package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pagewalk.it.fixture.RemoteStore;
import io.pagewalk.it.fixture.S3Store;
import io.pagewalk.it.remote.DeletedRunTest;

/** On S3 nobody sees that a run is alive. */
class DeletedRunIT extends DeletedRunTest {
    private final S3Store store = new S3Store();

    @Override
    protected RemoteStore store() {
        return store;
    }

    /** Somebody has written into an entry. */
    @Override
    protected void ruinLog(String place, String topic) {
        String entry = store.files(place).stream()
                .filter(name -> name.matches("_pagewalk/.*/[0-9]{19}1\\.json"))
                .findFirst()
                .orElseThrow();
        store.write(place, entry, "no entry".getBytes(UTF_8));
    }
}
