package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import org.apache.kafka.common.utils.ByteUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
    private static final UUID GUID = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
    private static final byte[] BODY = {9, 8, 7};
    private static final int LARGEST = 1 << 20;

    private final ReusableRecord record = new ReusableRecord();
    private final Frame frame = new Frame();

    private RecordView value(byte[] value) {
        // Payloads are seldom all of an array.
        byte[] array = new byte[value.length + 7];
        Arrays.fill(array, (byte) 0x7F);
        System.arraycopy(value, 0, array, 5, value.length);
        return record.begin("t", 0, 1, 2, TimestampType.CREATE_TIME)
                .value(array, 5, value.length)
                .view();
    }

    private RecordView with(RecordView view, String name, byte[] header) {
        record.header(name.getBytes(UTF_8), header);
        return view;
    }

    private boolean parse(FrameKind kind, boolean messages, RecordView view) {
        return new FrameParser(kind, false, messages, LARGEST).parse(view, view.value(), frame);
    }

    private byte[] body() {
        return Arrays.copyOfRange(frame.array(), frame.offset(), frame.end());
    }

    static byte[] bytes(Object... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        for (Object part : parts) {
            if (part instanceof Byte b) {
                buffer.put(b);
            } else if (part instanceof Integer i) {
                buffer.putInt(i);
            } else if (part instanceof Long l) {
                buffer.putLong(l);
            } else if (part instanceof UUID uuid) {
                buffer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            } else {
                buffer.put((byte[]) part);
            }
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] indexes(int... indexes) {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        ByteUtils.writeVarint(indexes.length, buffer);
        for (int index : indexes) {
            ByteUtils.writeVarint(index, buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] ref(String name) {
        byte[] text = name.getBytes(UTF_8);
        return bytes((byte) (text.length + 2), (byte) 0x0A, (byte) text.length, text);
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void confluentsPrefixIsAnId() {
        assertThat(parse(FrameKind.CONFLUENT, false, value(bytes((byte) 0, 77, BODY))))
                .isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.Id(77));
        assertThat(body()).isEqualTo(BODY);
        assertThat(frame.messageDepth()).isZero();
    }

    @Test
    void aFrameWithNothingBehindItIsOne() {
        assertThat(parse(FrameKind.CONFLUENT, false, value(bytes((byte) 0, 77))))
                .isTrue();
        assertThat(body()).isEmpty();
    }

    @Test
    void confluentsPrefixMayBeAGuid() {
        assertThat(parse(FrameKind.CONFLUENT, false, value(bytes((byte) 1, GUID, BODY))))
                .isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.Guid(GUID));
        assertThat(body()).isEqualTo(BODY);
    }

    @Test
    void aHeaderOfConfluentsGoesBeforeThePayload() {
        RecordView view = value(bytes((byte) 0, 77, BODY));
        with(view, "__key_schema_id", bytes((byte) 0, 1));
        with(view, "__value_schema_id", bytes((byte) 0, 2));
        with(view, "__value_schema_id", bytes((byte) 1, GUID));
        assertThat(parse(FrameKind.CONFLUENT, false, view)).isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.Guid(GUID));
        assertThat(body()).isEqualTo(bytes((byte) 0, 77, BODY));
    }

    @Test
    void aHeaderThatIsNullIsNone() {
        RecordView view = value(bytes((byte) 0, 77, BODY));
        with(view, "__value_schema_id", null);
        assertThat(parse(FrameKind.CONFLUENT, false, view)).isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.Id(77));
    }

    @Test
    void aDamagedHeaderIsToldAndNotPassedOver() {
        RecordView view = value(bytes((byte) 0, 77, BODY));
        with(view, "__value_schema_id", bytes((byte) 1, 7));
        assertThat(parse(FrameKind.CONFLUENT, false, view)).isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.HEADER);
    }

    @Test
    void messageIndexesAreZigzag() {
        assertThat(parse(FrameKind.CONFLUENT, true, value(bytes((byte) 0, 77, indexes(2, 0, 300), BODY))))
                .isTrue();
        assertThat(frame.messageDepth()).isEqualTo(3);
        assertThat(frame.messageIndex(0)).isEqualTo(2);
        assertThat(frame.messageIndex(1)).isZero();
        assertThat(frame.messageIndex(2)).isEqualTo(300);
        assertThat(body()).isEqualTo(BODY);
    }

    @Test
    void aLoneZeroIsTheFirstMessage() {
        assertThat(parse(FrameKind.CONFLUENT, true, value(bytes((byte) 0, 77, (byte) 0, BODY))))
                .isTrue();
        assertThat(frame.messageDepth()).isEqualTo(1);
        assertThat(frame.messageIndex(0)).isZero();
        assertThat(body()).isEqualTo(BODY);
    }

    @Test
    void messageIndexesStandInTheHeaderWhereTheIdDoes() {
        RecordView view = value(BODY);
        with(view, "__value_schema_id", bytes((byte) 1, GUID, indexes(1)));
        assertThat(parse(FrameKind.CONFLUENT, true, view)).isTrue();
        assertThat(frame.messageIndex(0)).isEqualTo(1);
        assertThat(body()).isEqualTo(BODY);
    }

    @Test
    void countsOfMessageIndexesAreBounded() {
        for (byte[] hostile : new byte[][] {
            {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
            {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1},
            {3},
            {2, 1},
            {4, 0},
            {}
        }) {
            assertThat(parse(FrameKind.CONFLUENT, true, value(bytes((byte) 0, 77, hostile))))
                    .as(Arrays.toString(hostile))
                    .isFalse();
            assertThat(frame.fault()).isEqualTo(FrameFault.MESSAGE);
        }
    }

    @Test
    void apicuriosIdsHave32Or64Bits() {
        assertThat(parse(FrameKind.APICURIO_CONTENT, false, value(bytes((byte) 0, 77, BODY))))
                .isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.ContentId(77));
        assertThat(body()).isEqualTo(BODY);
        assertThat(parse(FrameKind.APICURIO_GLOBAL, false, value(bytes((byte) 0, 78L, BODY))))
                .isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.GlobalId(78));
        assertThat(body()).isEqualTo(BODY);
    }

    @Test
    void apicuriosProtobufNamesItsMessage() {
        assertThat(parse(FrameKind.APICURIO_CONTENT, true, value(bytes((byte) 0, 77, ref("Order"), BODY))))
                .isTrue();
        assertThat(frame.messageName()).isEqualTo("Order");
        assertThat(body()).isEqualTo(BODY);
        assertThat(parse(FrameKind.APICURIO_CONTENT, true, value(bytes((byte) 0, 77, (byte) 0, BODY))))
                .isTrue();
        assertThat(frame.messageName()).isNull();
        for (byte[] hostile :
                new byte[][] {{5, 0x0A, 9, 'a', 'b', 'c'}, {3, 0x0A, 0x7F, 'a'}, {3, 0x12, 1, 'a'}, {100}, {}, {1, 0x0A}
                }) {
            assertThat(parse(FrameKind.APICURIO_CONTENT, true, value(bytes((byte) 0, 77, hostile))))
                    .as(Arrays.toString(hostile))
                    .isFalse();
            assertThat(frame.fault()).isEqualTo(FrameFault.MESSAGE);
        }
    }

    @Test
    void apicuriosHeadersGoBeforeThePayload() {
        RecordView view = value(bytes((byte) 0, 77, BODY));
        with(view, "apicurio.value.encoding", "BINARY".getBytes(UTF_8));
        with(view, "apicurio.value.globalId", bytes(5L));
        with(view, "apicurio.protobuf.type", "Order".getBytes(UTF_8));
        assertThat(parse(FrameKind.APICURIO_CONTENT, true, view)).isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.GlobalId(5));
        assertThat(frame.messageName()).isEqualTo("Order");
        assertThat(body()).hasSize(8);
        with(view, "apicurio.value.contentId", bytes(6L));
        assertThat(parse(FrameKind.APICURIO_HEADERS, false, view)).isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.ContentId(6));
    }

    @Test
    void apicuriosHeadersMayNameAnArtifact() {
        RecordView view = value(BODY);
        with(view, "apicurio.value.groupId", "g/1".getBytes(UTF_8));
        with(view, "apicurio.value.artifactId", "a b".getBytes(UTF_8));
        with(view, "apicurio.value.version", "3".getBytes(UTF_8));
        assertThat(parse(FrameKind.APICURIO_HEADERS, false, view)).isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.Coordinates("g/1", "a b", "3"));
        with(view, "apicurio.value.encoding", "JSON".getBytes(UTF_8));
        assertThat(parse(FrameKind.APICURIO_HEADERS, false, view)).isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.JSON_ENCODING);
    }

    @Test
    void headersOfKeysAreNotThoseOfValues() {
        RecordView view = record.begin("t", 0, 1, 2, TimestampType.CREATE_TIME)
                .key(BODY)
                .value(BODY)
                .view();
        with(view, "apicurio.key.globalId", bytes(5L));
        assertThat(parse(FrameKind.APICURIO_HEADERS, false, view)).isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.MISSING);
        assertThat(new FrameParser(FrameKind.APICURIO_HEADERS, true, false, LARGEST).parse(view, view.key(), frame))
                .isTrue();
    }

    @Test
    void gluesValuesMayBeCompressed() throws IOException {
        assertThat(parse(FrameKind.GLUE, false, value(bytes((byte) 3, (byte) 0, GUID, BODY))))
                .isTrue();
        assertThat(frame.key()).isEqualTo(new SchemaKey.GlueVersion(GUID));
        assertThat(body()).isEqualTo(BODY);
        byte[] large = new byte[LARGEST];
        new Random(1).nextBytes(large);
        assertThat(parse(FrameKind.GLUE, false, ofAnySize(bytes((byte) 3, (byte) 5, GUID), zlib(large))))
                .isTrue();
        assertThat(body()).isEqualTo(large);
        assertThat(parse(FrameKind.GLUE, false, value(bytes((byte) 3, (byte) 5, GUID, zlib(new byte[0])))))
                .isTrue();
        assertThat(body()).isEmpty();
    }

    private RecordView ofAnySize(byte[] start, byte[] rest) {
        byte[] all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return value(all);
    }

    @Test
    void inflationIsBoundedAndWhole() throws IOException {
        assertThat(parse(FrameKind.GLUE, false, ofAnySize(bytes((byte) 3, (byte) 5, GUID), zlib(new byte[100 << 20]))))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.TOO_LARGE);
        byte[] whole = bytes((byte) 3, (byte) 5, GUID, zlib(BODY));
        assertThat(parse(FrameKind.GLUE, false, value(Arrays.copyOf(whole, whole.length - 1))))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.COMPRESSED);
        assertThat(parse(FrameKind.GLUE, false, value(Arrays.copyOf(whole, whole.length + 1))))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.COMPRESSED);
        assertThat(parse(FrameKind.GLUE, false, value(bytes((byte) 3, (byte) 7, GUID, BODY))))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.COMPRESSION);
    }

    @ParameterizedTest
    @EnumSource(FrameKind.class)
    void whatHasNoFrameIsToldInOneWay(FrameKind kind) {
        for (byte[] payload :
                new byte[][] {{}, {0}, {0, 0, 0, 0}, {1, 2, 3}, "{\"a\":1}".getBytes(UTF_8), {9, 0, 0, 0, 0, 1}}) {
            assertThat(parse(kind, false, value(payload)))
                    .as(Arrays.toString(payload))
                    .isFalse();
            assertThat(frame.fault()).hasToString("no schema frame");
        }
    }

    @ParameterizedTest
    @EnumSource(FrameKind.class)
    void framesOfOthersAreRefusedByName(FrameKind kind) {
        assertThat(parse(kind, false, value(bytes((byte) 0xC3, (byte) 1, 7L, BODY))))
                .isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.SINGLE_OBJECT);
        RecordView view = value("no frame".getBytes(UTF_8));
        with(view, "content-type", "avro/binary+0123456789abcdef0123456789abcdef".getBytes(UTF_8));
        assertThat(parse(kind, false, view)).isFalse();
        assertThat(frame.fault()).isEqualTo(FrameFault.AZURE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomPayloadsHaveABodyWithinThemOrAFault(long seed) {
        Random random = new Random(seed);
        for (FrameKind kind : FrameKind.values()) {
            FrameParser plain = new FrameParser(kind, false, false, 1000);
            FrameParser messages = new FrameParser(kind, false, true, 1000);
            for (int i = 0; i < 20_000; i++) {
                byte[] payload = new byte[random.nextInt(60)];
                random.nextBytes(payload);
                for (int j = 0; j < payload.length; j++) {
                    if (random.nextInt(3) == 0) {
                        payload[j] = (byte) random.nextInt(6);
                    }
                }
                RecordView view = value(payload);
                if (random.nextInt(4) == 0) {
                    byte[] header = new byte[random.nextInt(20)];
                    random.nextBytes(header);
                    with(view, random.nextBoolean() ? "__value_schema_id" : "apicurio.value.contentId", header);
                }
                for (FrameParser parser : new FrameParser[] {plain, messages}) {
                    boolean found = parser.parse(view, view.value(), frame);
                    assertThat(frame.fault() == null).as("seed %d, %d", seed, i).isEqualTo(found);
                    if (found) {
                        assertThat(frame.offset()).isBetween(0, frame.end());
                        assertThat(frame.end()).isLessThanOrEqualTo(frame.array().length);
                        assertThat(SchemaKey.parse(frame.key().text())).isEqualTo(frame.key());
                    }
                }
            }
        }
    }

    @Test
    void framesAreReadWithoutMakingObjects() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        FrameParser parser = new FrameParser(FrameKind.CONFLUENT, false, true, LARGEST);
        FrameTable<String> table = new FrameTable<>();
        RecordView one = value(bytes((byte) 0, 77, indexes(1, 2), BODY));
        parser.parse(one, one.value(), frame);
        table.put(frame, "one");
        RecordView headers = new ReusableRecord()
                .begin("t", 0, 1, 2, TimestampType.CREATE_TIME)
                .value(BODY)
                .header("other".getBytes(UTF_8), BODY)
                .header("__value_schema_id".getBytes(UTF_8), bytes((byte) 1, GUID, indexes(1)))
                .view();
        parser.parse(headers, headers.value(), frame);
        table.put(frame, "two");
        int found = 0;
        long before = 0;
        for (int i = 0; i < 30_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            RecordView view = i % 3 == 0 ? headers : one;
            found += parser.parse(view, view.value(), frame) && "one".equals(table.get(frame)) ? 1 : 0;
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isEqualTo(20_000);
        assertThat(allocated).isLessThan(20_000);
    }
}
