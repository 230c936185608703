package io.pagewalk.internal.checkpoint.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.embedded.Topics;
import io.pagewalk.internal.admin.SharedAdmin;
import io.pagewalk.internal.log.LogName;
import io.pagewalk.internal.progress.StopSignal;
import io.pagewalk.internal.progress.Waits;
import io.pagewalk.it.fixture.Broker;
import io.pagewalk.it.fixture.KafkaLogs;
import io.pagewalk.it.fixture.LongTests;
import io.pagewalk.spi.CheckpointStore;
import io.pagewalk.spi.CheckpointStores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many exports of one command whose logs are in the same topic. */
class SharedLogTopicIT {
    private static final int ENTRY = 1000;

    private final SharedAdmin admin = new SharedAdmin(KafkaLogs.settings(Broker.servers(), Duration.ofSeconds(45)));
    private final List<LogCluster> clusters = new ArrayList<>();

    @AfterEach
    void close() {
        clusters.forEach(LogCluster::close);
        admin.close();
    }

    private LogCluster connection(long limit) {
        LogCluster cluster = new LogCluster(KafkaLogs.settings(Broker.servers(), Duration.ofSeconds(45)), admin, limit);
        clusters.add(cluster);
        return cluster;
    }

    private static CheckpointStores open(LogCluster cluster, String topic, int export) {
        return KafkaCheckpointStores.open(
                cluster, topic, new LogName("export-" + export, 1), new StopSignal(), new Waits());
    }

    @Test
    void isReadOnceForAllOfThem() throws Exception {
        String topic = Broker.topic("read-once", 1, Topics.compacted());
        int exports = LongTests.count(10, 30);
        fill(topic, exports, 5);
        long before = bytesOut(topic);

        LogCluster cluster = connection(1 << 20);
        for (int export = 0; export < exports; export++) {
            try (CheckpointStores logs = open(cluster, topic, export)) {
                assertThat(logs.runs()).containsExactly(1);
                assertThat(logs.of(1).lastSequence()).hasValue(4);
                assertThat(logs.expiries()).containsExactly(1);
            }
        }

        long content = (long) exports * 5 * ENTRY;
        assertThat(bytesOut(topic) - before).as("read of %d bytes", content).isBetween(content, 2 * content);
    }

    /** With a limit of nothing, only what is followed is kept, and whoever comes later reads for himself. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1 << 20})
    void eachFindsItsOwnHoweverManyWriteBesideIt(long limit) throws Exception {
        String topic = Broker.topic("written-beside", 1, Topics.compacted());
        LogCluster cluster = connection(limit);
        long seed = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int export = 0; export < LongTests.count(8, 24); export++) {
                int number = export;
                runs.add(threads.submit(() -> {
                    writeAndReadBack(cluster, topic, number, new Random(seed + number));
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void writeAndReadBack(LogCluster cluster, String topic, int export, Random random)
            throws IOException {
        int written = 0;
        for (int opened = 0; opened < 3; opened++) {
            try (CheckpointStores logs = open(cluster, topic, export)) {
                CheckpointStore log = logs.of(1);
                assertThat(log.lastSequence().orElse(-1))
                        .as("export %d", export)
                        .isEqualTo(written - 1L);
                for (int more = random.nextInt(4); more > 0; more--) {
                    log.append(written, content(export, written));
                    written++;
                }
            }
            try (CheckpointStores view = KafkaCheckpointStores.view(
                    cluster, topic, new LogName("export-" + export, 1), new StopSignal(), new Waits())) {
                assertThat(view.of(1).sequences()).as("export %d", export).hasSize(written);
                for (int sequence = 0; sequence < written; sequence++) {
                    assertThat(view.of(1).read(sequence)).isEqualTo(content(export, sequence));
                }
            }
        }
    }

    private void fill(String topic, int exports, int entries) throws IOException {
        LogCluster cluster = connection(1 << 20);
        for (int export = 0; export < exports; export++) {
            try (CheckpointStores logs = open(cluster, topic, export)) {
                for (int sequence = 0; sequence < entries; sequence++) {
                    logs.of(1).append(sequence, content(export, sequence));
                }
                logs.expire(1, content(export, 0));
            }
        }
    }

    private static byte[] content(int export, int sequence) {
        return (export + " " + sequence + " " + "x".repeat(ENTRY)).getBytes(UTF_8);
    }

    /** As the broker counts them, which runs in this process. */
    private static long bytesOut(String topic) throws Exception {
        return (Long) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=" + topic),
                        "Count");
    }
}
