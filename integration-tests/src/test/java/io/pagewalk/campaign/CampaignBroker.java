package io.pagewalk.campaign;

import io.pagewalk.embedded.Ports;
import io.pagewalk.embedded.Topics;
import io.pagewalk.it.fixture.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/** The broker of a campaign, and what is asked of it. */
final class CampaignBroker implements AutoCloseable {
    private static final String POLICY = "cleanup.policy";

    private static final int LIMIT_SECONDS = 60;

    private final BrokerProcess process;
    private final Admin admin;

    private CampaignBroker(BrokerProcess process) {
        this.process = process;
        this.admin = Admin.create(Map.of("bootstrap.servers", process.servers()));
    }

    static CampaignBroker start(Path dir) throws IOException {
        List<Integer> ports = Ports.free(2);
        BrokerProcess process =
                new BrokerProcess(dir, Uuid.randomUuid().toString(), ports.get(0), ports.get(1), Map.of());
        try {
            return new CampaignBroker(process.start());
        } catch (IOException | AssertionError e) {
            process.close();
            throw e;
        }
    }

    String servers() {
        return process.servers();
    }

    /** SIGKILL, and a new start on the same port. */
    void restart() throws IOException {
        process.kill();
        process.start();
    }

    void pause(int millis) throws IOException, InterruptedException {
        process.pause();
        try {
            Thread.sleep(millis);
        } finally {
            process.wake();
        }
    }

    void create(String topic, int partitions, Plan.Compaction compaction) {
        Map<String, String> configs = new HashMap<>(Map.of(
                "file.delete.delay.ms", "1000", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        if (compaction != Plan.Compaction.NONE) {
            configs.putAll(Topics.compacted());
            // Of the records' own time: some hundred records.
            configs.put("segment.ms", "500");
            configs.put("max.compaction.lag.ms", "500");
        }
        if (compaction == Plan.Compaction.LATER) {
            configs.put(POLICY, "delete");
        }
        Topics.create(servers(), topic, partitions, configs);
    }

    /** Returns once no transaction is open: the brokers write markers after they have confirmed the end. */
    void awaitStable(String topic, int partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!offsets(latest, IsolationLevel.READ_COMMITTED)
                .equals(offsets(latest, IsolationLevel.READ_UNCOMMITTED))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("a transaction of " + topic + " is still open");
            }
        }
    }

    private List<Long> offsets(Map<TopicPartition, OffsetSpec> latest, IsolationLevel level) throws Exception {
        var listed = admin.listOffsets(latest, new ListOffsetsOptions(level));
        List<Long> offsets = new ArrayList<>();
        for (TopicPartition partition : latest.keySet()) {
            offsets.add(await(listed.partitionResult(partition)).offset());
        }
        return offsets;
    }

    void compact(String topic) throws Exception {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(POLICY, "compact"), AlterConfigOp.OpType.SET);
        await(admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                .all());
    }

    void deleteRecords(String topic, Map<Integer, Long> before) throws Exception {
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        before.forEach((partition, offset) ->
                deletions.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)));
        await(admin.deleteRecords(deletions).all());
    }

    void delete(String topic) throws Exception {
        await(admin.deleteTopics(List.of(topic)).all());
    }

    private static <T> T await(KafkaFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
        process.close();
    }
}
