package io.pagewalk.cli.classlist;

import io.pagewalk.embedded.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/** One topic with a few JSON records, a partition for each way to compress them. */
final class SampleTopic {
    static final String NAME = "sample";
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int RECORDS_PER_PARTITION = 500;

    private SampleTopic() {}

    static void create(String servers) throws ExecutionException, InterruptedException {
        Topics.create(servers, NAME, COMPRESSIONS.size(), Map.of());
        for (int partition = 0; partition < COMPRESSIONS.size(); partition++) {
            for (Future<RecordMetadata> sent : fill(servers, partition)) {
                sent.get();
            }
        }
    }

    private static List<Future<RecordMetadata>> fill(String servers, int partition) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", servers, "compression.type", COMPRESSIONS.get(partition));
        StringSerializer text = new StringSerializer();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(config, text, text)) {
            for (int i = 0; i < RECORDS_PER_PARTITION; i++) {
                ProducerRecord<String, String> sample = new ProducerRecord<>(NAME, partition, "key-" + i, json(i));
                sample.headers().add(new RecordHeader("trace", new byte[] {'t'}));
                sent.add(producer.send(sample));
            }
        }
        return sent;
    }

    private static String json(int i) {
        return "{\"id\":" + i + ",\"amount\":" + i / 8.0 + ",\"text\":\"\\u00e9t\u00e9 \\\"" + i
                + "\\\"\",\"tags\":[\"a\",null,true],\"at\":{\"x\":-1.5e3,\"y\":{}}}";
    }
}
