package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContractTest {
    private static final String ORDERS = "orders-0-00000000000000000000.jsonl";

    @TempDir
    Path directory;

    private Path root() {
        return directory.resolve("data/out");
    }

    private Path temporaryFolder() {
        return root().resolve(TEMPORARY_FOLDER);
    }

    @Override
    protected Storage open(String runId) {
        return LocalStorage.open(root(), TEMPORARY_FOLDER, runId);
    }

    @Override
    protected void beginAndDie(String runId, String name) throws Exception {
        RunProcess.begin(root(), TEMPORARY_FOLDER, runId, name, "022").kill();
    }

    @Override
    protected void takeAwayTemporaries(String runId) throws IOException {
        Path folder = temporaryFolder().resolve(runId);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    protected Collection<String> everything() throws IOException {
        if (!Files.exists(root())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> root().relativize(file).toString())
                    .filter(name -> !name.endsWith(RunFolder.LOCK))
                    .toList();
        }
    }

    @Test
    void touchesNothingBeforeTheFirstFile() throws IOException {
        try (Storage storage = open("run")) {
            assertThat(storage.list("")).isEmpty();
            assertThat(storage.removeDeadTemporaries()).isZero();
        }

        assertThat(root().getParent()).doesNotExist();
    }

    @Test
    void leavesNoTraceOfARunThatEnded() throws IOException {
        try (Storage storage = open("run")) {
            publish(storage, ORDERS, "record");
            assertThat(temporaryFolder().resolve("run.lock")).exists();
        }

        assertThat(temporaryFolder()).isEmptyDirectory();
    }

    @Test
    void holdsAnotherProcessForAliveUntilItIsKilled() throws Exception {
        try (Storage cleaner = open("cleaner");
                RunProcess other = RunProcess.begin(root(), TEMPORARY_FOLDER, "other", ORDERS, "022")) {
            assertThat(cleaner.removeDeadTemporaries()).isZero();
            assertThat(temporaryFolder().resolve("other/0.tmp")).hasSize(1000);

            other.kill();

            assertThat(cleaner.removeDeadTemporaries()).isEqualTo(1);
            assertThat(temporaryFolder()).isEmptyDirectory();
        }
    }

    @Test
    void letsAnotherProcessPublishAfterALookAtItsLock() throws Exception {
        try (Storage cleaner = open("cleaner");
                RunProcess other = RunProcess.begin(root(), TEMPORARY_FOLDER, "other", ORDERS, "022")) {
            cleaner.removeDeadTemporaries();

            other.publish();

            assertThat(read(cleaner, ORDERS)).hasSize(1000);
        }
    }

    @Test
    void keepsItsOwnLockWhileOthersInTheProcessLookAtIt() throws Exception {
        try (Storage alive = open("alive");
                Storage cleaner = open("cleaner");
                PendingFile file = alive.create(ORDERS)) {
            cleaner.removeDeadTemporaries();
            alive.removeDeadTemporaries();

            // POSIX locks are between processes: only another one can tell whether this one's is still held.
            try (RunProcess other = RunProcess.begin(root(), TEMPORARY_FOLDER, "other", "other.jsonl", "022")) {
                assertThat(other.removeDeadTemporaries()).isZero();
            }
            file.publish();
        }
        assertThat(root().resolve(ORDERS)).exists();
    }

    @Test
    void removesWhatHalfDoneRemovalsAndStartsLeave() throws IOException {
        Files.createDirectories(temporaryFolder().resolve("folder-alone"));
        Files.createFile(temporaryFolder().resolve("folder-alone/3.tmp"));
        Files.createFile(temporaryFolder().resolve("lock-alone.lock"));
        Files.createFile(temporaryFolder().resolve("new-alone.0.new"));
        Files.createFile(temporaryFolder().resolve("named.lock"));
        Files.createLink(
                temporaryFolder().resolve("named.0.new"), temporaryFolder().resolve("named.lock"));

        try (Storage storage = open("run")) {
            assertThat(storage.removeDeadTemporaries()).isEqualTo(1);
        }

        assertThat(temporaryFolder()).isEmptyDirectory();
    }

    @Test
    void leavesForeignFilesAlone() throws IOException {
        Files.createDirectories(temporaryFolder().resolve("foreign/folder.tmp"));
        Files.createFile(temporaryFolder().resolve("foreign/notes.txt"));
        Files.createFile(temporaryFolder().resolve("readme"));

        try (Storage storage = open("run")) {
            assertThat(storage.removeDeadTemporaries()).isZero();
        }

        assertThat(temporaryFolder().resolve("foreign/folder.tmp")).isDirectory();
        assertThat(temporaryFolder().resolve("foreign/notes.txt")).exists();
        assertThat(temporaryFolder().resolve("readme")).exists();
    }

    @Test
    void removesNothingThatALinkLeadsTo() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path inFolder =
                Files.createFile(Files.createDirectory(elsewhere.resolve("run")).resolve("mine.tmp"));
        Path outside = Files.createFile(elsewhere.resolve("mine.tmp"));
        Path temporaries = Files.createDirectories(temporaryFolder());
        Files.createSymbolicLink(temporaries.resolve("dead"), elsewhere);
        Files.createFile(temporaries.resolve("dead.lock"));
        try (Storage storage = open("cleaner")) {
            storage.removeDeadTemporaries();
        }
        assertThat(outside).exists();

        Files.delete(temporaries.resolve("dead"));
        Files.delete(temporaries.resolve("dead.lock"));
        Files.delete(temporaries);
        Files.createSymbolicLink(temporaries, elsewhere);
        try (Storage storage = open("cleaner")) {
            storage.removeDeadTemporaries();
        }

        assertThat(inFolder).exists();
    }

    /** Opening one would wait for ever. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisabledOnOs(OS.WINDOWS)
    void waitsForNoPipe() throws Exception {
        Path pipe = Files.createDirectories(root()).resolve("pipe");
        Path lock = Files.createDirectories(temporaryFolder()).resolve("dead.lock");
        for (Path path : new Path[] {pipe, lock}) {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                    .isZero();
        }

        try (Storage storage = open("run")) {
            assertThatIOException().isThrownBy(() -> storage.open("pipe")).withMessageContaining("not a regular file");
            assertThatIOException().isThrownBy(() -> storage.persist("pipe")).withMessageContaining("not a regular");
            assertThatIOException()
                    .isThrownBy(storage::removeDeadTemporaries)
                    .withMessageContaining("dead.lock: not a regular file");
        }
    }

    @Test
    void followsTheUmask() throws Exception {
        try (RunProcess run = RunProcess.begin(root(), TEMPORARY_FOLDER, "run", "logs/" + ORDERS, "026")) {
            run.publish();
        }

        assertThat(permissions(root().resolve("logs/" + ORDERS))).isEqualTo("rw-r-----");
        assertThat(permissions(root().resolve("logs"))).isEqualTo("rwxr-x--x");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void refusesTheIdOfARunThatGoesOn() throws IOException {
        try (Storage first = open("run");
                Storage second = open("run")) {
            publish(first, "a", "1");

            assertThatIOException()
                    .isThrownBy(() -> second.create("b"))
                    .withMessage("the run's id is in use: " + temporaryFolder().resolve("run.lock"));
            publish(first, "c", "3");
        }
        assertThat(temporaryFolder()).isEmptyDirectory();
    }

    @Test
    void refusesIdsThatAreNoFileNames() {
        assertThatIllegalArgumentException().isThrownBy(() -> open("../run"));
        assertThatIllegalArgumentException().isThrownBy(() -> open("run.lock"));
        assertThatIllegalArgumentException().isThrownBy(() -> open(""));
    }

    @Test
    void saysWhatFailedOnWhichFile() throws IOException {
        try (Storage storage = open("run")) {
            publish(storage, "taken", "1");
            Files.createDirectory(root().resolve("directory"));

            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> publish(storage, "taken", "2"))
                    .withMessage(root().resolve("taken") + ": the name is taken");
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> storage.open("missing"))
                    .withMessage(root().resolve("missing") + ": cannot open: no such file");
            assertThatIOException()
                    .isThrownBy(() -> publish(storage, "taken/below", "1"))
                    .withMessage("cannot create directory " + root().resolve("taken") + ": a file is in its place");
            assertThatIOException()
                    .isThrownBy(() -> storage.open("directory"))
                    .withMessage("cannot open " + root().resolve("directory") + ": not a regular file");
            assertThatIOException()
                    .isThrownBy(() -> storage.delete("directory"))
                    .withMessage("cannot delete " + root().resolve("directory") + ": it is a directory");
        }
    }

    @Test
    void countsABrokenSymbolicLinkAsTakingItsName() throws IOException {
        try (Storage storage = open("run")) {
            publish(storage, "a", "1");
            Files.createSymbolicLink(root().resolve("b"), root().resolve("nowhere"));

            assertThat(storage.list("")).extracting(Storage.StoredFile::name).containsExactlyInAnyOrder("a", "b");
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> publish(storage, "b", "2"));
        }
        assertThat(root().resolve("nowhere")).doesNotExist();
    }

    @Test
    void freesALockWithItsHandleAlone() throws IOException {
        PosixDisk disk = new PosixDisk();
        Path file = directory.resolve("file");

        Closeable lock = disk.createLocked(file);
        assertThat(lock).isNotNull();
        assertThat(disk.tryLock(file)).isNull();
        Files.createLink(directory.resolve("alias"), file);
        assertThat(disk.tryLock(directory.resolve("alias"))).isNull();
        lock.close();

        try (Closeable again = disk.tryLock(file)) {
            assertThat(again).isNotNull();
        }
    }
}
