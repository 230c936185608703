package io.pagewalk.internal.schema.avro;

import static io.pagewalk.internal.schema.avro.AvroTable.field;
import static io.pagewalk.internal.schema.avro.AvroTable.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.internal.schema.BadPayloadException;
import io.pagewalk.internal.schema.merge.Unmatched;
import io.pagewalk.row.RowEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Payloads that are made to hurt. */
@Timeout(60)
class AvroHostileTest {
    private static final long HUGE = 1L << 60;

    /** Longs, one after the other, as Avro writes them. */
    private static byte[] longs(long... values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        for (long value : values) {
            encoder.writeLong(value);
        }
        encoder.flush();
        return bytes.toByteArray();
    }

    private static void assertBad(AvroTable table, byte[] payload, String message) {
        assertThatThrownBy(() -> table.read(1, payload))
                .isInstanceOf(BadPayloadException.class)
                .hasMessage(message);
    }

    @Test
    void countsAreBounded() throws Exception {
        AvroTable ints = AvroTable.of("{\"type\":\"array\",\"items\":\"int\"}");
        AvroTable nulls = AvroTable.of("{\"type\":\"array\",\"items\":\"null\"}");
        AvroTable empty = AvroTable.of("{\"type\":\"array\",\"items\":" + record() + "}");
        AvroTable map = AvroTable.of("{\"type\":\"map\",\"values\":\"null\"}");
        for (long count : new long[] {HUGE, Long.MAX_VALUE, Long.MIN_VALUE, -HUGE}) {
            byte[] payload = count < 0 ? longs(count, 0, 0) : longs(count, 0);
            assertBad(ints, payload, "payload ends within a value");
            assertBad(map, payload, "payload ends within a value (at value)");
            assertThatThrownBy(() -> nulls.read(1, payload)).isInstanceOf(BadPayloadException.class);
            assertThatThrownBy(() -> empty.read(1, payload)).isInstanceOf(BadPayloadException.class);
        }
        assertThat(nulls.read(1, longs(3, 0))).isEqualTo(Arrays.asList(null, null, null));
        assertThat(nulls.read(1, longs(-2, 0, 0))).isEqualTo(Arrays.asList(null, null));
        assertBad(nulls, longs(60_000, 60_000, 0), "payload stands for too many values (at element)");
    }

    @Test
    void lengthsStayWithinThePayload() throws Exception {
        AvroTable text = AvroTable.of("\"string\"");
        assertBad(text, longs(HUGE), "payload ends within a value");
        assertBad(text, longs(Integer.MAX_VALUE), "payload ends within a value");
        assertBad(text, longs(-1), "length is negative");
        assertBad(text, new byte[0], "payload ends within a value");
        assertBad(text, new byte[] {2, (byte) 0xFF}, "text is not UTF-8");
        assertBad(text, new byte[] {2, 'a', 'b'}, "bytes are left over");
        byte[] longer = {9, 9, 4, 'a', 'b', 'c'};
        AvroDecoder decoder = text.decoder(1);
        assertThatThrownBy(() -> decoder.decode(longer, 2, 2, new RowEvents())).isInstanceOf(BadPayloadException.class);
        decoder.decode(longer, 2, 3, new RowEvents());
    }

    @Test
    void numbersHaveAtMostTheirBytes() throws Exception {
        byte[] endless = new byte[100];
        Arrays.fill(endless, (byte) 0xFF);
        assertBad(AvroTable.of("\"long\""), endless, "number is too long");
        assertBad(AvroTable.of("\"int\""), endless, "number is too long");
        assertBad(AvroTable.of("\"int\""), longs(1L << 40), "number is too long");
        assertBad(AvroTable.of("\"boolean\""), new byte[] {2}, "neither true nor false");
        assertBad(AvroTable.of("[\"null\",\"int\"]"), longs(2), "there is no such type or symbol");
        assertBad(AvroTable.of("[\"null\",\"int\"]"), longs(-1), "there is no such type or symbol");
    }

