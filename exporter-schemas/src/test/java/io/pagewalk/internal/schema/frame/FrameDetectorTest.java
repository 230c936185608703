package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FrameDetectorTest {
    private static final RecordView ID = record(FrameParserTest.bytes((byte) 0, 77, new byte[8]));
    private static final RecordView GUID = record(FrameParserTest.bytes((byte) 1, new UUID(1, 2)));
    private static final RecordView LONG_ID = record(FrameParserTest.bytes((byte) 0, 77L));
    private static final RecordView GLUE =
            record(FrameParserTest.bytes((byte) 3, (byte) 5, new UUID(1, 2), new byte[3]));
    private static final RecordView CONFLUENT_HEADER =
            record(new byte[1], "__value_schema_id", FrameParserTest.bytes((byte) 1, new UUID(1, 2)));
    private static final RecordView APICURIO_HEADER =
            record(new byte[1], "apicurio.value.contentId", FrameParserTest.bytes(7L));
    private static final RecordView NULL = new ReusableRecord()
            .begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
            .key(new byte[0])
            .view()
            .copy();
    private static final RecordView JSON = record("{\"a\":1}".getBytes(UTF_8));
    private static final RecordView EMPTY = record(new byte[0]);

    private static RecordView record(byte[] value) {
        return new ReusableRecord()
                .begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
                .value(value)
                .view()
                .copy();
    }

    private static RecordView record(byte[] value, String name, byte[] header) {
        return new ReusableRecord()
                .begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
                .value(value)
                .header(name.getBytes(UTF_8), header)
                .view()
                .copy();
    }

    private static FrameDetector sampled(boolean apicurio, RecordView... records) {
        List<RecordView> shuffled = new ArrayList<>(List.of(records));
        Collections.shuffle(shuffled, new Random(1));
        FrameDetector detector = new FrameDetector(false, apicurio);
        shuffled.forEach(detector::sample);
        return detector;
    }

    private static FrameKind kind(RecordView... records) {
        return sampled(false, records).kind();
    }

    @Test
    void whatAllPayloadsHaveIsTheKind() {
        assertThat(kind(ID, ID, NULL)).isEqualTo(FrameKind.CONFLUENT);
        assertThat(kind(ID, GUID, CONFLUENT_HEADER)).isEqualTo(FrameKind.CONFLUENT);
        assertThat(kind(LONG_ID, LONG_ID)).isEqualTo(FrameKind.APICURIO_GLOBAL);
        assertThat(kind(LONG_ID, APICURIO_HEADER)).isEqualTo(FrameKind.APICURIO_GLOBAL);
        assertThat(kind(ID, APICURIO_HEADER)).isEqualTo(FrameKind.APICURIO_CONTENT);
        assertThat(kind(APICURIO_HEADER, APICURIO_HEADER)).isEqualTo(FrameKind.APICURIO_HEADERS);
        assertThat(kind(GLUE, GLUE, NULL)).isEqualTo(FrameKind.GLUE);
    }

    @Test
    void anIdIsApicuriosWhereItsOwnApiIsAsked() {
        assertThat(sampled(true, ID, ID).kind()).isEqualTo(FrameKind.APICURIO_CONTENT);
        assertThat(sampled(true, ID, GUID).kind()).isEqualTo(FrameKind.CONFLUENT);
    }

    @Test
    void whatIsMixedOrHasNoFrameHasNoKind() {
        assertThat(kind()).isNull();
        assertThat(kind(NULL)).isNull();
        assertThat(kind(EMPTY)).isNull();
        assertThat(kind(ID, JSON)).isNull();
        assertThat(kind(ID, LONG_ID)).isNull();
        assertThat(kind(GLUE, ID)).isNull();
        assertThat(kind(CONFLUENT_HEADER, APICURIO_HEADER)).isNull();
        assertThat(kind(LONG_ID, GUID)).isNull();
    }

    @Test
    void framesThatAreNotSupportedAreNamed() {
        RecordView azure =
                record(new byte[5], "content-type", "avro/binary+0123456789abcdef0123456789abcdef".getBytes(UTF_8));
        RecordView single = record(FrameParserTest.bytes((byte) 0xC3, (byte) 1, 7L));
        assertThat(sampled(false, azure, azure).refused()).isEqualTo(FrameFault.AZURE);
        assertThat(kind(azure)).isNull();
        assertThat(sampled(false, single).refused()).isEqualTo(FrameFault.SINGLE_OBJECT);
        assertThat(sampled(false, single, ID).refused()).isNull();
        assertThat(sampled(false, ID).refused()).isNull();
    }

    @Test
    void keysAreLookedAtAlone() {
        FrameDetector detector = new FrameDetector(true, false);
        detector.sample(new ReusableRecord()
                .begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
                .key(FrameParserTest.bytes((byte) 0, 5))
                .value(new byte[0])
                .view());
        assertThat(detector.kind()).isEqualTo(FrameKind.CONFLUENT);
    }

    @Test
    void theHeadersOfFramesAreKnownByName() {
        assertThat(isFrame("__value_schema_id")).isTrue();
        assertThat(isFrame("apicurio.key.globalId")).isTrue();
        assertThat(isFrame("apicurio.protobuf.type")).isTrue();
        assertThat(isFrame("apicurio.value.other")).isFalse();
        assertThat(isFrame("content-type")).isFalse();
    }

    private static boolean isFrame(String name) {
        return FrameHeaders.isFrame(ByteView.of(name.getBytes(UTF_8)));
    }
}
