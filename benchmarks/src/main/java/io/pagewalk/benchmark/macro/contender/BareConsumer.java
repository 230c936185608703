package io.pagewalk.benchmark.macro.contender;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Reads a topic up to where it ends, and prints how many records there were: {@code BareConsumer SERVERS TOPIC}. Keys and values
 * are views of what Kafka unpacked: nothing is copied only to be thrown away.
 */
public final class BareConsumer {
    private BareConsumer() {}

    /** See the class. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", args[0], "max.poll.records", 5000, "auto.offset.reset", "none");
        try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
                new KafkaConsumer<>(config, new ByteBufferDeserializer(), new ByteBufferDeserializer())) {
            System.out.println(read(consumer, args[1]));
        }
    }

    private static long read(KafkaConsumer<ByteBuffer, ByteBuffer> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        List<Map.Entry<TopicPartition, Long>> ends =
                new ArrayList<>(consumer.endOffsets(partitions).entrySet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        long records = 0;
        while (!ends.isEmpty()) {
            records += consumer.poll(Duration.ofSeconds(1)).count();
            ends.removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
        return records;
    }
}