    @Test
    void typesWithinThemselvesAreBounded() throws Exception {
        String list = record(field("v", "int"), field("next", "[\"null\",\"R\"]"));
        String tree = record(field("v", "{\"type\":\"array\",\"items\":\"R\"}"));
        AvroTable lists = AvroTable.of(list);
        long[] chain = new long[2 * 400 + 2];
        for (int index = 0; index < chain.length - 1; index += 2) {
            chain[index + 1] = index < chain.length - 2 ? 1 : 0;
        }
        assertThat(lists.read(1, longs(chain))).isInstanceOf(Map.class);
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        assertBad(lists, deep, "values are nested too deeply (at next)");
        assertBad(AvroTable.of(tree), deep, "values are nested too deeply (at v.element)");
        String noMore = record(field("x", "[\"null\",\"int\"]"));
        assertThatThrownBy(() -> AvroTable.of(noMore).readLater(list, deep, Unmatched.DROPPED))
                .isInstanceOf(BadPayloadException.class);
    }

    @Test
    void oneByteDoesNotStandForThousandsOfValues() throws Exception {
        String[] fields = new String[5_000];
        Arrays.setAll(fields, index -> field("f" + index, "int"));
        AvroTable table = AvroTable.of("{\"type\":\"array\",\"items\":[\"null\"," + record(fields) + "]}");
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(longs(1_000_000));
        payload.write(new byte[1_000_001]);
        assertBad(table, payload.toByteArray(), "payload stands for too many values (at element)");
        String name = "S" + "x".repeat(60_000);
        AvroTable symbols = AvroTable.of(
                "{\"type\":\"array\",\"items\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"" + name + "\"]}}");
        assertBad(symbols, payload.toByteArray(), "payload stands for too many values (at element)");
        String recursive =
                "{\"type\":\"record\",\"name\":\"Q\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":"
                        + "[\"null\",\"int\"]}},{\"name\":\"" + name
                        + "\",\"type\":[\"null\",{\"type\":\"array\",\"items\":[\"null\",\"Q\"]}]}]}";
        assertThat(AvroTable.of(recursive).read(1, new byte[] {0, 0})).isInstanceOf(Map.class);
    }

    @Test
    void mapsWithinMapsWithKeysTwiceTakeNoTime() throws Exception {
        int levels = 40;
        String type = "{\"type\":\"map\",\"values\":".repeat(levels) + "\"int\"" + "}".repeat(levels);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int level = 0; level < levels; level++) {
            payload.write(level == levels - 1 ? new byte[] {4, 0, 2, 0, 4, 0} : new byte[] {4, 0, 0, 0});
        }
        for (int level = 1; level < levels; level++) {
            payload.write(0);
        }
        assertThat(AvroTable.of(type).read(1, payload.toByteArray())).isInstanceOf(Map.class);
    }

    @Test
    void aMapOfVeryManyKeysIsReadOnce() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        int count = 100_000;
        encoder.writeMapStart();
        encoder.setItemCount(count);
        for (int index = 0; index < count; index++) {
            encoder.startItem();
            encoder.writeString("k" + index % (count - 1));
            encoder.writeInt(index);
        }
        encoder.writeMapEnd();
        encoder.flush();
        Map<?, ?> read = (Map<?, ?>)
                AvroTable.of("{\"type\":\"map\",\"values\":\"int\"}").read(1, bytes.toByteArray());
        assertThat(read).hasSize(count - 1);
        assertThat((Object) read.get("k0")).isEqualTo(count - 1L);
    }

    @Test
    void decimalsOfAbsurdScaleStayShort() throws Exception {
        AvroTable table = AvroTable.of("{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}");
        assertThat(table.read(1, new byte[] {14, 2, 1, -1, -1, -1, -1, 15})).isInstanceOf(String.class);
        byte[] digits = new byte[5_000];
        Arrays.fill(digits, (byte) 1);
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.write(longs(digits.length));
        inner.write(digits);
        inner.write(0);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(longs(inner.size()));
        inner.writeTo(payload);
        assertBad(table, payload.toByteArray(), "decimal has no digits, or too many");
    }
}
