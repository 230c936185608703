package io.pagewalk.internal.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.spi.PlaceSettings;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the runs of one connection share, on a file system that counts. */
@Timeout(60)
class HadoopClientTest {
    @TempDir
    Path directory;

    private final List<Counting> opened = new ArrayList<>();
    private final HadoopProvider provider = new HadoopProvider();
    private final HadoopClient client = new HadoopClient(
            new PlaceSettings(Map.of(), List.of(), Duration.ZERO, Map.of()), (scheme, root, configuration) -> open());

    /** For the next one that is opened. */
    private Runnable connecting = () -> {};

    private Counting open() throws IOException {
        Counting fileSystem = new Counting();
        fileSystem.initialize(URI.create("file:///"), new Configuration(false));
        synchronized (opened) {
            opened.add(fileSystem);
        }
        connecting.run();
        return fileSystem;
    }

    private Storage run(String bucket, String output, String runId) {
        return client.open(provider.parse("gs://" + bucket + directory + "/" + output), "tmp", runId);
    }

    private static void publish(Storage storage, String name) throws IOException {
        try (PendingFile file = storage.create(name)) {
            file.stream().write(1);
            file.publish();
        }
    }

    private int probes() {
        return opened.stream().mapToInt(fileSystem -> fileSystem.probes).sum();
    }

    @Test
    void opensAndProbesABucketOnce() throws IOException {
        try (Storage first = run("lake", "orders", "one")) {
            publish(first, "a");
        }
        int probes = probes();
        assertThat(probes).isPositive();

        try (Storage second = run("lake", "payments", "two")) {
            publish(second, "a");
            assertThat(second.exists("a")).isTrue();
        }

        assertThat(opened).hasSize(1);
        assertThat(probes()).isEqualTo(probes);
    }

    @Test
    void opensAndProbesAnotherBucket() throws IOException {
        try (Storage lake = run("lake", "orders", "one");
                Storage pond = run("pond", "payments", "two")) {
            publish(lake, "a");
            int probes = probes();
            publish(pond, "a");

            assertThat(probes()).isEqualTo(2 * probes);
        }
        assertThat(opened).hasSize(2);
    }

    @Test
    void closesWhenTheConnectionAndTheLastRunHaveEnded() throws IOException {
        Storage first = run("lake", "orders", "one");
        publish(first, "a");
        Storage second = run("lake", "orders", "two");
        publish(second, "b");
        first.close();

        client.close();
        assertThat(opened.get(0).closed).isFalse();
        publish(second, "c");
        second.close();

        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void closesWhatNobodyUsesWithTheConnection() throws IOException {
        Storage storage = run("lake", "orders", "one");
        publish(storage, "a");
        storage.close();
        assertThat(opened.get(0).closed).isFalse();

        client.close();

        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void lendsNoFileSystemAgainInWhichSomethingFailed() throws IOException {
        Storage failing = run("lake", "orders", "one");
        publish(failing, "a");
        opened.get(0).failing = true;
        assertThatIOException().isThrownBy(() -> failing.exists("a")).withMessageContaining("the line is cut");

        try (Storage next = run("lake", "orders", "two")) {
            publish(next, "b");
        }
        assertThat(opened).hasSize(2);
        failing.close();

        assertThat(opened).extracting(fileSystem -> fileSystem.closed).containsExactly(true, false);
    }

    /** The name that is taken is no failure of the store. */
    @Test
    void lendsOneAgainWhereANameWasTakenOrNotThere() throws IOException {
        try (Storage storage = run("lake", "orders", "one")) {
            publish(storage, "a");
            assertThatIOException().isThrownBy(() -> publish(storage, "a"));
            assertThatIOException().isThrownBy(() -> storage.open("b"));
        }

        try (Storage next = run("lake", "orders", "two")) {
            publish(next, "b");
        }
        assertThat(opened).hasSize(1);
    }

    @Test
    void lendsNoFileSystemAgainThatHungWhenARunEnded() throws Exception {
        Storage hanging = run("lake", "orders", "one");
        publish(hanging, "a");
        opened.get(0).hung = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                hanging.exists("a");
            } catch (IOException e) {
                // The run has ended.
                return;
            }
        });
        thread.start();
        opened.get(0).waiting.await();

        hanging.close();

        try (Storage next = run("lake", "orders", "two")) {
            publish(next, "b");
        }
        assertThat(opened).hasSize(2);
        opened.get(0).hung.countDown();
        thread.join();
    }

    @Test
    void waitsForNobodyElseWhoConnects() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        connecting = () -> {
            waiting.countDown();
            awaitQuietly(hung);
        };
        Storage hanging = run("lake", "orders", "one");
        Thread thread = new Thread(() -> {
            try {
                publish(hanging, "a");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        waiting.await();
        connecting = () -> {};

        try (Storage next = run("lake", "orders", "two")) {
            publish(next, "b");
            hung.countDown();
            thread.join();
            assertThat(hanging.exists("a")).isTrue();
        }

        assertThat(opened).extracting(fileSystem -> fileSystem.closed).containsExactly(true, false);
    }

    @Test
    void connectsAgainAfterItCouldNot() throws IOException {
        connecting = () -> {
            throw new IllegalStateException("no such host");
        };
        try (Storage storage = run("lake", "orders", "one")) {
            assertThatIOException().isThrownBy(() -> publish(storage, "a")).withMessageContaining("no such host");
            connecting = () -> {};

            publish(storage, "a");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files of the local disk under the names of a store. */
    private static final class Counting extends RawLocalFileSystem {
        private final CountDownLatch waiting = new CountDownLatch(1);
        private int probes;
        private volatile boolean failing;
        private volatile boolean closed;
        private volatile CountDownLatch hung;

        @Override
        protected void checkPath(org.apache.hadoop.fs.Path path) {}

        @Override
        public FSDataOutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite) throws IOException {
            if (path.getName().endsWith(ExclusivityProbe.SUFFIX)) {
                probes++;
            }
            return super.create(path, overwrite);
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (failing) {
                throw new IOException("the line is cut");
            }
            CountDownLatch latch = hung;
            if (latch != null) {
                waiting.countDown();
                awaitQuietly(latch);
            }
            return super.getFileStatus(path);
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }
}
