package io.pagewalk.internal.schema.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.EventTree;
import io.pagewalk.internal.schema.merge.SchemaRefusedException;
import io.pagewalk.internal.schema.merge.SchemaSubject;
import io.pagewalk.internal.schema.merge.SchemaVersion;
import io.pagewalk.internal.schema.merge.TableSchema;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever protobuf-java makes of a payload is in the table. */
class ProtobufOracleTest {
    private static final int SCHEMAS = 60;
    private static final int MESSAGES = 30;
    private static final int DEPTH = 5;

    private final RowEvents events = new RowEvents();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20260101})
    void decodesWhatProtobufJavaReads(long seed) throws Exception {
        Random random = new Random(seed);
        int compared = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            RandomProto proto = new RandomProto(random);
            TableSchema[] table = new TableSchema[1];
            ProtobufDecoder decoder = decoder(proto, table);
            if (decoder == null) {
                continue;
            }
            RandomMessage messages = new RandomMessage(random, proto.isProto3());
            Descriptor oracle = proto.descriptor();
            for (int j = 0; j < MESSAGES; j++) {
                byte[] payload = payload(proto, messages, random);
                Object expected = ExpectedMessage.of(DynamicMessage.parseFrom(oracle, payload));
                assertThat(decoded(decoder, table[0], payload))
                        .as("seed %d, schema %d, message %d%n%s", seed, i, j, proto.text())
                        .isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(SCHEMAS * MESSAGES / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 20260102})
    void takesNothingElseFromDamagedPayloadsThanProtobufJava(long seed) throws Exception {
        Random random = new Random(seed);
        int refused = 0;
        int accepted = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            RandomProto proto = new RandomProto(random);
            TableSchema[] table = new TableSchema[1];
            ProtobufDecoder decoder = decoder(proto, table);
            if (decoder == null || !proto.isProto3()) {
                continue;
            }
            RandomMessage messages = new RandomMessage(random, true);
            Descriptor oracle = proto.descriptor();
            for (int j = 0; j < 200; j++) {
                byte[] payload = damaged(payload(proto, messages, random), random);
                String as = "seed " + seed + ", schema " + i + ", message " + j + " "
                        + HexFormat.of().formatHex(payload) + "\n" + proto.text();
                DynamicMessage read = read(oracle, payload);
                try {
                    Object value = decoded(decoder, table[0], payload);
                    if (read != null) {
                        accepted++;
                        assertThat(value).as(as).isEqualTo(ExpectedMessage.of(read));
                    }
                } catch (BadPayloadException e) {
                    refused++;
                    // Of a varint of ten bytes protobuf-java does not look whether it goes on.
                    if (!e.reason().contains("timestamp") && !e.reason().contains("varint")) {
                        assertThat(read).as(e.getMessage() + ", " + as).isNull();
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(accepted).isGreaterThan(500);
    }

    private static DynamicMessage read(Descriptor oracle, byte[] payload) {
        try {
            return DynamicMessage.parseFrom(oracle, payload);
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private static ProtobufDecoder decoder(RandomProto proto, TableSchema[] table) throws Exception {
        ProtobufMessage message;
        try {
            message =
                    ProtobufSchema.parse("random.proto", proto.text(), Map.of()).first();
            table[0] = TableSchema.merge(
                    "value",
                    List.of(new SchemaSubject("s", List.of(new SchemaVersion("1", message.type())))),
                    TimeUnit.MICROSECONDS);
        } catch (SchemaRefusedException e) {
            assertThat(e).as(proto.text()).hasMessageContaining("columns");
            return null;
        }
        return message.decoder(table[0].binding(0, 0));
    }

    private Object decoded(ProtobufDecoder decoder, TableSchema table, byte[] payload) throws BadPayloadException {
        byte[] framed = new byte[payload.length + 7];
        System.arraycopy(payload, 0, framed, 5, payload.length);
        decoder.decode(framed, 5, payload.length, events);
        return EventTree.of(table.layout(), events);
    }

    /** Up to three messages in a row, which is their merge, each with other fields packed. */
    private static byte[] payload(RandomProto proto, RandomMessage messages, Random random) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(3); i >= 0; i--) {
            messages.of(proto.descriptor(), DEPTH).writeTo(bytes);
        }
        return bytes.toByteArray();
    }

    private static byte[] damaged(byte[] payload, Random random) {
        if (payload.length == 0) {
            return "\u00ff".getBytes(UTF_8);
        }
        byte[] damaged = payload.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged = Arrays.copyOf(payload, random.nextInt(payload.length));
            case 1 -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            case 2 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                for (int i = 0; i < 3; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
            }
        }
        return damaged;
    }
}
