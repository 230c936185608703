package io.pagewalk.it.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.embedded.Ports;
import io.pagewalk.error.UsageException;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.it.fixture.StorageProcess;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that answers late, wrongly, twice or not at all. */
class S3FaultsIT {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";
    private static final Duration PATIENT = Duration.ofSeconds(30);

    private final String bucket = S3Server.bucket("faults");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    private Storage open(String run, Map<String, String> properties, Duration retryTimeout) {
        return open(bucket, run, properties, retryTimeout);
    }

    private Storage open(String into, String run, Map<String, String> properties, Duration retryTimeout) {
        Storage storage =
                HadoopStorages.open("s3a://" + into + "/out", TEMPORARY_FOLDER, run, properties, retryTimeout);
        opened.add(storage);
        return storage;
    }

    private FaultProxy proxy() throws IOException {
        FaultProxy proxy = new FaultProxy(S3Server.port());
        opened.add(0, proxy);
        return proxy;
    }

    private static PendingFile begin(Storage storage, String name, int bytes) throws IOException {
        PendingFile file = storage.create(name);
        byte[] chunk = new byte[MEBIBYTE];
        for (int left = bytes; left > 0; left -= chunk.length) {
            file.stream().write(chunk, 0, Math.min(left, chunk.length));
        }
        return file;
    }

    private static void publish(Storage storage, String name, int bytes) throws IOException {
        try (PendingFile file = begin(storage, name, bytes)) {
            file.publish();
        }
    }

    @Test
    @LongTest
    void letsOneOfEightLargeUploadsWin() throws Exception {
        int racers = 8;
        Storage storage = open("run", S3Server.properties(), PATIENT);
        CyclicBarrier barrier = new CyclicBarrier(racers);
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        List<Future<Integer>> wins = new ArrayList<>();

        for (int racer = 0; racer < racers; racer++) {
            int bytes = 20 * MEBIBYTE + racer;
            wins.add(threads.submit(() -> {
                try (PendingFile file = begin(storage, "a.parquet", bytes)) {
                    barrier.await(60, TimeUnit.SECONDS);
                    file.publish();
                    return bytes;
                } catch (FileAlreadyExistsException e) {
                    return 0;
                }
            }));
        }
        threads.shutdown();

        int won = 0;
        for (Future<Integer> win : wins) {
            int bytes = win.get(60, TimeUnit.SECONDS);
            assertThat(bytes == 0 || won == 0).isTrue();
            won = Math.max(won, bytes);
        }
        assertThat(storage.list("")).containsExactly(new Storage.StoredFile("a.parquet", won));
        assertThat(S3Server.unfinishedUploads(bucket)).isEmpty();
    }

    @Test
    void showsNothingOfAProcessThatWasKilledInTheMiddleOfALargeUpload() throws Exception {
        StorageProcess.begin(
                        List.of(),
                        S3Server.properties(),
                        "s3a://" + bucket + "/out",
                        TEMPORARY_FOLDER,
                        "killed",
                        "a.parquet",
                        20 * MEBIBYTE)
                .kill();
        Storage storage = open("next", S3Server.properties(), PATIENT);

        assertThat(storage.list("")).isEmpty();
        assertThat(S3Server.keys(bucket)).isEmpty();
        assertThat(storage.removeDeadTemporaries()).isZero();
        publish(storage, "a.parquet", 10);

        assertThat(storage.list("")).containsExactly(new Storage.StoredFile("a.parquet", 10));
        // Nobody can tell it from one that is under way.
        assertThat(S3Server.unfinishedUploads(bucket)).containsExactly("out/a.parquet");
    }

    @Test
    void abortsALargeUploadThatIsGivenUp() throws Exception {
        Storage storage = open("run", S3Server.properties(), PATIENT);
        PendingFile file = begin(storage, "a.parquet", 20 * MEBIBYTE);
        assertThat(S3Server.unfinishedUploads(bucket)).containsExactly("out/a.parquet");

        file.close();

        assertThat(S3Server.unfinishedUploads(bucket)).isEmpty();
        assertThat(S3Server.keys(bucket)).isEmpty();
    }

    @Test
    void leavesUploadsThatOthersHaveUnderWayAloneWhateverItIsTold() throws Exception {
        PendingFile other = begin(open("other", S3Server.properties(), PATIENT), "a.parquet", 20 * MEBIBYTE);
        Map<String, String> properties = new HashMap<>(S3Server.properties());
        properties.put("fs.s3a.multipart.purge", "true");
        properties.put("fs.s3a.multipart.purge.age", "0");
        properties.put("fs.s3a.bucket." + bucket + ".multipart.purge", "true");

        publish(open("run", properties, PATIENT), "b.json", 1);

        assertThat(S3Server.unfinishedUploads(bucket)).containsExactly("out/a.parquet");
        other.publish();
    }

    @Test
    void takesALostReplyForANameThatIsTaken() throws Exception {
        FaultProxy proxy = proxy();
        Storage storage = open("run", S3Server.properties(proxy.port()), PATIENT);
        publish(storage, "before.json", 1);
        PendingFile small = begin(storage, "small.json", 1000);
        proxy.loseAnswers(1);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(small::publish);

        assertThat(proxy.answersToLose()).isZero();
        assertThat(S3Server.read(bucket, "out/small.json")).hasSize(1000);
    }

