package io.pagewalk.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExclusivePublicationProbeTest {
    private static final String NAME = "_pagewalk/orders/tmp/run/probe.tmp";

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private final InMemoryStorage storage = location.open("run");
    private final InMemoryStorage accomplice = location.open("accomplice");

    @Test
    void refusesAStorageThatOverwrites() {
        storage.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.PUBLISH) {
                    accomplice.delete(name);
                }
            }
        });

        assertRefused();
    }

    @Test
    void refusesAStorageThatOverwritesAndFails() {
        storage.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.PUBLISH && location.files().containsKey(name)) {
                    accomplice.delete(name);
                    try (PendingFile file = accomplice.create(name)) {
                        file.stream().write(2);
                        file.publish();
                    }
                }
            }
        });

        assertRefused();
    }

    private void assertRefused() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ExclusivePublicationProbe.check(storage, NAME))
                .withMessage("two files could be published under one name in memory: it cannot hold an export, choose"
                        + " another location");
        assertThat(location.files()).isEmpty();
    }
}
