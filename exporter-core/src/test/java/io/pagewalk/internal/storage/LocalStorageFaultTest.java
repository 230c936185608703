package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.error.FencedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.storage.Faults.Operation;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link LocalStorage} makes of a disk that fails. */
class LocalStorageFaultTest {
    private static final Path ROOT = Path.of("/data/out");
    private static final String TEMPORARY_FOLDER = "_pagewalk/orders/tmp";
    private static final String TEMPORARY = ROOT + "/" + TEMPORARY_FOLDER + "/run/0.tmp";
    private static final String NAME = "orders-0-00000000000000000000.jsonl";

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final SimulatedDisk.SimulatedProcess process = disk.start();
    private final Storage storage = process.storage(ROOT, TEMPORARY_FOLDER, "run");

    @Test
    void publishesNoFileThatTheDiskWasTooFullFor() throws IOException {
        failBefore(Operation.WRITE, TEMPORARY, new IOException("No space left on device"));

        try (PendingFile file = storage.create(NAME)) {
            assertThatIOException()
                    .isThrownBy(() -> file.stream().write(new byte[10]))
                    .withMessage("cannot write " + TEMPORARY + ": No space left on device");
            process.inject(Faults.NONE);

            assertThatIOException()
                    .isThrownBy(() -> file.stream().write(new byte[10]))
                    .withMessage("cannot write /data/out/" + NAME + ": it was given up");
            assertThatIOException().isThrownBy(file::publish);
        }

        assertThat(disk.files(ROOT)).containsOnlyKeys(TEMPORARY_FOLDER + "/run.lock");
        publish();
        assertThat(disk.files(ROOT)).containsKey(NAME);
    }

