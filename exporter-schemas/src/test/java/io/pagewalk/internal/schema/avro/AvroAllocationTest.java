package io.pagewalk.internal.schema.avro;

import static io.pagewalk.internal.schema.avro.AvroTable.field;
import static io.pagewalk.internal.schema.avro.AvroTable.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pagewalk.row.RowEvents;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Payloads are decoded without a byte of the heap, once what is used again has grown. */
class AvroAllocationTest {
    private static final String V1 = record(
            field("id", "int"),
            field("price", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":10,\"scale\":2}"),
            field("big", "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":30,\"scale\":2}"),
            field("at", "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}"),
            field("time", "{\"type\":\"long\",\"logicalType\":\"time-micros\"}"),
            field("state", "{\"type\":\"enum\",\"name\":\"S\",\"symbols\":[\"A\",\"B\"]}"),
            field("note", "[\"null\",\"string\"]"),
            field("either", "[\"null\",\"string\",\"int\"]"),
            field("tags", "{\"type\":\"map\",\"values\":\"string\"}"),
            field(
                    "items",
                    "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"I\",\"fields\":["
                            + field("sku", "string") + "," + field("amount", "float") + "]}}"));
    private static final String V2 = V1.replace("\"name\":\"id\",\"type\":\"int\"", "\"name\":\"id\",\"type\":\"long\"")
            .replace(
                    "{\"name\":\"note\"",
                    "{\"name\":\"more\",\"type\":\"string\",\"default\":\"x\"},{\"name\":\"note\"");
    private static final int PAYLOADS = 200;
    private static final int ROUNDS = 50;

    @Test
    void nothingIsAllocatedForAPayload() throws Exception {
        Schema schema = AvroTable.schema(V1);
        RandomAvro avro = new RandomAvro(new Random(1));
        byte[][] payloads = new byte[PAYLOADS][];
        for (int index = 0; index < PAYLOADS; index++) {
            GenericRecord value = (GenericRecord) avro.value(schema);
            value.put("time", (long) index);
            payloads[index] = AvroTable.bytes(schema, value);
        }
        AvroDecoder decoder = AvroTable.of(V1, V2).decoder(1);
        RowEvents events = new RowEvents();
        decode(decoder, payloads, events);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        decode(decoder, payloads, events);
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        assertThat(allocated / (double) (PAYLOADS * ROUNDS))
                .as("bytes for each payload")
                .isLessThan(1);
    }

    private static void decode(AvroDecoder decoder, byte[][] payloads, RowEvents events) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (byte[] payload : payloads) {
                decoder.decode(payload, 0, payload.length, events);
            }
        }
    }
}
