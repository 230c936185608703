package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryStorageTest extends StorageContractTest {
    private final InMemoryStorage.Location location = new InMemoryStorage.Location();

    @Override
    protected Storage open(String runId) {
        return location.open(runId);
    }

    @Override
    protected void beginAndDie(String runId, String name) throws IOException {
        location.open(runId).create(name).stream().write(1);
        location.kill(runId);
    }

    @Override
    protected void takeAwayTemporaries(String runId) {
        location.takeAwayTemporaries(runId);
    }

    @Override
    protected Collection<String> everything() {
        List<String> names = new ArrayList<>(location.files().keySet());
        names.addAll(location.temporaries());
        return names;
    }

    @Test
    void losesTheReplyOfAPublicationThatTookEffect() {
        InMemoryStorage storage = location.open("run");
        storage.inject(new Faults() {
            @Override
            public void after(Operation operation, String name) throws IOException {
                if (operation == Operation.PUBLISH) {
                    throw new IOException("reply lost");
                }
            }
        });

        assertThatIOException()
                .isThrownBy(() -> publish(storage, "a", "content"))
                .withMessage("reply lost");

        assertThat(location.files()).containsKey("a");
    }

    @Test
    void doesNothingOnceItsRunIsDead() throws IOException {
        Storage storage = location.open("run");
        Storage.PendingFile file = storage.create("a");

        location.kill("run");

        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(file::publish);
        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(file::close);
        assertThatExceptionOfType(SimulatedCrash.class).isThrownBy(storage::close);
        assertThat(location.files()).isEmpty();
        assertThat(location.temporaries()).hasSize(1);
    }
}
