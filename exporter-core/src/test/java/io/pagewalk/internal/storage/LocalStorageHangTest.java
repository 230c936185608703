package io.pagewalk.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is told to end does so, whatever its file system does. */
@Timeout(60)
class LocalStorageHangTest {
    @TempDir
    Path dir;

    private final HungDisk disk = new HungDisk(new PosixDisk());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void release() throws InterruptedException {
        disk.release();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private LocalStorage storage() {
        return new LocalStorage(disk, dir.resolve("out"), "tmp", "run", Duration.ofMillis(200));
    }

    @Test
    void closesThoughAThreadIsStuckInAWrite() throws Exception {
        LocalStorage storage = storage();
        PendingFile file = storage.create("a");
        disk.hang();
        Future<?> writing = threads.submit(() -> {
            file.stream().write(1);
            return null;
        });
        disk.awaitStuckCall();

        close(storage);

        assertThat(writing).isNotDone();
        disk.release();
        await(writing);
        awaitNothingLeft();
    }

    @Test
    void closesThoughAThreadIsStuckInItsFirstCall() throws Exception {
        LocalStorage storage = storage();
        disk.hang();
        Future<?> creating = threads.submit(() -> storage.create("a"));
        disk.awaitStuckCall();

        close(storage);

        disk.release();
        assertThatIOException().isThrownBy(() -> await(creating)).withMessageContaining("the storage is closed");
        awaitNothingLeft();
    }

    @Test
    void closesThoughNoFileCanBeRemoved() throws Exception {
        LocalStorage storage = storage();
        storage.create("a").stream().write(1);
        disk.hang();

        close(storage);

        disk.release();
        awaitNothingLeft();
    }

    @Test
    void tellsWhatFailsWhileItCloses() throws Exception {
        LocalStorage storage = storage();
        storage.create("a").stream().write(1);
        Path folder = dir.resolve("out/tmp/run");
        Files.delete(folder.resolve("0.tmp"));
        Files.createDirectory(folder.resolve("0.tmp"));
        Files.createFile(folder.resolve("0.tmp/x"));

        assertThatIOException().isThrownBy(storage::close).withMessageContaining("the directory is not empty");
    }

    private void close(LocalStorage storage) throws Exception {
        threads.submit(() -> {
                    storage.close();
                    return null;
                })
                .get(20, TimeUnit.SECONDS);
    }

    private static void await(Future<?> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void awaitNothingLeft() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isEmpty(dir.resolve("out/tmp"))) {
            assertThat(System.nanoTime()).as("nothing is left").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
