package io.pagewalk.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.storage.Faults;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.internal.storage.LocalStorage;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckpointStoreTest extends CheckpointStoreContractTest {
    private static final String LOGS = "_pagewalk/orders";
    private static final String DIRECTORY = LOGS + "/1";

    private final InMemoryStorage.Location location = new InMemoryStorage.Location();
    private int runs;

    @Override
    protected CheckpointStores open() {
        return new StorageCheckpointStores(storage(), LOGS);
    }

    private CheckpointStore openOne() {
        return open().of(1);
    }

    private InMemoryStorage storage() {
        return location.open("run-" + runs++);
    }

    @Test
    void namesItsFilesByTwentyDigits() throws IOException {
        CheckpointStore log = openOne();

        log.append(0, bytes("zero"));
        log.append(1, bytes("one"));

        assertThat(location.files())
                .containsOnlyKeys(
                        "_pagewalk/orders/1/00000000000000000000.json", "_pagewalk/orders/1/00000000000000000001.json");
        assertThat(log.location()).isEqualTo("memory/_pagewalk/orders/1");
    }

    @Test
    void ignoresFilesThatAreNoEntries() throws IOException {
        CheckpointStore log = openOne();
        log.append(0, bytes("zero"));
        for (String name : List.of(
                "claim.json",
                "1.json",
                "00000000000000000001.json.bak",
                "00000000000000000001.jsonl",
                "99999999999999999999.json",
                "٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠٠١.json",
                "tmp/00000000000000000001.json")) {
            publish(DIRECTORY + "/" + name);
        }

        assertThat(log.lastSequence()).hasValue(0);
        log.append(1, bytes("one"));
        assertThat(openOne().lastSequence()).hasValue(1);
    }

    @Test
    void namesTheEntryThatIsMissing() throws IOException {
        CheckpointStore log = openOne();
        for (int sequence = 0; sequence < 5; sequence++) {
            log.append(sequence, bytes("entry"));
        }
        storage().delete(DIRECTORY + "/00000000000000000003.json");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> openOne().lastSequence())
                .withMessage(
                        "the checkpoint log memory/_pagewalk/orders/1 is broken: 00000000000000000003.json is missing,"
                                + " though 00000000000000000004.json is there; restore it, or delete the export"
                                + " without its log and export anew");
        assertThatIOException()
                .isThrownBy(() -> openOne().append(4, bytes("entry")))
                .withMessage(
                        "cannot append to the checkpoint log memory/_pagewalk/orders/1: 00000000000000000003.json is"
                                + " missing");
    }

    @Test
    void namesTheFirstEntryIfThatIsMissing() throws IOException {
        publish(DIRECTORY + "/00000000000000000007.json");

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> openOne().lastSequence())
                .withMessageContaining("00000000000000000000.json is missing");
    }

    @Test
    void takesAnEntryThatTheListingMissedForThere() throws IOException {
        CheckpointStore writer = openOne();
        writer.append(0, bytes("zero"));
        writer.append(1, bytes("one"));
        writer.append(2, bytes("two"));

        Storage overtaken = new ForwardingStorage(storage()) {
            @Override
            public List<StoredFile> list(String directory) throws IOException {
                List<StoredFile> files = new ArrayList<>(super.list(directory));
                files.removeIf(file -> file.name().endsWith("1.json"));
                return files;
            }
        };

        assertThat(new StorageCheckpointStore(overtaken, DIRECTORY).lastSequence())
                .hasValue(2);
    }

    @Test
    void makesTheLastEntryDurableBeforeItCounts() throws IOException {
        openOne().append(0, bytes("zero"));
        openOne().append(1, bytes("one"));
        List<String> persisted = new ArrayList<>();
        InMemoryStorage storage = storage();
        storage.inject(recordPersisted(persisted));

        CheckpointStore log = new StorageCheckpointStore(storage, DIRECTORY);
        log.lastSequence();
        assertThat(persisted).containsExactly("_pagewalk/orders/1/00000000000000000001.json");

        log.append(2, bytes("two"));
        assertThat(persisted).hasSize(1);
    }

    @Test
    void makesARivalsEntryDurableBeforeItReportsIt() throws IOException {
        openOne().append(0, bytes("rival"));
        List<String> persisted = new ArrayList<>();
        InMemoryStorage storage = storage();
        storage.inject(recordPersisted(persisted));

        CheckpointStore log = new StorageCheckpointStore(storage, DIRECTORY);
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> log.append(0, bytes("late")));

        assertThat(persisted).containsExactly("_pagewalk/orders/1/00000000000000000000.json");
    }

    @Test
    void refusesAnEntryOfAbsurdSize(@TempDir Path directory) throws IOException {
        Path huge = directory.resolve("00000000000000000000.json");
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1]), 1L << 32);
        }

        try (Storage storage = LocalStorage.open(directory.getParent(), "tmp", "run")) {
            CheckpointStore log =
                    new StorageCheckpointStore(storage, directory.getFileName().toString());

            assertThatIOException()
                    .isThrownBy(() -> log.read(0))
                    .withMessage("cannot read " + huge + ": its 4294967297 bytes are too many for a checkpoint");
        }
    }

    private static Faults recordPersisted(List<String> names) {
        return new Faults() {
            @Override
            public void before(Operation operation, String name) {
                if (operation == Operation.PERSIST) {
                    names.add(name);
                }
            }
        };
    }

    private void publish(String name) throws IOException {
        try (Storage storage = storage();
                PendingFile file = storage.create(name)) {
            file.publish();
        }
    }
}
