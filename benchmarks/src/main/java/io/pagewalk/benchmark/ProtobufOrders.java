package io.pagewalk.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Orders in Protobuf, field by field through protobuf-java, with the frames that Confluent's serializers write. As a generated class would, they leave out whole numbers that are zero.
 */
final class ProtobufOrders implements SampleRecords {
    static final SampleSchema OLDER = new SampleSchema(3, "PROTOBUF", SampleText.resource("order-1.proto"));
    static final SampleSchema NEWER = new SampleSchema(4, "PROTOBUF", SampleText.resource("order-2.proto"));

    /** One that writes a message's fields. */
    private interface Fields {
        void to(CodedOutputStream out) throws IOException;
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
        int id = order.newer() ? NEWER.id() : OLDER.id();
        byte[] message = message(out -> write(order, out));
        // After the id a zero, which means the first message of the schema.
        return ByteBuffer.allocate(6 + message.length)
                .put(6, message)
                .putInt(1, id)
                .array();
    }

    private static void write(TypedOrder order, CodedOutputStream out) throws IOException {
        number(out, 1, order.id());
        out.writeString(2, order.customer());
        number(out, 3, order.status());
        number(out, 4, order.cents());
        number(out, 5, order.createdMillis());
        Long updated = order.updatedMicros();
        if (order.newer() && updated != null) {
            out.writeInt64(6, updated);
        }
        String note = order.note();
        if (note != null) {
            out.writeString(7, note);
        }
        number(out, 8, order.quantity());
        out.writeDouble(9, order.price());
        number(out, 10, order.weight());
        number(out, 11, order.express() ? 1 : 0);
        number(out, 12, order.gift() ? 1 : 0);
        if (order.newer()) {
            out.writeString(13, order.channel());
        }
        out.writeByteArray(14, message(address -> {
            address.writeString(1, order.street());
            address.writeString(2, order.city());
            address.writeString(3, order.zip());
            address.writeString(4, TypedOrder.COUNTRY);
        }));
        for (TypedOrder.Item item : order.items()) {
            out.writeByteArray(15, message(fields -> {
                fields.writeString(1, item.sku());
                number(fields, 2, item.quantity());
                fields.writeDouble(3, item.price());
            }));
        }
        for (Map.Entry<String, String> tag :
                List.of(Map.entry("src", order.source()), Map.entry("camp", order.campaign()))) {
            out.writeByteArray(16, message(entry -> {
                entry.writeString(1, tag.getKey());
                entry.writeString(2, tag.getValue());
            }));
        }
        if (!order.newer()) {
            out.writeString(17, order.legacy());
        }
    }

    private static void number(CodedOutputStream out, int field, long value) throws IOException {
        if (value != 0) {
            out.writeInt64(field, value);
        }
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
        try {
            fields.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
