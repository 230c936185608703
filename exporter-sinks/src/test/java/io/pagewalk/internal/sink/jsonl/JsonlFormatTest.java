package io.pagewalk.internal.sink.jsonl;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonlFormatTest {
    private static final PayloadFormats MIXED =
            new PayloadFormats(PayloadFormat.STRING, PayloadFormat.JSON, PayloadFormat.BYTES);
    private static final ObjectMapper JACKSON = new ObjectMapper();

    static {
        JACKSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(1 << 30).build());
    }

    @Test
    void writesMembersInTheirFixedOrder() throws IOException {
        assertThat(lines(MIXED, record(17, "a", "{\"id\":1}", header("trace", "x"), header("trace", null))))
                .isEqualTo("{\"topic\":\"orders\",\"partition\":3,\"offset\":17,\"timestamp\":1700000000017,"
                        + "\"timestampType\":\"CreateTime\",\"key\":\"a\",\"value\":{\"id\":1},"
                        + "\"headers\":[{\"key\":\"trace\",\"value\":\"eA==\"},{\"key\":\"trace\",\"value\":null}]}\n");
        assertThat(lines(MIXED, record(0, null, null)))
                .isEqualTo("{\"topic\":\"orders\",\"partition\":3,\"offset\":0,\"timestamp\":1700000000000,"
                        + "\"timestampType\":\"CreateTime\",\"key\":null,\"value\":null,\"headers\":[]}\n");
    }

    @Test
    void startsLinesWithTheTopicAndPartitionOfTheirRecord() throws IOException {
        List<RecordView> records = List.of(of("a", 1), of("a", 1), of("a", 2), of("b", 2), of("a", Integer.MAX_VALUE));

        String lines = new String(encode(uncompressed(MIXED), records), UTF_8);

        assertThat(lines.lines().map(line -> line.substring(0, line.indexOf(",\"offset\""))))
                .containsExactly(
                        "{\"topic\":\"a\",\"partition\":1",
                        "{\"topic\":\"a\",\"partition\":1",
                        "{\"topic\":\"a\",\"partition\":2",
                        "{\"topic\":\"b\",\"partition\":2",
                        "{\"topic\":\"a\",\"partition\":2147483647");
    }

    private static RecordView of(String topic, int partition) {
        return new ReusableRecord()
                .begin(topic, partition, 1, 1, TimestampType.CREATE_TIME)
                .key(null)
                .value(null)
                .view();
    }

    @Test
    void writesNumbersOfAnySize() throws IOException {
        long[] numbers = {
            0, 9, 10, 99, 100, 1_700_000_000_000L, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE + 1, Long.MIN_VALUE
        };
        for (long number : numbers) {
            assertThat(lines(MIXED, record(1, number, null, null))).contains("\"timestamp\":" + number + ",");
        }
    }

    @Test
    void embedsJsonAsItIsButOnOneLine() throws IOException {
        String pretty = """
                {
                  "id" : 1.50e+03,
                  "big": 123456789012345678901234567890,\t"a": [ ],
                  "text": "\\n| \\u00e9 é 😀",
                  "a": null}
                """.replace("{", "{\r").replace("}", "\r}").replace('|', '\u2028');

        assertThat(value(Records.JSON, pretty))
                .isEqualTo("{  \"id\" : 1.50e+03,  \"big\": 123456789012345678901234567890,\t\"a\": [ ],"
                        + "  \"text\": \"\\n\u2028 \\u00e9 é 😀\",  \"a\": null}");
    }

    @Test
    void marksJsonNullsAndNothingElse() throws IOException {
        String line = lines(
                Records.JSON,
                record(1, "null", " null\n", header("a", "null"), header("b", null), header("c", "\"null\"")));

        assertThat(line)
                .endsWith("\"key\":null,\"keyIsJsonNull\":true,\"value\": null,\"valueIsJsonNull\":true,"
                        + "\"headers\":[{\"key\":\"a\",\"value\":null,\"valueIsJsonNull\":true},"
                        + "{\"key\":\"b\",\"value\":null},{\"key\":\"c\",\"value\":\"null\"}]}\n");
        assertThat(lines(Records.STRING, record(1, "null", "null", header("a", "null"))))
                .endsWith("\"key\":\"null\",\"value\":\"null\",\"headers\":[{\"key\":\"a\",\"value\":\"null\"}]}\n");
        assertThat(lines(Records.JSON, record(1, null, null)))
                .endsWith("\"key\":null,\"value\":null,\"headers\":[]}\n");
    }

    @Test
    void escapesOnlyWhatHasToBe() throws IOException {
        assertThat(value(Records.STRING, "\"\\/\b\f\n\r\t\0\u0001\u001F\u007F é\u2028\u2029😀"))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u0001\\u001f\u007F é\u2028\u2029😀\"");
    }

    @Test
    void writesStringsThatJacksonReadsBack() throws IOException {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random, random.nextInt(200));

            JsonNode line = JACKSON.readTree(lines(Records.STRING, record(1, text, text, header(text, text))));

            assertThat(line.get("key").textValue()).as("seed %d", seed).isEqualTo(text);
            assertThat(line.get("value").textValue()).as("seed %d", seed).isEqualTo(text);
            assertThat(line.at("/headers/0/key").textValue())
                    .as("seed %d", seed)
                    .isEqualTo(text);
            assertThat(line.at("/headers/0/value").textValue())
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    @Test
    void writesBase64ThatTheJdkReadsBack() throws IOException {
        Random random = new Random(3);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);

            String line = lines(Records.BYTES, record(1, 1, bytes, bytes));

            String base64 = Base64.getEncoder().encodeToString(bytes);
            assertThat(line).endsWith("\"key\":\"" + base64 + "\",\"value\":\"" + base64 + "\",\"headers\":[]}\n");
        }
    }

    @Test
    void writesPayloadsOfAnySizeAroundThatOfItsBuffer() throws IOException {
        Random random = new Random(4);
        int buffer = 128 * 1024;
        for (int length : new int[] {buffer - 200, buffer - 1, buffer, buffer + 1, 2 * buffer, 5 * 1024 * 1024}) {
            for (int shift = 0; shift < 4; shift++) {
                byte[] bytes = new byte[length - shift];
                random.nextBytes(bytes);
                String text = text(random, length / 4 - shift);
                String json = "[\n" + "12,\n ".repeat(length / 5) + shift + "]";

                JsonNode line = JACKSON.readTree(lines(
                        new PayloadFormats(PayloadFormat.STRING, PayloadFormat.BYTES, PayloadFormat.JSON),
                        record(1, 1, text.getBytes(UTF_8), bytes, header(text, json))));

                assertThat(line.get("key").textValue()).isEqualTo(text);
                assertThat(line.get("value").binaryValue()).isEqualTo(bytes);
                assertThat(line.at("/headers/0/key").textValue()).isEqualTo(text);
                assertThat(line.at("/headers/0/value")).isEqualTo(JACKSON.readTree(json));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void compressesTheSameLines(JsonlCompression compression) throws IOException {
        List<RecordView> records = Records.random(1, 2_000, Records.JSON);

        byte[] file = encode(new JsonlFormat(Records.JSON, JsonlSettings.defaults(compression)), records);

        assertThat(Lines.decompress(file, compression)).isEqualTo(encode(uncompressed(Records.JSON), records));
        assertThat(Lines.rows(Lines.decompress(file, compression), Records.JSON))
                .isEqualTo(records.stream().map(Row::of).toList());
    }

    @Test
    void namesNothingOfTheMachineInAGzipHeader() throws IOException {
        byte[] file = encode(
                new JsonlFormat(MIXED, JsonlSettings.defaults(JsonlCompression.GZIP)), List.of(record(1, "a", "1")));

        assertThat(Arrays.copyOf(file, 10)).isEqualTo(new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, (byte) 255});
        assertThat(new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes())
                .isEqualTo(encode(uncompressed(MIXED), List.of(record(1, "a", "1"))));
    }

    @Test
    void protectsAZstdFrameByAChecksum() throws IOException {
        byte[] file = encode(
                new JsonlFormat(MIXED, JsonlSettings.defaults(JsonlCompression.ZSTD)), List.of(record(1, "a", "1")));

        int frameHeaderDescriptor = file[4];
        assertThat(frameHeaderDescriptor & 0b100).isNotZero();
    }

    @Test
    void endsFileNamesByCompression() {
        assertThat(Arrays.stream(JsonlCompression.values())
                        .map(compression -> new JsonlFormat(MIXED, JsonlSettings.defaults(compression)).extension()))
                .containsExactly(".jsonl.zst", ".jsonl.gz", ".jsonl");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        byte[] latin1 = "é".getBytes(ISO_8859_1);
        try (FileFormat.Encoder encoder = uncompressed(Records.STRING).encoder(OutputStream.nullOutputStream())) {
            assertThatExceptionOfType(FormatMismatchException.class)
                    .isThrownBy(() -> encoder.write(record(5, 1, null, latin1)))
                    .withMessageStartingWith("orders-3 offset 5: the value is not UTF-8 text");
        }
    }

    @Test
    void refusesJsonThatWouldSpoilTheFileForItsReaders() throws IOException {
        for (String value : List.of("\"\\ud800\"", "[".repeat(600) + "]".repeat(600), "{}{}", "{}\n{}", "")) {
            try (FileFormat.Encoder encoder = uncompressed(Records.JSON).encoder(OutputStream.nullOutputStream())) {
                assertThatExceptionOfType(FormatMismatchException.class)
                        .as(value)
                        .isThrownBy(() -> encoder.write(record(5, "1", value)));
            }
        }
    }

    @Test
    void writesInLargePieces() throws IOException {
        PieceCounter out = new PieceCounter();
        try (FileFormat.Encoder encoder = uncompressed(Records.JSON).encoder(out)) {
            for (RecordView record : Records.random(1, 20_000, Records.JSON)) {
                encoder.write(record);
            }
            encoder.finish();
        }

        assertThat(out.bytes).isGreaterThan(2_000_000);
        assertThat(out.bytes / out.pieces).isGreaterThan(100_000);
    }

    @Test
    void allocatesNextToNothingForARecord() throws IOException {
        String json = "{\"id\": 1,\n \"text\": \"a\\n é 😀\"}";
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (PayloadFormats payloads : List.of(Records.BYTES, Records.STRING, Records.JSON)) {
            try (FileFormat.Encoder encoder = uncompressed(payloads).encoder(OutputStream.nullOutputStream())) {
                RecordView record = record(1, json, json);
                for (int i = 0; i < 1_000; i++) {
                    encoder.write(record);
                }

                long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    encoder.write(record);
                }
                long allocated = thread.getCurrentThreadAllocatedBytes() - before;

                // What remains is Kafka's iterator over the headers.
                assertThat(allocated / 10_000).as("bytes a record, " + payloads).isLessThan(128);
            }
        }
    }

    private static String text(Random random, int length) {
        int[] bounds = {0x20, 0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000};
        int[] codePoints = random.ints(length, 0, bounds.length)
                .map(i -> random.nextInt(bounds[i]))
                .map(codePoint -> codePoint >= 0xD800 && codePoint <= 0xDFFF ? 'x' : codePoint)
                .toArray();
        return new String(codePoints, 0, codePoints.length);
    }

    private static String value(PayloadFormats payloads, String value) throws IOException {
        String line = lines(payloads, record(1, null, value));
        return line.substring(
                line.indexOf("\"value\":") + "\"value\":".length(), line.length() - ",\"headers\":[]}\n".length());
    }

    private static String lines(PayloadFormats payloads, RecordView record) throws IOException {
        return new String(encode(uncompressed(payloads), List.of(record)), UTF_8);
    }

    private static JsonlFormat uncompressed(PayloadFormats payloads) {
        return new JsonlFormat(payloads, JsonlSettings.defaults(JsonlCompression.NONE));
    }

    private static final class PieceCounter extends OutputStream {
        private long bytes;
        private long pieces;

        @Override
        public void write(int b) {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) {
            bytes += length;
            pieces++;
        }
    }
}
