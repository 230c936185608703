package io.pagewalk.cli.demo;

import io.pagewalk.cli.demo.Ledger.Position;
import io.pagewalk.error.ExportFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates a topic and fills it, in transactions, of which some are aborted. */
final class TopicFiller {
    private static final int TRANSACTIONS = 60;
    private static final int COMMITTED_PER_ABORTED = 6;

    /** Nothing is outstanding, unless this was interrupted: then the broker is gone, and there is nothing to wait for. */
    private static final Duration AT_ONCE = Duration.ZERO;

    private final String servers;
    private final String topic;
    private final int count;
    private final IntFunction<ProducerRecord<byte[], byte[]>> records;
    private final Ledger ledger = new Ledger();

    private TopicFiller(String servers, String topic, int count, IntFunction<ProducerRecord<byte[], byte[]>> records) {
        this.servers = servers;
        this.topic = topic;
        this.count = count;
        this.records = records;
    }

    /**
     * Creates a topic and fills it.
     *
     * @param count how many records are committed; numbered from 0. Those that are aborted come on top, with numbers of their own
     * @param records the record of a number
     */
    static Ledger fill(
            String servers,
            String topic,
            int partitions,
            int count,
            IntFunction<ProducerRecord<byte[], byte[]>> records)
            throws InterruptedException {
        return new TopicFiller(servers, topic, count, records).fill(partitions);
    }

    private Ledger fill(int partitions) throws InterruptedException {
        try {
            createTopic(partitions);
            produce();
        } catch (ExecutionException e) {
            throw new ExportFailedException("the demo's broker did not take the records: " + e.getCause(), e);
        }
        return ledger;
    }

    private void createTopic(int partitions) throws ExecutionException, InterruptedException {
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers, "default.api.timeout.ms", 30_000));
        try {
            NewTopic creation = new NewTopic(topic, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(creation)).all().get();
        } finally {
            admin.close(AT_ONCE);
        }
    }

    private void produce() throws ExecutionException, InterruptedException {
        int size = Math.max(1, count / TRANSACTIONS);
        int nextAborted = count;
        int transactions = 0;
        KafkaProducer<byte[], byte[]> producer = producer();
        try {
            producer.initTransactions();
            for (int first = 0; first < count; first += size) {
                ledger.addCommitted(transaction(producer, first, Math.min(count, first + size), true));
                if (++transactions % COMMITTED_PER_ABORTED == 0) {
                    ledger.addAborted(transaction(producer, nextAborted, nextAborted + size, false));
                    nextAborted += size;
                }
            }
        } finally {
            producer.close(AT_ONCE);
        }
    }

    private Map<Position, Integer> transaction(
            KafkaProducer<byte[], byte[]> producer, int first, int end, boolean commit)
            throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int number = first; number < end; number++) {
            sent.add(producer.send(records.apply(number)));
        }
        // What an abort finds unsent never reaches the topic, and would be no test of it.
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
        Map<Position, Integer> positions = new HashMap<>();
        for (int i = 0; i < sent.size(); i++) {
            RecordMetadata metadata = sent.get(i).get();
            positions.put(new Position(metadata.partition(), metadata.offset()), first + i);
        }
        return positions;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", servers,
                "transactional.id", "pagewalk-demo-" + topic,
                "compression.type", "lz4",
                "linger.ms", 5,
                "request.timeout.ms", 15_000,
                "delivery.timeout.ms", 30_000,
                "max.block.ms", 30_000);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
