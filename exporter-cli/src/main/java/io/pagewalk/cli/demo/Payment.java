package io.pagewalk.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record of the demo's second topic. As with {@link Order}, all of it follows from its number.
 *
 * @param method the default of the second version, for one of the first
 * @param items none, for one of the first version
 */
record Payment(int number, int partition, Instant paid, BigDecimal amount, String method, List<Item> items) {
    static final int PARTITIONS = 3;

    /** The versions, oldest first. Their ids are their numbers here, from 1 on. */
    static final List<String> SCHEMAS = List.of("""
            {"type":"record","name":"Payment","fields":[
              {"name":"number","type":"int"},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
              {"name":"paid","type":{"type":"long","logicalType":"timestamp-millis"}}]}""", """
            {"type":"record","name":"Payment","fields":[
              {"name":"id","aliases":["number"],"type":"long"},
              {"name":"amount","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":3}},
              {"name":"paid","type":{"type":"long","logicalType":"timestamp-micros"}},
              {"name":"method","default":"UNKNOWN","type":
                {"type":"enum","name":"Method","symbols":["UNKNOWN","CARD","TRANSFER","VOUCHER"]}},
              {"name":"items","default":[],"type":{"type":"array","items":
                {"type":"record","name":"Item","fields":[
                  {"name":"sku","type":"string"},{"name":"count","type":"int"}]}}}]}""");

    private static final List<Schema> PARSED =
            SCHEMAS.stream().map(text -> new Schema.Parser().parse(text)).toList();
    private static final long SEED = 20_260_202;
    private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");
    private static final String[] METHODS = {"CARD", "TRANSFER", "VOUCHER"};

    record Item(String sku, int count) {}

    static Payment of(int number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        Instant paid = FIRST.plusSeconds(number);
        BigDecimal amount = BigDecimal.valueOf(random.nextInt(100, 90_000), 2);
        if (!isOfSecondVersion(number)) {
            return new Payment(number, random.nextInt(PARTITIONS), paid, amount, "UNKNOWN", List.of());
        }
        List<Item> items = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            items.add(new Item("sku-" + random.nextInt(100), random.nextInt(1, 9)));
        }
        return new Payment(
                number,
                random.nextInt(PARTITIONS),
                paid.plusNanos(1000L * random.nextInt(1_000_000)),
                amount,
                METHODS[random.nextInt(METHODS.length)],
                List.copyOf(items));
    }

    /** Versions are mixed, as where several producers are upgraded one after the other. */
    private static boolean isOfSecondVersion(int number) {
        return number % 3 != 0;
    }

    ProducerRecord<byte[], byte[]> record(String topic) {
        int version = isOfSecondVersion(number) ? 2 : 1;
        return new ProducerRecord<>(
                topic, partition, paid.toEpochMilli(), ("payment-" + number).getBytes(UTF_8), framed(version));
    }

    private byte[] framed(int version) {
        Schema schema = PARSED.get(version - 1);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(
                    ByteBuffer.allocate(5).put((byte) 0).putInt(version).array());
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(version == 1 ? first(schema) : second(schema), encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GenericRecord first(Schema schema) {
        return new GenericRecordBuilder(schema)
                .set("number", number)
                .set("amount", unscaled(2))
                .set("paid", paid.toEpochMilli())
                .build();
    }

    private GenericRecord second(Schema schema) {
        Schema item = schema.getField("items").schema().getElementType();
        return new GenericRecordBuilder(schema)
                .set("id", (long) number)
                .set("amount", unscaled(3))
                .set("paid", paid.getEpochSecond() * 1_000_000 + paid.getNano() / 1000)
                .set(
                        "method",
                        new GenericData.EnumSymbol(schema.getField("method").schema(), method))
                .set(
                        "items",
                        items.stream()
                                .map(each -> new GenericRecordBuilder(item)
                                        .set("sku", each.sku())
                                        .set("count", each.count())
                                        .build())
                                .toList())
                .build();
    }

    private ByteBuffer unscaled(int scale) {
        return ByteBuffer.wrap(amount.setScale(scale).unscaledValue().toByteArray());
    }
}
