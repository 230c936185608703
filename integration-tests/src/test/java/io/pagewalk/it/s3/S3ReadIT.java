package io.pagewalk.it.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.FaultProxy;
import io.pagewalk.it.fixture.HadoopStorages;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.ReadingProcess;
import io.pagewalk.it.fixture.S3Server;
import io.pagewalk.spi.Storage;
import io.pagewalk.spi.Storage.PendingFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading published files back, as adopting and verifying do: large ones, in a small heap, over a bad line. */
class S3ReadIT {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String TEMPORARY_FOLDER = "_pagewalk/tmp=";

    private final String bucket = S3Server.bucket("read");
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Throwable {
        setShortestTimeout(Duration.ofSeconds(15));
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    private String location() {
        return "s3a://" + bucket + "/out";
    }

    private Storage open(Map<String, String> properties, Duration retryTimeout) {
        Storage storage = HadoopStorages.open(location(), TEMPORARY_FOLDER, "run", properties, retryTimeout);
        opened.add(storage);
        return storage;
    }

    private FaultProxy proxy() throws IOException {
        FaultProxy proxy = new FaultProxy(S3Server.port());
        opened.add(0, proxy);
        return proxy;
    }

    /** Of so many mebibytes, each followed by the same. */
    private byte[] publish(String name, int mebibytes) throws IOException {
        byte[] chunk = new byte[MEBIBYTE];
        new Random(1).nextBytes(chunk);
        try (Storage storage = open(S3Server.properties(), Duration.ofSeconds(30));
                PendingFile file = storage.create(name)) {
            for (int i = 0; i < mebibytes; i++) {
                file.stream().write(chunk);
            }
            file.publish();
        }
        return chunk;
    }

    /** Answers are waited for at least 15 s otherwise, whatever the settings say. */
    private static void setShortestTimeout(Duration timeout) throws Throwable {
        // Not by reflection, which wants to see classes of other methods that are not there.
        MethodHandles.publicLookup()
                .findStatic(
                        Class.forName("org.apache.hadoop.fs.s3a.impl.AWSClientConfig"),
                        "setMinimumOperationDuration",
                        MethodType.methodType(void.class, Duration.class))
                .invoke(timeout);
    }

    private static Map<String, String> impatient(FaultProxy proxy) throws Throwable {
        setShortestTimeout(Duration.ZERO);
        Map<String, String> properties = new HashMap<>(S3Server.properties(proxy.port()));
        properties.put("fs.s3a.connection.timeout", "500ms");
        properties.put("fs.s3a.connection.request.timeout", "500ms");
        return properties;
    }

    @Test
    void readsLargeFilesSideBySideInASmallHeap() throws Exception {
        publish("large.jsonl", 72);

        String read = ReadingProcess.read(
                "96m", S3Server.properties(), location(), List.of("large.jsonl", "large.jsonl", "large.jsonl"));

        assertThat(read).isEqualTo(Long.toString(3 * 72L * MEBIBYTE));
    }

    @Test
    void goesOnWhereAConnectionWasCut() throws Exception {
        byte[] chunk = publish("a.jsonl", 20);
        FaultProxy proxy = proxy();

        try (InputStream in = Channels.newInputStream(
                open(S3Server.properties(proxy.port()), Duration.ofSeconds(30)).open("a.jsonl"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(Arrays.equals(in.readNBytes(MEBIBYTE), chunk))
                        .as("mebibyte " + i)
                        .isTrue();
                if (i % 6 == 0) {
                    proxy.cut();
                }
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    @LongTest
    void goesOnWhereAConnectionFellSilent() throws Throwable {
        byte[] chunk = publish("a.jsonl", 20);
        FaultProxy proxy = proxy();

        try (InputStream in = Channels.newInputStream(
                open(impatient(proxy), Duration.ofSeconds(5)).open("a.jsonl"))) {
            assertThat(in.readNBytes(MEBIBYTE)).isEqualTo(chunk);
            proxy.swallow();
            Thread passing = new Thread(() -> {
                Eventually.isTrue("two fell silent", () -> proxy.swallowed() >= 2);
                proxy.pass();
            });
            passing.start();
            for (int i = 1; i < 20; i++) {
                assertThat(Arrays.equals(in.readNBytes(MEBIBYTE), chunk))
                        .as("mebibyte " + i)
                        .isTrue();
            }
            passing.join();
        }
    }

    @Test
    @LongTest
    void givesUpOnAStoreThatStaysSilentAndNamesTheFile() throws Throwable {
        publish("a.jsonl", 20);
        FaultProxy proxy = proxy();
        InputStream in = Channels.newInputStream(
                open(impatient(proxy), Duration.ofSeconds(2)).open("a.jsonl"));
        assertThat(in.readNBytes(MEBIBYTE)).hasSize(MEBIBYTE);
        proxy.swallow();
        long begun = System.nanoTime();

        assertThatIOException()
                .isThrownBy(in::readAllBytes)
                .withMessageStartingWith("cannot read " + location() + "/a.jsonl: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));

        // Seven attempts of half a second, and the waits in between.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }
}
