package io.pagewalk.benchmark.macro.kafka;

import io.pagewalk.benchmark.SampleRecords;
import io.pagewalk.benchmark.macro.measure.Failed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates and fills topics, each once. */
public final class BenchmarkTopics {
    private static final int TOPICS_AT_ONCE = 200;

    private final String servers;
    private final Set<Topic> filled = new HashSet<>();

    public BenchmarkTopics(String servers) {
        this.servers = servers;
    }

    /** Whether {@link #fill} has been called for it. */
    public boolean has(Topic topic) {
        return filled.contains(topic);
    }

    /** Creates a topic and fills it; returns when the broker has every record. */
    public void fill(Topic topic) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            List<NewTopic> all = new ArrayList<>();
            all.add(new NewTopic(topic.name(), topic.partitions(), (short) 1));
            topic.namesBeside().forEach(name -> all.add(new NewTopic(name, 1, (short) 1)));
            for (int i = 0; i < all.size(); i += TOPICS_AT_ONCE) {
                admin.createTopics(all.subList(i, Math.min(all.size(), i + TOPICS_AT_ONCE)))
                        .all()
                        .get();
            }
        } catch (ExecutionException e) {
            throw new Failed("cannot create topic " + topic.name() + ": " + e.getCause());
        }
        produce(topic);
        filled.add(topic);
    }

    /**
     * A producer with its defaults, but for lz4 and idempotence: a partition that has just been created may refuse its first
     * batch, and an idempotent producer did not get over that. One request at a time keeps the order just as well.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told, and closing waits
    private void produce(Topic topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "compression.type",
                "lz4",
                "enable.idempotence",
                false,
                "max.in.flight.requests.per.connection",
                1);
        SampleRecords records = topic.shape().records();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            Callback sent = (metadata, e) -> {
                if (e != null) {
                    failure.set(e);
                }
            };
            for (long number = 0; number < topic.records() && failure.get() == null; number++) {
                producer.send(record(topic.name(), (int) (number % topic.partitions()), records, number), sent);
            }
            for (String name : topic.namesBeside()) {
                for (long number = 0; number < Topic.FEW; number++) {
                    producer.send(record(name, 0, records, number), sent);
                }
            }
        }
        if (failure.get() != null) {
            throw new Failed("cannot fill topic " + topic.name() + ": " + failure.get());
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, int partition, SampleRecords records, long number) {
        return new ProducerRecord<>(
                topic,
                partition,
                records.timestamp(number),
                records.key(number),
                records.value(number),
                List.copyOf(records.headers(number)));
    }
}