    @Test
    void neverSyncsAFileAgainWhoseSyncFailed() throws IOException {
        AtomicInteger syncs = new AtomicInteger();
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.FORCE && name.equals(TEMPORARY)) {
                    syncs.incrementAndGet();
                    throw new IOException("Input/output error");
                }
            }
        });

        try (PendingFile file = storage.create(NAME)) {
            file.stream().write(1);
            assertThatIOException()
                    .isThrownBy(file::publish)
                    .withMessage("cannot sync " + TEMPORARY + ": Input/output error");
            assertThatIOException().isThrownBy(file::publish);
        }

        assertThat(syncs).hasValue(1);
        assertThat(disk.files(ROOT)).containsOnlyKeys(TEMPORARY_FOLDER + "/run.lock");
    }

    @Test
    void doesNotReportAFileAsPublishedWhoseDirectoryCannotBeSynced() throws IOException {
        failBefore(Operation.FORCE_DIRECTORY, ROOT + "/logs", new IOException("Input/output error"));

        assertThatIOException()
                .isThrownBy(() -> publish("logs/0.json"))
                .withMessage("cannot sync directory /data/out/logs: Input/output error");
        process.inject(Faults.NONE);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> publish("logs/0.json"));
    }

    /** The kernel tells one sync of a failure; the next one says that all is well. */
    @Test
    void neverBelievesADirectoryAgainWhoseSyncFailed() throws IOException {
        publish("logs/0.json");
        failBefore(Operation.FORCE_DIRECTORY, ROOT + "/logs", new IOException("Input/output error"));
        assertThatIOException().isThrownBy(() -> publish("logs/1.json"));
        process.inject(Faults.NONE);

        assertThatIOException()
                .isThrownBy(() -> storage.persist("logs/1.json"))
                .withMessage(
                        "cannot sync directory /data/out/logs: an earlier sync of it failed, and what that has lost"
                                + " is not known; run again");
        assertThatIOException().isThrownBy(() -> publish("logs/2.json"));
        assertThatIOException().isThrownBy(() -> storage.delete("logs/0.json"));
        publish("elsewhere/0.json");
    }

    @Test
    void neverBelievesAPublishedFileAgainWhoseSyncFailed() throws IOException {
        publish("logs/0.json");
        failBefore(Operation.FORCE, ROOT + "/logs/0.json", new IOException("Input/output error"));
        assertThatIOException().isThrownBy(() -> storage.persist("logs/0.json"));
        process.inject(Faults.NONE);

        assertThatIOException()
                .isThrownBy(() -> storage.persist("logs/0.json"))
                .withMessageContaining("an earlier sync of it failed");
    }

    @Test
    void looksAgainForAFileThatWasNotThere() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.persist("logs/0.json"));
        publish("logs/0.json");

        storage.persist("logs/0.json");
    }

    @Test
    void refusesAFileSystemWithoutHardLinks() {
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.LINK) {
                    throw new FileSystemException(name, null, "Operation not permitted");
                }
            }
        });

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(this::publish)
                .withMessageContaining("cannot link files")
                .withMessageContaining(ROOT.toString())
                .withMessageContaining("Operation not permitted");
        assertThat(disk.files(ROOT)).isEmpty();
    }

    @Test
    void freesTheRunsLockIfItsFolderCannotBeCreated() throws IOException {
        failBefore(
                Operation.CREATE_DIRECTORY,
                ROOT + "/" + TEMPORARY_FOLDER + "/run",
                new IOException("No space left on device"));
        assertThatIOException()
                .isThrownBy(this::publish)
                .withMessage(
                        "cannot create directory " + ROOT + "/" + TEMPORARY_FOLDER + "/run: No space left on device");
        process.inject(Faults.NONE);

        assertThat(disk.files(ROOT)).isEmpty();
        assertThat(process.storage(ROOT, TEMPORARY_FOLDER, "other").liveRuns()).isEmpty();
        publish();
        assertThat(disk.files(ROOT)).containsKey(NAME);
    }

    @Test
    void takesAFullDiskForNoLackOfHardLinks() {
        AtomicInteger created = new AtomicInteger();
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.LINK || (operation == Operation.CREATE && created.incrementAndGet() > 1)) {
                    throw new FileSystemException(name, null, "No space left on device");
                }
            }
        });

        assertThatIOException().isThrownBy(this::publish).withMessageEndingWith(": No space left on device");
    }

    @Test
    void namesTheDirectoryItMayNotWriteTo() {
        failBefore(Operation.CREATE_DIRECTORY, ROOT + "/_pagewalk", new AccessDeniedException("any"));

        assertThatIOException()
                .isThrownBy(this::publish)
                .withMessage("cannot create directory /data/out/_pagewalk: permission denied");
    }

    @Test
    void needsNoSyncOfDirectoriesThatWereThereAboveTheRoot() throws IOException {
        publish("first");
        SimulatedDisk.SimulatedProcess other = disk.start();
        other.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.FORCE_DIRECTORY && !name.startsWith(ROOT.toString())) {
                    throw new IOException("Invalid argument");
                }
            }
        });

        try (PendingFile file = other.storage(ROOT, TEMPORARY_FOLDER, "other").create(NAME)) {
            file.publish();
        }

        assertThat(disk.files(ROOT)).containsKeys("first", NAME);
    }

    @Test
    void needsASyncOfDirectoriesThatItCreated() {
        failBefore(Operation.FORCE_DIRECTORY, "/data", new IOException("Invalid argument"));

        assertThatIOException().isThrownBy(this::publish).withMessage("cannot sync directory /data: Invalid argument");
    }

    @Test
    void tellsAnOutputThatIsGoneFromBeingFenced() throws IOException {
        publish("first");

        try (PendingFile file = storage.create(NAME)) {
            disk.removeAll(ROOT);

            assertThatIOException().isThrownBy(file::publish).withMessage("the directory /data/out is gone");
            assertThatIOException()
                    .isThrownBy(() -> storage.create("more"))
                    .withMessage("the directory /data/out is gone");
        }
        assertThat(disk.files(Path.of("/data"))).isEmpty();
    }

    @Test
    void doesNotBringBackADirectoryThatWasRemovedUnderIt() throws IOException {
        publish("logs/0.json");
        disk.removeAll(ROOT.resolve("logs"));

        assertThatIOException()
                .isThrownBy(() -> publish("logs/1.json"))
                .withMessage("cannot publish /data/out/logs/1.json: its directory is gone");

        assertThatIOException()
                .isThrownBy(() -> publish("logs/orders/0.json"))
                .withMessage("cannot create directory /data/out/logs/orders: the one it belongs in is gone")
                .isNotInstanceOf(NoSuchFileException.class);
        assertThat(disk.files(ROOT)).containsOnlyKeys(TEMPORARY_FOLDER + "/run.lock");
    }

    @Test
    void saysWhoFencedIt() throws IOException {
        try (PendingFile file = storage.create(NAME)) {
            disk.removeAll(ROOT.resolve(TEMPORARY_FOLDER).resolve("run"));

            assertThatExceptionOfType(FencedException.class)
                    .isThrownBy(file::publish)
                    .withMessage("the temporary files of this run are gone from /data/out/_pagewalk/orders/tmp/run:"
                            + " another run of this export took it for dead and removed them; this run"
                            + " stops, nothing is lost");
        }
    }

    @Test
    void startsAgainWhenItsNewLockIsTakenForADeadRuns() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.LOCK && attempts.incrementAndGet() <= 2) {
                    disk.start().storage(ROOT, TEMPORARY_FOLDER, "cleaner").removeDeadTemporaries();
                }
            }
        });

        publish();

        assertThat(attempts).hasValue(3);
        assertThat(disk.files(ROOT)).containsOnlyKeys(NAME, TEMPORARY_FOLDER + "/run.lock");
    }

    @Test
    void isNotTakenForDeadBetweenLockAndFolder() throws IOException {
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (name.startsWith(ROOT + "/" + TEMPORARY_FOLDER + "/") && operation != Operation.LOCK) {
                    disk.start().storage(ROOT, TEMPORARY_FOLDER, "cleaner").removeDeadTemporaries();
                }
            }
        });

        publish();
        storage.close();

        assertThat(disk.files(ROOT)).containsOnlyKeys(NAME);
    }

    @Test
    void leavesARunAloneWhoseLockItMayNotOpen() throws IOException {
        publish("first");
        process.kill();
        SimulatedDisk.SimulatedProcess cleaner = disk.start();
        cleaner.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == Operation.LOCK) {
                    throw new AccessDeniedException(name);
                }
            }
        });

        assertThat(cleaner.storage(ROOT, TEMPORARY_FOLDER, "cleaner").removeDeadTemporaries())
                .isZero();

        assertThat(disk.files(ROOT)).containsKey(TEMPORARY_FOLDER + "/run.lock");
    }

    private void publish() throws IOException {
        publish(NAME);
    }

    private void publish(String name) throws IOException {
        StorageContractTest.publish(storage, name, "content");
    }

    private void failBefore(Operation failing, String path, IOException failure) {
        process.inject(new Faults() {
            @Override
            public void before(Operation operation, String name) throws IOException {
                if (operation == failing && name.equals(path)) {
                    throw failure;
                }
            }
        });
    }
}
