package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Orders in Avro, written by Avro itself, with the frames that Confluent's serializers write. */
final class AvroOrders implements SampleRecords {
    static final SampleSchema OLDER = new SampleSchema(1, "AVRO", SampleText.resource("order-1.avsc"));
    static final SampleSchema NEWER = new SampleSchema(2, "AVRO", SampleText.resource("order-2.avsc"));

    private static final int TYPICAL_BYTES = 256;

    private final Version older = new Version(OLDER);
    private final Version newer = new Version(NEWER);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

    /** What writes records of a version. */
    private static final class Version {
        final int id;
        final Schema schema;
        final GenericDatumWriter<GenericRecord> writer;

        Version(SampleSchema registered) {
            id = registered.id();
            schema = new Schema.Parser().parse(registered.text());
            writer = new GenericDatumWriter<>(schema);
        }

        Schema of(String field) {
            return schema.getField(field).schema();
        }
    }

    @Override
    public byte[] key(long number) {
        return TypedOrder.customer(number).getBytes(US_ASCII);
    }

    @Override
    public List<SampleHeader> headers(long number) {
        return List.of();
    }

    @Override
    public byte[] value(long number) {
        TypedOrder order = TypedOrder.of(number);
        Version version = order.newer() ? newer : older;
        bytes.reset();
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, version.id).array());
        try {
            version.writer.write(record(order, version), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static GenericRecord record(TypedOrder order, Version version) {
        GenericRecord record = new GenericData.Record(version.schema);
        record.put("id", order.id());
        record.put("customer", order.customer());
        record.put("status", new GenericData.EnumSymbol(version.of("status"), TypedOrder.STATES.get(order.status())));
        record.put("amount", ByteBuffer.wrap(BigInteger.valueOf(order.cents()).toByteArray()));
        record.put("created", order.createdMillis());
        record.put("note", order.note());
        if (order.newer()) {
            record.put("updated", order.updatedMicros());
            record.put("quantity", (long) order.quantity());
            record.put("channel", order.channel());
        } else {
            record.put("quantity", order.quantity());
            record.put("legacy", order.legacy());
        }
        record.put("price", order.price());
        record.put("weight", order.weight());
        record.put("express", order.express());
        record.put("gift", order.gift());
        GenericRecord address = new GenericData.Record(version.of("address"));
        address.put("street", order.street());
        address.put("city", order.city());
        address.put("zip", order.zip());
        address.put("country", TypedOrder.COUNTRY);
        record.put("address", address);
        Schema element = version.of("items").getElementType();
        record.put(
                "items", order.items().stream().map(item -> item(element, item)).toList());
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("src", order.source());
        tags.put("camp", order.campaign());
        record.put("tags", tags);
        return record;
    }

    private static GenericRecord item(Schema schema, TypedOrder.Item item) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("sku", item.sku());
        record.put("quantity", item.quantity());
        record.put("price", item.price());
        return record;
    }
}
