package io.pagewalk.internal.sink;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.header;
import static io.pagewalk.internal.sink.Records.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.HeaderView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileContent.Bounds;
import io.pagewalk.spi.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format of data files promises. */
public abstract class FileFormatContractTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    /** The format under test, with small buffers where it has a choice. */
    protected abstract FileFormat format(PayloadFormats payloads);

    /** Reads a file by other means than the format's own. */
    protected abstract List<Row> read(Path file, PayloadFormats payloads) throws IOException;

    static List<PayloadFormats> payloads() {
        return List.of(Records.BYTES, Records.STRING, Records.JSON);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void writesWhatAnotherReaderReadsBack(PayloadFormats payloads) throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            List<RecordView> records = Records.random(seed, 500, payloads);

            Path file = file(encode(format(payloads), records));

            assertThat(read(file, payloads)).as("seed " + seed).isEqualTo(rows(records));
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void writesTheSameBytesForTheSameRecordsFromAnyThread(PayloadFormats payloads) throws Exception {
        List<RecordView> records = Records.random(7, 3000, payloads);
        FileFormat shared = format(payloads);
        byte[] expected = encode(format(payloads), records);

        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<byte[]> encode = () -> encode(shared, records);
            for (Future<byte[]> file : threads.invokeAll(Collections.nCopies(8, encode))) {
                assertThat(file.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void keepsNothingOfARecordWhoseArraysAreUsedAgain(PayloadFormats payloads) throws IOException {
        List<RecordView> records = Records.random(11, 3000, payloads);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReusableRecord reused = new ReusableRecord();
        byte[] batch = new byte[1 << 16];

        try (FileFormat.Encoder encoder = format(payloads).encoder(out)) {
            for (RecordView record : records) {
                encoder.write(shown(record, reused, batch));
                Arrays.fill(batch, (byte) '"');
            }
            encoder.finish();
        }

        assertThat(out.toByteArray()).isEqualTo(encode(format(payloads), records));
    }

    /** The record, as a part of a batch that begins and ends with something else. */
    private static RecordView shown(RecordView record, ReusableRecord reused, byte[] batch) {
        reused.begin(record.topic(), record.partition(), record.offset(), record.timestamp(), record.timestampType());
        int at = 100;
        if (record.key() != null) {
            reused.key(batch, at, record.key().length());
            at = copied(record.key(), batch, at);
        }
        if (record.value() != null) {
            reused.value(batch, at, record.value().length());
            at = copied(record.value(), batch, at);
        }
        for (int i = 0; i < record.headerCount(); i++) {
            HeaderView header = record.header(i);
            reused.header(batch, at, header.key().length());
            at = copied(header.key(), batch, at);
            if (header.value() != null) {
                reused.headerValue(batch, at, header.value().length());
                at = copied(header.value(), batch, at);
            }
        }
        return reused.view();
    }

    private static int copied(ByteView from, byte[] batch, int at) {
        System.arraycopy(from.array(), from.offset(), batch, at, from.length());
        return at + from.length();
    }

    @Test
    void writesAFileForASliceWithoutRecords() throws IOException {
        byte[] file = encode(format(Records.BYTES), List.of());

        assertThat(read(file(file), Records.BYTES)).isEmpty();
        assertThat(inspect(format(Records.BYTES), file)).isEqualTo(FileContent.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void tellsNullFromEmptyAndKeepsHeadersAsTheyAre(PayloadFormats payloads) throws IOException {
        String text = payloads.equals(Records.JSON) ? "\"\"" : "";
        List<RecordView> records = List.of(
                record(1, null, null),
                record(2, text, text, header("", text)),
                record(3, text, null, header("a", null), header("b", text), header("a", text), header("a", null)),
                record(4, null, text),
                record(5, null, text, header("\u00e9\uD83D\uDE00\"\\\n", null)));

        Path file = file(encode(format(payloads), records));

        assertThat(read(file, payloads)).isEqualTo(rows(records));
    }

    @Test
    void tellsATombstoneFromAJsonNull() throws IOException {
        List<RecordView> records = List.of(
                record(1, "1", "null", header("h", "null"), header("h", null)),
                record(2, "1", null),
                record(3, "null", "2"),
                record(4, null, "2"));

        Path file = file(encode(format(Records.JSON), records));

        assertThat(read(file, Records.JSON)).isEqualTo(rows(records));
    }

    @Test
    void keepsExtremeTimestampsAndOffsetsWithGaps() throws IOException {
        List<RecordView> records = new ArrayList<>();
        long last = Long.MAX_VALUE / 1000;
        long[] timestamps = {last, -1, 0, 1_700_000_000_000L, last, -1, last};
        long[] offsets = {0, 1, 1000, 1L << 40, (1L << 40) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE};
        for (int i = 0; i < offsets.length; i++) {
            records.add(record(offsets[i], timestamps[i], null, new byte[] {1}));
        }

        byte[] file = encode(format(Records.BYTES), records);

        assertThat(read(file(file), Records.BYTES)).isEqualTo(rows(records));
        assertThat(inspect(format(Records.BYTES), file))
                .isEqualTo(new FileContent(7, new Bounds(0, Long.MAX_VALUE, -1, last)));
    }

    @Test
    void namesEveryTimestampTypeAsKafkaDoes() throws IOException {
        List<RecordView> records = new ArrayList<>();
        for (TimestampType type : TimestampType.values()) {
            records.add(new ReusableRecord()
                    .begin(Records.TOPIC, Records.PARTITION, records.size(), 5, type)
                    .view());
        }

        Path file = file(encode(format(Records.BYTES), records));

        assertThat(read(file, Records.BYTES))
                .extracting(Row::timestampType)
                .containsExactly("NoTimestampType", "CreateTime", "LogAppendTime");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void inspectsWhatItWrote(PayloadFormats payloads) throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            List<RecordView> records = Records.random(seed, 1 + new Random(seed).nextInt(3000), payloads);

            byte[] file = encode(format(payloads), records);

            assertThat(inspect(format(payloads), file)).as("seed " + seed).isEqualTo(content(records));
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void decodesWhatItWrote(PayloadFormats payloads) throws IOException {
        for (long seed = 0; seed < 5; seed++) {
            List<RecordView> records = Records.random(seed, 1 + new Random(seed).nextInt(3000), payloads);

            byte[] file = encode(format(payloads), records);

            assertThat(decode(format(payloads), file)).as("seed " + seed).isEqualTo(rows(records));
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void decodesNullsHeadersAndEscapes(PayloadFormats payloads) throws IOException {
        boolean json = payloads.equals(Records.JSON);
        List<RecordView> records = List.of(
                record(1, null, null),
                record(2, json ? "\"\"" : "", json ? " { } " : "", header("", json ? "[]" : "")),
                record(3, json ? "null" : "k", null, header("a", null), header("b", "1"), header("a", "2")),
                record(4, null, json ? " null\t" : "null", header("\u00e9\uD83D\uDE00\"\\\n\u0001", null)),
                record(5, json ? "-1.5e3" : "\u0000\b\f\t\r\n\\/\"", json ? "true" : "\uD83D\uDE00\u20ac"),
                record(
                        6,
                        json ? "\"a\\\"]},\"" : "]}",
                        json ? "{\"a\":[{},\"}\",[1 , 2]]}" : "\u2028",
                        header("n", "null")));

        byte[] file = encode(format(payloads), records);

        assertThat(decode(format(payloads), file)).isEqualTo(rows(records));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void goesByTheFormOfAPayloadFormatAndChecksNoPayloadTwice(PayloadFormats payloads) throws IOException {
        CountingFormat unheardOf = new CountingFormat(payloads.value());
        FileFormat format = format(new PayloadFormats(unheardOf, unheardOf, unheardOf));
        List<RecordView> records = Records.random(5, 500, payloads);

        byte[] file = encode(format, records);

        assertThat(unheardOf.checks()).isPositive().isLessThanOrEqualTo(payloadsOf(records));
        assertThat(file).isEqualTo(encode(format(payloads), records));
        assertThat(decode(format, file)).isEqualTo(rows(records));
    }

    private static long payloadsOf(List<RecordView> records) {
        long payloads = 0;
        for (RecordView record : records) {
            payloads += (record.key() == null ? 0 : 1) + (record.value() == null ? 0 : 1);
            for (int i = 0; i < record.headerCount(); i++) {
                payloads += record.header(i).value() == null ? 0 : 1;
            }
        }
        return payloads;
    }

    @Test
    void saysWhyARecordDoesNotFitInTheWordsOfItsPayloadFormat() {
        CountingFormat unheardOf = new CountingFormat(PayloadFormat.JSON);
        FileFormat format = format(new PayloadFormats(PayloadFormat.BYTES, unheardOf, PayloadFormat.BYTES));

        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> encode(format, List.of(record(1, "k", "{"))))
                .satisfies(e -> assertThat(e.kind()).isEqualTo("not counted"));
    }

    @Test
    void decodesEveryTimestampTypeAndExtremes() throws IOException {
        List<RecordView> records = new ArrayList<>();
        for (TimestampType type : TimestampType.values()) {
            records.add(new ReusableRecord()
                    .begin(
                            Records.TOPIC,
                            Records.PARTITION,
                            records.isEmpty() ? 0 : Long.MAX_VALUE - 3 + records.size(),
                            records.isEmpty() ? -1 : Long.MAX_VALUE / 1000,
                            type)
                    .view());
        }

        assertThat(decode(format(Records.BYTES), encode(format(Records.BYTES), records)))
                .isEqualTo(rows(records));
        assertThat(decode(format(Records.BYTES), encode(format(Records.BYTES), List.of())))
                .isEmpty();
    }

    @Test
    void decodesJsonAsItsCanonicalPayloadSays() throws IOException {
        byte[] payload = "{\r\n\t\"a\" : \n[1,\r2]\n}".getBytes(UTF_8);
        FileFormat format = format(Records.JSON);
        byte[] file = encode(format, List.of(record(1, 0, payload, null)));

        ByteView view = ByteView.of(("\n" + new String(payload, UTF_8) + "\r").getBytes(UTF_8), 1, payload.length);
        String expected = Row.text(format.canonical(view, Records.JSON.key()).toBytes());
        assertThat(decode(format, file)).extracting(Row::key).containsExactly(expected);
        assertThat(expected.replaceAll("[\r\n]", "")).isEqualTo("{\t\"a\" : [1,2]}");
        assertThat(format.canonical(view, Records.STRING.key()).toBytes()).isEqualTo(payload);
    }

    @Test
    void refusesToDecodeADamagedFileOrHandsOverWhatItHolds() throws IOException {
        byte[] file = encode(format(Records.JSON), Records.random(1, 300, Records.JSON));
        List<Row> intact = decode(format(Records.JSON), file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                decode(format(Records.JSON), damaged);
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
        assertThat(refused).isPositive();
        assertThat(intact).hasSize(300);
    }

    @Test
    void passesOnWhatTheHandlerThrows() throws IOException {
        byte[] file = encode(format(Records.BYTES), Records.random(1, 10, Records.BYTES));
        IOException failure = new IOException("enough");

        try (SeekableByteChannel channel = Files.newByteChannel(file(file))) {
            assertThatThrownBy(() -> format(Records.BYTES).decode(channel, record -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] file = encode(format(Records.BYTES), Records.random(1, 200, Records.BYTES));

        for (int missing : new int[] {1, 2, 3, 4, 5, 8, 12, 20}) {
            byte[] truncated = Arrays.copyOf(file, file.length - missing);

            assertRefused(truncated, missing + " bytes missing");
        }
    }

    @Test
    void refusesAForeignFile() throws IOException {
        assertRefused("offset,value\n1,a\n2,b\n".repeat(100).getBytes(UTF_8), "CSV");
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        assertRefused(noise, "noise");
    }

    private void assertRefused(byte[] file, String description) {
        assertThatThrownBy(() -> inspect(format(Records.BYTES), file))
                .as(description)
                .isInstanceOf(IOException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void namesTheRecordThatContradictsItsFormat() throws IOException {
        byte[] notUtf8 = {(byte) 0xc3, 0x28};

        assertMismatch(Records.STRING, record(7, 0, notUtf8, null), "the key is not UTF-8 text");
        assertMismatch(Records.STRING, record(7, 0, null, notUtf8), "the value is not UTF-8 text");
        assertMismatch(Records.JSON, record(7, "1", "{\"a\":}"), "the value is not JSON");
        assertMismatch(Records.JSON, record(7, "", "1"), "the key is not JSON");
        assertMismatch(
                Records.JSON, record(7, null, "1", header("h", "1"), header("h", "x")), "the header is not JSON");
    }

    /** The file is as if the record had never been there, also where it was refused for its last part. */
    private void assertMismatch(PayloadFormats payloads, RecordView bad, String what) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileFormat.Encoder encoder = format(payloads).encoder(out)) {
            encoder.write(record(6, "1", "1"));
            assertThatExceptionOfType(BadRecordException.class)
                    .isThrownBy(() -> encoder.write(bad))
                    .withMessageContaining("orders-3 offset 7: " + what);
            encoder.write(record(8, "2", "2"));
            encoder.finish();
        }
        assertThat(out.toByteArray())
                .isEqualTo(encode(format(payloads), List.of(record(6, "1", "1"), record(8, "2", "2"))));
    }

    @Test
    void leavesItsStreamOpenAndWritesNothingAfterwards() throws IOException {
        RecordingStream out = new RecordingStream(Long.MAX_VALUE);
        FileFormat.Encoder encoder = format(Records.BYTES).encoder(out);
        encoder.write(record(1, "k", "v"));

        encoder.finish();
        int complete = out.bytes.size();
        encoder.close();
        encoder.close();

        assertThat(out.closed).isFalse();
        assertThat(out.bytes.size()).isEqualTo(complete);
    }

    @Test
    void writesNothingMoreWhenClosedUnfinished() throws IOException {
        RecordingStream out = new RecordingStream(Long.MAX_VALUE);
        FileFormat.Encoder encoder = format(Records.BYTES).encoder(out);
        for (RecordView record : Records.random(1, 3000, Records.BYTES)) {
            encoder.write(record);
        }
        int before = out.bytes.size();

        encoder.close();

        assertThat(out.bytes.size()).isEqualTo(before);
        assertThat(out.closed).isFalse();
        assertRefused(out.bytes.toByteArray(), "unfinished");
    }

    @Test
    void passesOnAFailureOfTheStreamWhereverItHappens() throws IOException {
        List<RecordView> records = Records.random(1, 3000, Records.BYTES);
        int size = encode(format(Records.BYTES), records).length;

        for (long limit = 0; limit < size; limit += 1 + size / 20) {
            RecordingStream out = new RecordingStream(limit);

            assertThatThrownBy(() -> encodeUntilItFails(records, out))
                    .as("disk full after " + limit + " of " + size + " bytes")
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(out.writesAfterFailure).isZero();
        }
    }

    private void encodeUntilItFails(List<RecordView> records, OutputStream out) throws IOException {
        try (FileFormat.Encoder encoder = format(Records.BYTES).encoder(out)) {
            try {
                for (RecordView record : records) {
                    encoder.write(record);
                }
                encoder.finish();
            } catch (IOException e) {
                assertThatThrownBy(encoder::finish).isNotNull();
                throw e;
            }
        }
    }

    @Test
    void holdsABoundedAmountHoweverMuchSizesVary() throws IOException {
        Random random = new Random(5);
        byte[] small = new byte[50];
        byte[] large = new byte[5 * MIB];
        random.nextBytes(large);
        CountingStream out = new CountingStream();
        long given = 0;
        long held = 0;

        try (FileFormat.Encoder encoder = defaultFormat(Records.BYTES).encoder(out)) {
            for (int offset = 0; offset < 20_020; offset++) {
                byte[] value = offset % 10_010 < 10_000 ? small : large;
                random.nextBytes(small);
                encoder.write(record(offset, 0, null, value));
                given += value.length;
                held = Math.max(held, given - out.count);
            }
            encoder.finish();
        }

        assertThat(out.count).as("random bytes do not shrink").isGreaterThan(given);
        assertThat(held).isLessThan(9 * MIB + 2 * large.length);
    }

    /** The format under test as exports have it. */
    protected abstract FileFormat defaultFormat(PayloadFormats payloads);

    private Path file(byte[] content) throws IOException {
        Path file = Files.createTempFile(directory, "", format(Records.BYTES).extension());
        return Files.write(file, content);
    }

    private FileContent inspect(FileFormat format, byte[] content) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file(content))) {
            return format.inspect(channel);
        }
    }

    private List<Row> decode(FileFormat format, byte[] content) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (SeekableByteChannel channel = Files.newByteChannel(file(content))) {
            format.decode(channel, record -> rows.add(Row.of(record)));
        }
        return rows;
    }

    private static List<Row> rows(List<RecordView> records) {
        return records.stream().map(Row::of).toList();
    }

    private static FileContent content(List<RecordView> records) {
        return new FileContent(
                records.size(),
                new Bounds(
                        records.get(0).offset(),
                        records.get(records.size() - 1).offset(),
                        records.stream().mapToLong(RecordView::timestamp).min().getAsLong(),
                        records.stream().mapToLong(RecordView::timestamp).max().getAsLong()));
    }

    /** A disk that is full after so many bytes. */
    private static final class RecordingStream extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long limit;
        private boolean failed;
        private int writesAfterFailure;
        private boolean closed;

        RecordingStream(long limit) {
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (failed) {
                writesAfterFailure++;
            }
            if (bytes.size() + length > limit) {
                failed = true;
                throw new IOException("disk full");
            }
            bytes.write(source, offset, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class CountingStream extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            count += length;
        }
    }
}
