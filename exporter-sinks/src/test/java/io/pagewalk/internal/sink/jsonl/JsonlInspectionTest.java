package io.pagewalk.internal.sink.jsonl;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.internal.payload.JsonScanner;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileContent.Bounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonlInspectionTest {
    private static final String LINE = "{\"topic\":\"orders\",\"partition\":3,\"offset\":OFFSET,\"timestamp\":1,"
            + "\"timestampType\":\"CreateTime\",\"key\":null,\"value\":null,\"headers\":[]}\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void readsWhereverTheChannelStandsAndLeavesItOpen(JsonlCompression compression) throws IOException {
        byte[] file = encode(format(compression), List.of(record(7, "a", "b"), record(9, "a", "b")));

        try (SeekableByteChannel channel = channel(file)) {
            channel.position(5);

            FileContent content = format(compression).inspect(channel);

            assertThat(content).isEqualTo(new FileContent(2, new Bounds(7, 9, 1_700_000_000_007L, 1_700_000_000_009L)));
            assertThat(channel.isOpen()).isTrue();
            assertThat(format(compression).inspect(channel)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void takesLinesOfAnyLength(JsonlCompression compression) throws IOException {
        String large = "\"é\n".repeat(1_200_000);
        List<RecordView> records =
                List.of(record(1, "a", "b"), record(2, "a", large), record(3, "a", "b"), record(4, "a", large));

        byte[] file = encode(format(compression), records);

        assertThat(inspect(compression, file))
                .isEqualTo(new FileContent(4, new Bounds(1, 4, 1_700_000_000_001L, 1_700_000_000_004L)));
    }

    @Test
    void takesPayloadsNestedAsDeepAsTheyMayBe() throws IOException {
        String deep = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);
        JsonlFormat format = new JsonlFormat(Records.JSON, JsonlSettings.defaults(JsonlCompression.NONE));

        byte[] file = encode(format, List.of(record(1, deep, deep, header("a", deep))));

        assertThat(inspect(JsonlCompression.NONE, file).records()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void refusesAFileCutAnywhere(JsonlCompression compression) throws IOException {
        byte[] file = encode(format(compression), Records.random(5, 8, Records.STRING));

        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            boolean betweenLines = compression == JsonlCompression.NONE && (length == 0 || cut[length - 1] == '\n');
            if (!betweenLines) {
                assertThatExceptionOfType(IOException.class)
                        .as("cut after %d of %d bytes", length, file.length)
                        .isThrownBy(() -> inspect(compression, cut))
                        .withMessageMatching("not a .*");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonlCompression.class,
            names = {"ZSTD", "GZIP"})
    void noticesEveryDamagedByte(JsonlCompression compression) throws IOException {
        byte[] file = encode(format(compression), Records.random(5, 8, Records.STRING));
        FileContent content = inspect(compression, file);

        int refused = 0;
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] = (byte) (damaged[at] ^ (1 << at % 8));
            try {
                assertThat(inspect(compression, damaged)).as("byte %d", at).isEqualTo(content);
            } catch (IOException e) {
                refused++;
            }
        }

        // A few bits mean nothing, such as those that ask for a larger window than the data needs.
        assertThat(refused).isGreaterThan(file.length * 98 / 100);
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void refusesWhatFollowsTheEnd(JsonlCompression compression) throws IOException {
        byte[] file = encode(format(compression), Records.random(5, 8, Records.STRING));
        byte[] longer = Arrays.copyOf(file, file.length + 1);

        assertThatThrownBy(() -> inspect(compression, longer)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnotherCompression() throws IOException {
        for (JsonlCompression written : JsonlCompression.values()) {
            byte[] file = encode(format(written), Records.random(5, 8, Records.STRING));
            for (JsonlCompression expected : JsonlCompression.values()) {
                if (written != expected) {
                    assertThatThrownBy(() -> inspect(expected, file))
                            .as("%s for %s", written, expected)
                            .isInstanceOf(IOException.class)
                            .hasMessageStartingWith("not a ");
                }
            }
        }
    }

    @Test
    void refusesTheSameLinesCompressedByOthers() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(line(1).getBytes(UTF_8));
        }
        byte[] named = out.toByteArray();
        named[3] = 8;

        assertRefused(
                JsonlCompression.GZIP, named, "not a complete gzip file: it does not begin as one written by Pagewalk");
    }

    @Test
    void refusesLinesThatAreNotAsWritten() {
        String good = line(1);
        for (String bad : List.of(
                "\n",
                "{}\n",
                "null\n",
                " " + line(2),
                "\uFEFF" + line(2),
                line(2).replace("\n", "\r\n"),
                line(2).replace("\n", " \n"),
                line(2).replace(":", ": "),
                line(2).replace("\"key\":null,", "\n\"key\":null,"),
                line(2).replace("\"key\":null,", "\"key\":nul,"),
                line(2).replace("\"offset\":2", "\"offset\":02"),
                line(2).replace("\"offset\":2", "\"offset\":\"2\""),
                line(2).replace("\"offset\":2", "\"offset\":"),
                line(2).replace("\"offset\":2", "\"offset\":2.0"),
                line(2).replace("\"offset\":2", "\"offset\":9223372036854775808"),
                line(2).replace("\"timestamp\":1", "\"timestamp\":null"),
                line(2).replace("]}", "]}]}"),
                line(2).replace("]}", "]"))) {
            assertRefused(
                    JsonlCompression.NONE, (good + bad).getBytes(UTF_8), "not a JSONL file of records: line 2 is none");
        }
        assertRefused(JsonlCompression.NONE, "\n".getBytes(UTF_8), "not a JSONL file of records: line 1 is none");
    }

    @Test
    void refusesOffsetsThatDoNotAscend() {
        assertRefused(
                JsonlCompression.NONE,
                (line(5) + line(6) + line(6)).getBytes(UTF_8),
                "not a JSONL file of one slice: offset 6 in line 3 follows offset 6");
        assertRefused(
                JsonlCompression.NONE,
                (line(5) + line(4)).getBytes(UTF_8),
                "not a JSONL file of one slice: offset 4 in line 2 follows offset 5");
    }

    @Test
    void refusesRecordsOfSeveralPartitions() {
        assertRefused(
                JsonlCompression.NONE,
                (line(5) + line(6).replace("\"partition\":3", "\"partition\":33")).getBytes(UTF_8),
                "not a JSONL file of one slice: line 2 is of another partition");
        assertRefused(
                JsonlCompression.NONE,
                (line(5) + line(6).replace("orders", "order")).getBytes(UTF_8),
                "not a JSONL file of one slice: line 2 is of another partition");
    }

    @Test
    void doesNotReadAHugeForeignFileIntoMemory() {
        assertThatThrownBy(() -> format(JsonlCompression.NONE).inspect(new Zeros(1L << 40)))
                .isInstanceOf(IOException.class)
                .hasMessage("not a JSONL file of records: line 1 is none");
    }

    private void assertRefused(JsonlCompression compression, byte[] file, String message) {
        assertThatExceptionOfType(IOException.class)
                .as(new String(file, UTF_8))
                .isThrownBy(() -> inspect(compression, file))
                .withMessage(message);
    }

    private static String line(long offset) {
        return LINE.replace("OFFSET", Long.toString(offset));
    }

    private static JsonlFormat format(JsonlCompression compression) {
        return new JsonlFormat(Records.STRING, JsonlSettings.defaults(compression));
    }

    private FileContent inspect(JsonlCompression compression, byte[] file) throws IOException {
        try (SeekableByteChannel channel = channel(file)) {
            return format(compression).inspect(channel);
        }
    }

    private SeekableByteChannel channel(byte[] content) throws IOException {
        return Files.newByteChannel(Files.write(directory.resolve("file"), content));
    }

    private static final class Zeros implements SeekableByteChannel {
        private final long size;
        private long position;

        Zeros(long size) {
            this.size = size;
        }

        @Override
        public int read(ByteBuffer target) {
            int count = (int) Math.min(target.remaining(), size - position);
            target.put(new byte[count]);
            position += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
