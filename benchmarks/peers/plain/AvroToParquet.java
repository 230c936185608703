import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Copies the values of a topic, Avro in Confluent's frames, into one Parquet file: {@code AvroToParquet SERVERS TOPIC FILE
 * ID=SCHEMA-FILE...}, oldest first; all values are resolved to the last one.
 */
public final class AvroToParquet {
    private static final int FRAME = 5;

    private AvroToParquet() {}

    public static void main(String[] args) throws IOException {
        Map<Integer, Schema> writers = new HashMap<>();
        Schema newest = null;
        for (int i = 3; i < args.length; i++) {
            String[] schema = args[i].split("=", 2);
            newest = new Schema.Parser().parse(Files.readString(Path.of(schema[1])));
            writers.put(Integer.parseInt(schema[0]), newest);
        }
        Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();
        for (Map.Entry<Integer, Schema> writer : writers.entrySet()) {
            readers.put(writer.getKey(), new GenericDatumReader<>(writer.getValue(), newest));
        }
        Configuration settings = new Configuration(false);
        settings.setBoolean("parquet.avro.write-old-list-structure", false);
        settings.setInt("parquet.compression.codec.zstd.level", 1);
        Map<String, Object> config =
                Map.of("bootstrap.servers", args[0], "max.poll.records", 5000, "auto.offset.reset", "none");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(
                                new LocalOutputFile(Path.of(args[2])))
                        .withSchema(newest)
                        .withConf(settings)
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withRowGroupSize(8L << 20)
                        .build()) {
            copy(consumer, args[1], readers, writer);
        }
    }

    private static void copy(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            Map<Integer, GenericDatumReader<GenericRecord>> readers,
            ParquetWriter<GenericRecord> writer)
            throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        List<Map.Entry<TopicPartition, Long>> ends =
                new ArrayList<>(consumer.endOffsets(partitions).entrySet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        BinaryDecoder decoder = null;
        GenericRecord value = null;
        while (!ends.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                byte[] bytes = record.value();
                decoder = DecoderFactory.get().binaryDecoder(bytes, FRAME, bytes.length - FRAME, decoder);
                value = readers.get(ByteBuffer.wrap(bytes).getInt(1)).read(value, decoder);
                writer.write(value);
            }
            ends.removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }
}
