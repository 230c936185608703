package io.pagewalk.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pagewalk.embedded.Ports;
import io.pagewalk.error.FencedException;
import io.pagewalk.error.StoppedException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.cluster.KafkaSettings;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.it.fixture.Eventually;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.it.fixture.ListenersBroker;
import io.pagewalk.it.fixture.LongTest;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.it.fixture.OpenedLog;
import io.pagewalk.spi.CheckpointStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in a topic of a broker that dies, of one that cannot be reached, and of one that does not permit everything. */
class KafkaLogFaultsIT {
    @TempDir
    static Path dir;

    private static ListenersBroker broker;

    private final String exportId = KafkaLogs.newExport();

    @BeforeAll
    static void start() throws Exception {
        broker = ListenersBroker.start(dir);
    }

    @AfterAll
    static void stop() throws IOException {
        broker.close();
    }

    @Test
    void ridesOutARestartOfTheBroker() throws Exception {
        int entries = LongTests.count(120, 400);
        try (OpenedLog store = open(broker.servers(), Duration.ofSeconds(60))) {
            AtomicInteger appended = new AtomicInteger();
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < entries; i++) {
                    append(store, i);
                    appended.set(i + 1);
                }
            });
            Eventually.isTrue("under way", () -> appended.get() > 20 || appending.isCompletedExceptionally());
            broker.process().kill();
            assertThat(appended.get()).isLessThan(entries);
            broker.process().start();
            appending.join();

            assertHolds(entries);
        }
    }

    private static void append(CheckpointStore store, int sequence) {
        try {
            store.append(sequence, bytes(sequence));
        } catch (IOException e) {
            throw new AssertionError("entry " + sequence, e);
        }
    }

    private void assertHolds(int entries) throws IOException {
        try (OpenedLog view = view()) {
            assertThat(view.lastSequence()).hasValue(entries - 1L);
            for (int i = 0; i < entries; i++) {
                assertThat(view.read(i)).isEqualTo(bytes(i));
            }
        }
    }

    /** What an append whose reply was lost has come to is told by the next one, or by the run that takes the log over. */
    @Test
    void settlesWhatBecameOfAnAppendThatFailed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int next;
        // On a slow machine no append of the rounds may succeed.
        try (OpenedLog store = open(broker.servers(), Duration.ofSeconds(30))) {
            store.takeOver();
            store.append(0, bytes(0));
        }
        for (int round = 0; round < 2; round++) {
            try (OpenedLog store = open(broker.proxiedServers(), Duration.ofSeconds(1))) {
                store.takeOver();
                next = (int) store.lastSequence().orElse(-1) + 1;
                int delay = random.nextInt(30);
                CompletableFuture<Void> cut = CompletableFuture.runAsync(() -> {
                    pause(20 + delay);
                    broker.proxy().swallow();
                });
                next = appendUntilFailure(store, next);
                cut.join();
                broker.proxy().pass();
                broker.proxy().cut();
                try {
                    store.append(next, bytes(next));
                    next++;
                } catch (FileAlreadyExistsException e) {
                    assertThat(store.read(next))
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(bytes(next));
                    next++;
                } catch (IOException | FencedException e) {
                    // The client could not go on, or the brokers have ended its transaction; the next run finds out.
                }
            } finally {
                broker.proxy().pass();
                broker.proxy().cut();
            }
            try (OpenedLog store = open(broker.servers(), Duration.ofSeconds(30))) {
                store.takeOver();
                assertThat(store.lastSequence().orElse(-1))
                        .as("seed %d, round %d", seed, round)
                        .isBetween(next - 1L, (long) next);
            }
        }
        try (OpenedLog view = view()) {
            assertHolds((int) view.lastSequence().orElseThrow() + 1);
        }
    }

    private static int appendUntilFailure(OpenedLog store, int first) {
        for (int i = first; ; i++) {
            try {
                store.append(i, bytes(i));
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("no answer from 127.0.0.1");
                return i;
            }
        }
    }

    private static boolean sent(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.servers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).get(partition) > 0;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The brokers end the transaction only when the run has given up itself. */
    @Test
    @LongTest
    void ridesOutABrokerThatDoesNotListenInTheMiddleOfAnAppend() throws Exception {
        String topic = "slow-checkpoints";
        byte[] entry = new byte[17_000];
        try (OpenedLog store = open(topic, Duration.ofSeconds(10), new StopSignal())) {
            store.takeOver();
            // Comes to 7 seconds.
            broker.limitProducers(1_000.0);
            long begun = System.nanoTime();

            store.append(0, entry);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(6));
            assertThat(store.read(0)).isEqualTo(entry);
        } finally {
            broker.unlimitProducers();
        }
    }

    @Test
    @LongTest
    void goesOnWhereAQuotaHoldsAnAppendBackForLongerThanTheRetryTimeout() throws Exception {
        String topic = "throttled-checkpoints";
        byte[] entry = new byte[22_500];
        try (OpenedLog store = openAs("held-back", topic, Duration.ofSeconds(10))) {
            store.takeOver();
            // Comes to 12.5 seconds, and brokers end the transaction after 15.
            broker.limit("held-back", "producer_byte_rate", 1_000);
            long begun = System.nanoTime();

            store.append(0, entry);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(11));
            assertThat(store.read(0)).isEqualTo(entry);
        }
    }

    @Test
    void saysWhichQuotaAnAppendIsTooLargeFor() throws Exception {
        String topic = "narrow-checkpoints";
        try (OpenedLog store = openAs("too-narrow", topic, Duration.ofSeconds(4))) {
            store.takeOver();
            // Comes to 50 seconds.
            broker.limit("too-narrow", "producer_byte_rate", 1_000);
            long begun = System.nanoTime();

            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> store.append(0, new byte[60_000]))
                    .withMessageContaining(topic)
                    .withMessageContaining("producer_byte_rate")
                    .withMessageContaining("client.id too-narrow")
                    .withMessageContaining("longer retry timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        }
        try (OpenedLog next = open(topic, Duration.ofSeconds(30), new StopSignal())) {
            next.takeOver();
            assertThat(next.lastSequence()).isEmpty();
        }
    }

    @Test
    @LongTest
    void readsALogForLongerThanTheRetryTimeoutWhereAQuotaHoldsItBack() throws Exception {
        String topic = "widely-read-checkpoints";
        try (OpenedLog store = open(topic, Duration.ofSeconds(30), new StopSignal())) {
            for (int i = 0; i < 20; i++) {
                store.append(i, new byte[3_000]);
            }
        }
        // Grants half of it at once, and the rest within ten seconds.
        broker.limit("log-reader", "consumer_byte_rate", 3_000);
        KafkaSettings settings =
                new KafkaSettings(broker.servers(), Map.of("client.id", "log-reader"), Duration.ofSeconds(2));
        try (OpenedLog view = KafkaLogs.view(settings, topic, exportId)) {
            long begun = System.nanoTime();

            assertThat(view.lastSequence()).hasValue(19);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aStopDoesNotWaitForABrokerThatDoesNotListen() throws Exception {
        String topic = "stopped-checkpoints";
        StopSignal stop = new StopSignal();
        long stopped;
        try (OpenedLog store = open(topic, Duration.ofSeconds(60), stop)) {
            store.takeOver();
            // Comes to 40 seconds.
            broker.limitProducers(1_000.0);
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> {
                try {
                    store.append(0, new byte[50_000]);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Eventually.isTrue("sent", () -> sent(topic));

            stopped = System.nanoTime();
            stop.request();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> appending.get(20, TimeUnit.SECONDS))
                    .withCauseInstanceOf(StoppedException.class);
        } finally {
            broker.unlimitProducers();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(20));
        try (OpenedLog next = open(topic, Duration.ofSeconds(30), new StopSignal())) {
            next.takeOver();
            assertThat(next.lastSequence()).isEmpty();
            next.append(0, bytes(0));
        }
    }

    /** Whether it is being committed is what the brokers do not tell everybody; then reading waits until it is over. */
    @Test
    void passesAnUnfinishedEntryByOnlyIfItKnowsThatNothingIsBehindIt() throws Exception {
        String topic = "described-checkpoints";
        try (OpenedLog store = open(topic, Duration.ofSeconds(30), new StopSignal())) {
            store.append(0, bytes(0));
        }
        String transactionalId = "pagewalk/" + topic + "/" + exportId + "/1";
        broker.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        KafkaProducer<String, String> killed =
                KafkaLogs.unfinished(broker.servers(), topic, transactionalId, exportId + "/1/1/00000000000000000001");
        KafkaSettings settings = new KafkaSettings(broker.saslServers(), user(), Duration.ofSeconds(1));
        try (OpenedLog view = KafkaLogs.view(settings, topic, exportId)) {
            assertThatIOException()
                    .isThrownBy(view::lastSequence)
                    .withMessageContaining("was not finished for 2 s (twice the retry timeout)")
                    .withMessageContaining("DESCRIBE on transactional id " + transactionalId);

            broker.allow(ResourceType.TRANSACTIONAL_ID, transactionalId, AclOperation.DESCRIBE);
            assertThat(view.lastSequence()).hasValue(0);
        } finally {
            killed.close(Duration.ZERO);
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        String nobody = "127.0.0.1:" + Ports.free(1).get(0);
        try (OpenedLog store = open(nobody, Duration.ofSeconds(1))) {
            assertThatIOException()
                    .isThrownBy(store::lastSequence)
                    .withMessageEndingWith("no answer from " + nobody + " within 1 s");
            assertThatIOException().isThrownBy(() -> store.append(0, bytes(0)));
        }
    }

    @Test
    void saysWhichPermissionIsMissing() throws IOException {
        String topic = "guarded-checkpoints";
        KafkaSettings settings = new KafkaSettings(broker.saslServers(), user(), Duration.ofSeconds(10));

        assertRefused(settings, topic, "; ask for CREATE, DESCRIBE and DESCRIBE_CONFIGS on topic " + topic);
        broker.allow(ResourceType.TOPIC, topic, AclOperation.CREATE);
        broker.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE);
        assertRefused(settings, topic, "; ask for CREATE, DESCRIBE and DESCRIBE_CONFIGS on topic " + topic);
        broker.allow(ResourceType.TOPIC, topic, AclOperation.DESCRIBE_CONFIGS);
        assertRefused(
                settings,
                topic,
                "transactional id pagewalk/" + topic + "/" + exportId + "/1: ask for WRITE and DESCRIBE on that");
        broker.allow(ResourceType.TRANSACTIONAL_ID, "pagewalk/" + topic + "/" + exportId + "/1", AclOperation.WRITE);
        assertRefused(settings, topic, "; ask for WRITE and DESCRIBE on topic " + topic);
        broker.allow(ResourceType.TOPIC, topic, AclOperation.WRITE);
        try (OpenedLog store = KafkaLogs.open(settings, topic, exportId, new StopSignal())) {
            store.append(0, bytes(0));
        }
        assertRefused(settings, topic, "; ask for READ and DESCRIBE on topic " + topic);
        broker.allow(ResourceType.TOPIC, topic, AclOperation.READ);
        try (OpenedLog store = KafkaLogs.open(settings, topic, exportId, new StopSignal())) {
            store.append(1, bytes(1));
            assertThat(store.read(0)).isEqualTo(bytes(0));
        }
    }

    private static Map<String, String> user() {
        return ListenersBroker.userSettings().stream()
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private void assertRefused(KafkaSettings settings, String topic, String reason) {
        try (OpenedLog store = KafkaLogs.open(settings, topic, exportId, new StopSignal())) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> store.append(0, bytes(0)))
                    .withMessageContaining(reason)
                    .withMessageNotContaining("\n")
                    .withMessageNotContaining("reader-password");
        }
    }

    private OpenedLog open(String servers, Duration retryTimeout) {
        return KafkaLogs.open(KafkaLogs.settings(servers, retryTimeout), "checkpoints", exportId, new StopSignal());
    }

    private OpenedLog open(String topic, Duration retryTimeout, StopSignal stop) {
        return KafkaLogs.open(KafkaLogs.settings(broker.servers(), retryTimeout), topic, exportId, stop);
    }

    private OpenedLog openAs(String clientId, String topic, Duration retryTimeout) {
        return KafkaLogs.open(
                new KafkaSettings(broker.servers(), Map.of("client.id", clientId), retryTimeout),
                topic,
                exportId,
                new StopSignal());
    }

    private OpenedLog view() {
        return KafkaLogs.view(KafkaLogs.settings(broker.servers(), Duration.ofSeconds(30)), "checkpoints", exportId);
    }

    private static byte[] bytes(long sequence) {
        return ("entry " + sequence).getBytes(UTF_8);
    }
}
