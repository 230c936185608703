package io.pagewalk.internal.schema.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTableTest {
    private final FrameTable<String> table = new FrameTable<>();

    private static Frame frame(FrameKind kind, boolean messages, byte[] payload) {
        RecordView view = new ReusableRecord()
                .begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
                .value(payload)
                .view();
        Frame frame = new Frame();
        assertThat(new FrameParser(kind, false, messages, 100).parse(view, view.value(), frame))
                .isTrue();
        return frame;
    }

    @Test
    void theSameNumberIsAnotherKeyInAnotherKind() {
        byte[] payload = {0, 0, 0, 0, 7};
        table.put(frame(FrameKind.CONFLUENT, false, payload), "id");
        assertThat(table.get(frame(FrameKind.APICURIO_CONTENT, false, payload))).isNull();
        assertThat(table.get(frame(FrameKind.APICURIO_GLOBAL, false, payload))).isNull();
        table.put(frame(FrameKind.APICURIO_CONTENT, false, payload), "content");
        assertThat(table.get(frame(FrameKind.CONFLUENT, false, payload))).isEqualTo("id");
        assertThat(table.get(frame(FrameKind.APICURIO_CONTENT, false, payload))).isEqualTo("content");
    }

    @Test
    void messagesOfOneSchemaAreToldApart() {
        byte[] first = {0, 0, 0, 0, 7, 0};
        byte[] second = {0, 0, 0, 0, 7, 2, 2};
        table.put(frame(FrameKind.CONFLUENT, true, first), "first");
        assertThat(table.get(frame(FrameKind.CONFLUENT, true, second))).isNull();
        assertThat(table.get(frame(FrameKind.CONFLUENT, true, new byte[] {0, 0, 0, 0, 7, 2, 0})))
                .isEqualTo("first");
        byte[] order = {0, 0, 0, 0, 7, 3, 0x0A, 1, 'A'};
        byte[] other = {0, 0, 0, 0, 7, 3, 0x0A, 1, 'B'};
        table.put(frame(FrameKind.APICURIO_CONTENT, true, order), "A");
        assertThat(table.get(frame(FrameKind.APICURIO_CONTENT, true, other))).isNull();
        order[8] = 'B';
        assertThat(table.get(frame(FrameKind.APICURIO_CONTENT, true, other))).isNull();
    }

    @Test
    void artifactsAreFoundByTheirNames() {
        ReusableRecord record = new ReusableRecord();
        FrameParser parser = new FrameParser(FrameKind.APICURIO_HEADERS, false, false, 100);
        Frame frame = new Frame();
        for (String name : new String[] {"a", "b"}) {
            RecordView view = record.begin("t", 0, 0, 0, TimestampType.CREATE_TIME)
                    .value(new byte[0])
                    .header("apicurio.value.artifactId".getBytes(UTF_8), name.getBytes(UTF_8))
                    .view();
            assertThat(parser.parse(view, view.value(), frame)).isTrue();
            assertThat(table.get(frame)).isNull();
            table.put(frame, name);
            assertThat(table.get(frame)).isEqualTo(name);
        }
    }

    @Test
    void oneIsNotPutTwice() {
        Frame frame = frame(FrameKind.CONFLUENT, false, new byte[5]);
        table.put(frame, "a");
        assertThatIllegalStateException().isThrownBy(() -> table.put(frame, "b"));
        table.clear();
        assertThat(table.get(frame)).isNull();
        assertThat(table.size()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void manyAreFoundAgain(long seed) {
        Random random = new Random(seed);
        Map<SchemaKey, String> expected = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            byte[] payload = FrameParserTest.bytes((byte) 0, random.nextInt(5_000));
            Frame frame = frame(FrameKind.CONFLUENT, false, payload);
            assertThat(table.get(frame)).isEqualTo(expected.get(frame.key()));
            if (expected.putIfAbsent(frame.key(), "v" + i) == null) {
                table.put(frame, "v" + i);
            }
        }
        assertThat(table.size()).isEqualTo(expected.size());
    }

    @Test
    void keysAreReadBackFromTheirTexts() {
        UUID uuid = UUID.fromString("89791762-2336-4186-9674-299b90a802e2");
        for (SchemaKey key : new SchemaKey[] {
            new SchemaKey.Id(-7),
            new SchemaKey.Guid(uuid),
            new SchemaKey.GlueVersion(uuid),
            new SchemaKey.ContentId(Long.MIN_VALUE),
            new SchemaKey.GlobalId(3),
            new SchemaKey.Coordinates("", "a/b é:%", "")
        }) {
            assertThat(SchemaKey.parse(key.text())).isEqualTo(key);
            assertThat(key.text()).matches("\\p{ASCII}+");
        }
        for (String text :
                new String[] {"", "07", "+7", "7 ", "guid:1-1-1-1-1", "artifact:a/b", "content:", "glue:x"}) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> SchemaKey.parse(text));
        }
    }
}
