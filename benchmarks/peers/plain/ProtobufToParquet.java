import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.proto.ProtoParquetWriter;
import org.apache.parquet.proto.ProtoWriteSupport;

/**
 * Copies the values of a topic, orders in Protobuf in Confluent's frames, into one Parquet file: {@code ProtobufToParquet SERVERS TOPIC
 * FILE}. The descriptor is {@code order-2.proto}'s, made by hand, as protobuf-java has no parser of its own.
 */
public final class ProtobufToParquet {
    /** With the index of the message, which is the first. */
    private static final int FRAME = 6;

    private ProtobufToParquet() {}

    public static void main(String[] args) throws Exception {
        Descriptor order = descriptor();
        Configuration settings = new Configuration(false);
        settings.setInt("parquet.compression.codec.zstd.level", 1);
        ProtoWriteSupport.setWriteSpecsCompliant(settings, true);
        Map<String, Object> config =
                Map.of("bootstrap.servers", args[0], "max.poll.records", 5000, "auto.offset.reset", "none");
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                ParquetWriter<DynamicMessage> writer = ProtoParquetWriter.<DynamicMessage>builder(
                                new LocalOutputFile(Path.of(args[2])))
                        .withDescriptor(order)
                        .withConf(settings)
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withRowGroupSize(8L << 20)
                        .build()) {
            copy(consumer, args[1], order, writer);
        }
    }

    private static void copy(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            Descriptor order,
            ParquetWriter<DynamicMessage> writer)
            throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        List<Map.Entry<TopicPartition, Long>> ends =
                new ArrayList<>(consumer.endOffsets(partitions).entrySet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        while (!ends.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                byte[] bytes = record.value();
                writer.write(DynamicMessage.parseFrom(
                        order, CodedInputStream.newInstance(bytes, FRAME, bytes.length - FRAME)));
            }
            ends.removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    private static Descriptor descriptor() throws Exception {
        EnumDescriptorProto.Builder status = EnumDescriptorProto.newBuilder().setName("Status");
        String[] states = {"NEW", "PAID", "SHIPPED", "DONE"};
        for (int i = 0; i < states.length; i++) {
            status.addValue(
                    EnumValueDescriptorProto.newBuilder().setName(states[i]).setNumber(i));
        }
        DescriptorProto.Builder tag = message(
                        "TagsEntry", field("key", 1, Type.TYPE_STRING), field("value", 2, Type.TYPE_STRING))
                .setOptions(MessageOptions.newBuilder().setMapEntry(true));
        DescriptorProto.Builder order = message(
                        "Order",
                        field("id", 1, Type.TYPE_INT64),
                        field("customer", 2, Type.TYPE_STRING),
                        field("status", 3, Type.TYPE_ENUM).setTypeName(".shop.Status"),
                        field("amount", 4, Type.TYPE_INT64),
                        field("created", 5, Type.TYPE_INT64),
                        field("updated", 6, Type.TYPE_INT64)
                                .setProto3Optional(true)
                                .setOneofIndex(0),
                        field("note", 7, Type.TYPE_STRING)
                                .setProto3Optional(true)
                                .setOneofIndex(1),
                        field("quantity", 8, Type.TYPE_INT64),
                        field("price", 9, Type.TYPE_DOUBLE),
                        field("weight", 10, Type.TYPE_INT32),
                        field("express", 11, Type.TYPE_BOOL),
                        field("gift", 12, Type.TYPE_BOOL),
                        field("channel", 13, Type.TYPE_STRING),
                        field("address", 14, Type.TYPE_MESSAGE).setTypeName(".shop.Address"),
                        field("items", 15, Type.TYPE_MESSAGE)
                                .setTypeName(".shop.Item")
                                .setLabel(Label.LABEL_REPEATED),
                        field("tags", 16, Type.TYPE_MESSAGE)
                                .setTypeName(".shop.Order.TagsEntry")
                                .setLabel(Label.LABEL_REPEATED))
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_updated"))
                .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_note"))
                .addNestedType(tag);
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("order.proto")
                .setPackage("shop")
                .setSyntax("proto3")
                .addEnumType(status)
                .addMessageType(order)
                .addMessageType(message(
                        "Address",
                        field("street", 1, Type.TYPE_STRING),
                        field("city", 2, Type.TYPE_STRING),
                        field("zip", 3, Type.TYPE_STRING),
                        field("country", 4, Type.TYPE_STRING)))
                .addMessageType(message(
                        "Item",
                        field("sku", 1, Type.TYPE_STRING),
                        field("quantity", 2, Type.TYPE_INT32),
                        field("price", 3, Type.TYPE_DOUBLE)))
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Order");
    }

    private static DescriptorProto.Builder message(String name, FieldDescriptorProto.Builder... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (FieldDescriptorProto.Builder field : fields) {
            message.addField(field);
        }
        return message;
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }
}
