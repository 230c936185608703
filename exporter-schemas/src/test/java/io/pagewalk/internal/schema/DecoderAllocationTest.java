package io.pagewalk.internal.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import io.pagewalk.internal.schema.json.JsonSchema;
import io.pagewalk.internal.schema.json.JsonSchemaDecoder;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.internal.schema.protobuf.ProtobufDecoder;
import io.pagewalk.internal.schema.protobuf.ProtobufMessage;
import io.pagewalk.internal.schema.protobuf.ProtobufSchema;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nothing is allocated for a payload, once payloads like it were seen. */
class DecoderAllocationTest {
    private static final int RECORDS = 2_000;
    private static final String PROTO = "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\";"
            + " import \"google/protobuf/wrappers.proto\";"
            + " message M { int64 id = 1; string name = 2; optional double ratio = 3; E state = 4; N inner = 5;"
            + " repeated int32 numbers = 6; repeated N many = 7; map<string, uint64> counts = 8;"
            + " google.protobuf.Timestamp at = 9; google.protobuf.StringValue note = 10; M again = 11; fixed64 big = 12; }"
            + " message N { string a = 1; bytes b = 2; } enum E { OFF = 0; ON = 1; }";
    private static final String JSON_SCHEMA = "{\"properties\": {\"id\": {\"type\": \"integer\"}, \"name\": {\"type\":"
            + " \"string\"}, \"ratio\": {\"type\": \"number\"}, \"on\": {\"type\": \"boolean\"}, \"tags\": {\"type\": \"array\","
            + " \"items\": {\"type\": \"string\"}}, \"counts\": {\"type\": \"object\", \"additionalProperties\": {\"type\":"
            + " \"integer\"}}, \"inner\": {\"properties\": {\"a\": {\"type\": \"string\"}}}, \"any\": {}}}";

    private interface Decoding {
        void once() throws BadPayloadException;
    }

    private static TableSchema table(SourceType type) throws Exception {
        return TableSchema.merge(
                "value", List.of(new SchemaSubject("s", List.of(new SchemaVersion("1", type)))), TimeUnit.MICROSECONDS);
    }

    private static void assertNothingAllocated(Decoding decoding) throws BadPayloadException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < RECORDS; i++) {
            decoding.once();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RECORDS; i++) {
            decoding.once();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / RECORDS).as("bytes for each payload").isLessThan(1);
    }

    private static byte[] n(String a) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, a);
        out.writeByteArray(2, new byte[] {1, 2});
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void ofProtobuf() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeInt64(1, 123456789);
        out.writeString(2, "a name");
        out.writeDouble(3, 0.25);
        out.writeEnum(4, 7);
        out.writeByteArray(5, n("inner"));
        out.writeByteArray(6, new byte[] {1, 2, 3});
        for (int i = 0; i < 10; i++) {
            out.writeByteArray(7, n("many"));
            out.writeByteArray(8, new byte[] {10, 1, (byte) ('a' + i), 16, 5});
        }
        out.writeByteArray(9, new byte[] {8, 5, 16, 7});
        out.writeByteArray(10, n("note"));
        out.writeByteArray(11, new byte[] {8, 3, 18, 1, 'x', 25, 0, 0, 0, 0, 0, 0, (byte) 0xE0, 63});
        out.writeFixed64(12, -1);
        out.flush();
        byte[] payload = bytes.toByteArray();
        ProtobufMessage message =
                ProtobufSchema.parse("s.proto", PROTO, Map.of()).first();
        ProtobufDecoder decoder = message.decoder(table(message.type()).binding(0, 0));
        RowEvents events = new RowEvents();
        assertNothingAllocated(() -> decoder.decode(payload, 0, payload.length, events));
    }

    @Test
    void ofJson() throws Exception {
        byte[] payload = ("{\"id\": 9007199254740993, \"name\": \"a \\\"name\\u0020\", \"ratio\": 0.25, \"on\": true,"
                        + " \"tags\": [\"a\", \"b\", null], \"counts\": {\"x\": 1, \"\\u0078\": 2, \"y\": 3}, \"new\": {\"z\": []},"
                        + " \"inner\": {\"a\": \"1\", \"b\": 2}, \"any\": [1, 2, 3], \"id\": 5}")
                .getBytes(UTF_8);
        JsonSchema schema = JsonSchema.parse("s", JSON_SCHEMA, Map.of());
        JsonSchemaDecoder decoder = schema.decoder(table(schema.type()).binding(0, 0));
        RowEvents events = new RowEvents();
        assertNothingAllocated(() -> decoder.decode(payload, 0, payload.length, events));
    }
}