    @Test
    void ridesOutAStoreThatIsBusy() throws Exception {
        FaultProxy proxy = proxy();
        Storage storage = open("run", S3Server.properties(proxy.port()), PATIENT);
        publish(storage, "before.json", 1);
        proxy.answer("HTTP/1.1 503 Slow Down");
        proxy.cut();
        ExecutorService thread = Executors.newSingleThreadExecutor();

        Future<?> publication = thread.submit(() -> {
            publish(storage, "a.json", 1000);
            return null;
        });
        thread.shutdown();
        Eventually.isTrue("it was told to wait", () -> proxy.answered() >= 2);
        proxy.pass();
        publication.get(60, TimeUnit.SECONDS);

        assertThat(S3Server.read(bucket, "out/a.json")).hasSize(1000);
    }

    @Test
    void givesUpOnAStoreThatStaysBusyAndNamesTheFile() throws Exception {
        FaultProxy proxy = proxy();
        Storage storage = open("run", S3Server.properties(proxy.port()), Duration.ofSeconds(2));
        publish(storage, "before.json", 1);
        proxy.answer("HTTP/1.1 503 Slow Down");
        proxy.cut();
        long begun = System.nanoTime();

        assertThatIOException()
                .isThrownBy(() -> publish(storage, "a.json", 1000))
                .withMessageMatching("cannot publish s3a://" + bucket + "/out/a\\.json: the store answered 503.*");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void ridesOutConnectionsThatAreCutInTheMiddleOfAnUpload() throws Exception {
        FaultProxy proxy = proxy();
        Storage storage = open("run", S3Server.properties(proxy.port()), PATIENT);
        publish(storage, "before.json", 1);
        proxy.throttle(4 * MEBIBYTE);
        ExecutorService thread = Executors.newSingleThreadExecutor();

        Future<?> publication = thread.submit(() -> {
            publish(storage, "a.parquet", 20 * MEBIBYTE);
            return null;
        });
        thread.shutdown();
        for (int i = 0; i < 3; i++) {
            try {
                publication.get(700, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                proxy.cut();
            }
        }
        proxy.pass();
        publication.get(60, TimeUnit.SECONDS);

        assertThat(S3Server.read(bucket, "out/a.parquet")).hasSize(20 * MEBIBYTE);
        assertThat(S3Server.unfinishedUploads(bucket)).isEmpty();
    }

    @Test
    void saysThatTheSecretIsWrongButNotWhatItIs() {
        Map<String, String> properties = new HashMap<>(S3Server.properties());
        properties.put("fs.s3a.secret.key", "not-the-very-secret");
        Storage storage = open("run", properties, PATIENT);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> publish(storage, "a.json", 1))
                .withMessageContaining("s3a://" + bucket + "/out")
                .withMessageContaining("access is denied")
                .withMessageContaining("403")
                .withMessageNotContaining("not-the-very-secret")
                .withMessageNotContaining(S3Server.ACCESS_KEY);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> storage.list(""))
                .withMessageContaining("access is denied");
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        Storage storage = open("no-such-bucket", "run", S3Server.properties(), PATIENT);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> publish(storage, "a.json", 1))
                .withMessageContaining("s3a://no-such-bucket/out")
                .withMessageContaining("there is no such bucket");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> storage.list(""))
                .withMessageContaining("there is no such bucket");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        Map<String, String> properties = new HashMap<>(S3Server.properties());
        properties.keySet().removeIf(name -> name.endsWith(".key"));
        properties.put(
                "fs.s3a.aws.credentials.provider",
                "software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider");
        Storage storage = open("run", properties, Duration.ofSeconds(2));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> publish(storage, "a.json", 1))
                .withMessageContaining("s3a://" + bucket + "/out")
                .withMessageContaining("no usable credentials");
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port = Ports.free(1).get(0);
        Storage storage = open("run", S3Server.properties(port), Duration.ofSeconds(2));
        long begun = System.nanoTime();

        assertThatIOException()
                .isThrownBy(() -> publish(storage, "a.json", 1))
                .withMessageContaining("s3a://" + bucket + "/out")
                .withMessageContaining("127.0.0.1:" + port)
                .withMessageContaining("refused")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    /** Before the first file of an export it asks mostly for what is not there. */
    @Test
    void asksForWhatIsNotThereOnce() throws Exception {
        FaultProxy proxy = proxy();
        List<String> requests = Collections.synchronizedList(new ArrayList<>());
        proxy.hold(request -> {
            requests.add(request.split(" ", 2)[0]);
            return false;
        });
        Storage storage = open("run", S3Server.properties(proxy.port()), PATIENT);

        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.open("a.json"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> storage.persist("a.json"));
        assertThat(storage.exists("a.json")).isFalse();
        assertThat(requests).containsExactly("HEAD", "HEAD", "HEAD");
        requests.clear();
        assertThat(storage.list("")).isEmpty();
        assertThat(storage.removeDeadTemporaries()).isZero();
        assertThat(requests).containsExactly("GET", "GET");

        publish(storage, "a.json", 10);
        assertThat(storage.list("")).hasSize(1);
        requests.clear();
        assertThat(storage.list("")).hasSize(1);
        try (var channel = storage.open("a.json")) {
            assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(10);
        }
        assertThat(requests).containsExactly("GET", "HEAD", "HEAD", "GET");
    }

    @Test
    void readsWhatAnotherClientWrote() throws Exception {
        S3Server.client()
                .putObject(
                        request -> request.bucket(bucket).key("out/a.json"),
                        software.amazon.awssdk.core.sync.RequestBody.fromString("content"));
        Storage storage = open("run", S3Server.properties(), PATIENT);

        try (var channel = storage.open("a.json")) {
            assertThat(new String(
                            java.nio.channels.Channels.newInputStream(channel).readAllBytes(), UTF_8))
                    .isEqualTo("content");
        }
    }
}
