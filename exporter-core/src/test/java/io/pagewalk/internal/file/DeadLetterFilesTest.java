package io.pagewalk.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.error.UsageException;
import io.pagewalk.internal.storage.InMemoryStorage;
import io.pagewalk.model.FileNaming;
import io.pagewalk.model.OffsetRange;
import io.pagewalk.model.OffsetSet;
import io.pagewalk.model.Slice;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.spi.DeadLetterSink;
import io.pagewalk.spi.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterFilesTest {
    private static final FileNaming NAMING = new FileNaming(1, "0123456789ab", ".parquet");
    private final BadRecordException reason =
            new BadRecordException(BadRecordException.Part.HEADER, "not UTF-8", "offset 7: ...");

    private final InMemoryStorage storage = new InMemoryStorage.Location().open("run");
    private final DeadLetterFiles files = new DeadLetterFiles(storage, "_pagewalk/e/1/dead-letters", NAMING, () -> {});
    private final Slice slice = new Slice(new TopicPartition("orders", 3), new OffsetRange(0, 100));

    @Test
    void givesEveryRecordBackAsItWas() throws IOException {
        Random random = new Random(1);
        List<RecordView> records = new ArrayList<>();
        for (int offset = 0; offset < 100; offset += 1 + random.nextInt(3)) {
            records.add(record(offset, random));
        }

        DeadLetterSink.Found written = publish(records);

        assertThat(files.find(slice)).contains(written);
        assertThat(written.letters().records()).isEqualTo(records.size());
        List<DeadLetter> read = read();
        assertThat(read).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            assertSame(read.get(i).record(), records.get(i));
            assertThat(read.get(i).part()).isEqualTo("header");
            assertThat(read.get(i).problem()).isEqualTo("not UTF-8");
        }
    }

    @Test
    void holdsRecordsLargerThanParsersTakeByThemselves() throws IOException {
        byte[] large = new byte[30_000_000];
        new Random(2).nextBytes(large);

        publish(List.of(record(5, 0, null, large)));

        assertThat(read())
                .singleElement()
                .satisfies(
                        letter -> assertThat(letter.record().value().toBytes()).isEqualTo(large));
    }

    @Test
    void hasNoneOfASliceWithoutAny() throws IOException {
        assertThat(files.find(slice)).isEmpty();
    }

    @Test
    void isNamedAsTheDataFile() {
        String data = NAMING.nameOf(slice);

        assertThat(files.nameOf(slice)).isEqualTo("_pagewalk/e/1/dead-letters/" + data.replace(".parquet", ".jsonl"));
    }

    @Test
    void letsTheFileStandThatWasPublishedFirst() throws IOException {
        publish(List.of(record(1, 0, null, null)));

        DeadLetterSink.Found found = publish(List.of(record(2, 0, null, null)));

        assertThat(found.offsets()).isEqualTo(OffsetSet.of(1));
    }

    @Test
    void publishesNothingWhereTheGateIsClosed() throws IOException {
        DeadLetterFiles gated = new DeadLetterFiles(storage, "letters", NAMING, () -> {
            throw new UsageException("deleted");
        });
        try (DeadLetterSink.Writer writer = gated.open(slice)) {
            writer.write(record(1, 0, null, null), reason);
            assertThatExceptionOfType(UsageException.class).isThrownBy(writer::commit);
        }
        assertThat(gated.find(slice)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "x",
                "{}",
                "[]",
                "{\"topic\":\"other\",\"partition\":3}",
                "{\"topic\":\"orders\",\"partition\":4}",
                "{\"topic\":\"orders\",\"partition\":3,\"offset\":100,\"timestamp\":0,\"timestampType\":\"CreateTime\","
                        + "\"key\":null,\"value\":null,\"headers\":[],\"errorPart\":\"key\",\"error\":\"x\"}",
                "{\"topic\":\"orders\",\"partition\":3,\"offset\":1,\"timestamp\":0,\"timestampType\":\"CreateTime\","
                        + "\"key\":null,\"value\":null,\"headers\":[],\"errorPart\":\"key\",\"error\":\"x\",\"more\":1}",
                "{\"topic\":\"orders\",\"partition\":3,\"offset\":1,\"timestamp\":0,\"timestampType\":\"CreateTime\","
                        + "\"key\":null,\"value\":null,\"headers\":[],\"errorPart\":\"key\"}",
                "{\"topic\":\"orders\",\"partition\":3,\"offset\":1,\"timestamp\":0,\"timestampType\":\"CreateTime\","
                        + "\"key\":null,\"value\":\"?\",\"headers\":[],\"errorPart\":\"key\",\"error\":\"x\"}"
            })
    void refusesWhatIsNotTheFileOfTheSlice(String content) throws IOException {
        write(content.getBytes(UTF_8));

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> files.find(slice))
                .withMessageContainingAll(files.nameOf(slice), "move it away", NAMING.nameOf(slice));
    }

    @Test
    void refusesAFileThatIsCutAnywhereInALine() throws IOException {
        publish(List.of(record(1, 0, "k".getBytes(UTF_8), null), record(2, 0, null, "v".getBytes(UTF_8))));
        byte[] whole;
        try (SeekableByteChannel channel = storage.open(files.nameOf(slice))) {
            whole = new byte[(int) channel.size()];
            channel.read(ByteBuffer.wrap(whole));
        }
        int firstLine = new String(whole, UTF_8).indexOf('\n');
        for (int length = 0; length < whole.length - 1; length++) {
            if (length == firstLine || length == firstLine + 1) {
                continue;
            }
            storage.delete(files.nameOf(slice));
            write(Arrays.copyOf(whole, length));
            assertThatExceptionOfType(UsageException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> files.find(slice));
        }
    }

    private void write(byte[] content) throws IOException {
        try (Storage.PendingFile file = storage.create(files.nameOf(slice))) {
            file.stream().write(content);
            file.publish();
        }
    }

    private DeadLetterSink.Found publish(List<RecordView> records) throws IOException {
        try (DeadLetterSink.Writer writer = files.open(slice)) {
            for (RecordView record : records) {
                writer.write(record, reason);
            }
            return writer.commit();
        }
    }

    private List<DeadLetter> read() throws IOException {
        List<DeadLetter> letters = new ArrayList<>();
        try (SeekableByteChannel channel = storage.open(files.nameOf(slice))) {
            DeadLetterReader.read(
                    channel,
                    slice,
                    letter -> letters.add(new DeadLetter(letter.record().copy(), letter.part(), letter.problem())));
        }
        return letters;
    }

    private static void assertSame(RecordView read, RecordView written) {
        assertThat(read.offset()).isEqualTo(written.offset());
        assertThat(read.timestamp()).isEqualTo(written.timestamp());
        assertThat(read.timestampType()).isEqualTo(written.timestampType());
        assertThat(bytes(read.key())).isEqualTo(bytes(written.key()));
        assertThat(bytes(read.value())).isEqualTo(bytes(written.value()));
        assertThat(read.headerCount()).isEqualTo(written.headerCount());
        for (int i = 0; i < read.headerCount(); i++) {
            assertThat(read.header(i).key().toText())
                    .isEqualTo(written.header(i).key().toText());
            assertThat(bytes(read.header(i).value()))
                    .isEqualTo(bytes(written.header(i).value()));
        }
    }

    private static byte[] bytes(ByteView view) {
        return view == null ? null : view.toBytes();
    }

    private static RecordView record(long offset, Random random) {
        ReusableRecord record = fill(offset, random.nextLong(), bytes(random), bytes(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            record.header(("h\u00e9\"" + (char) random.nextInt(0xD800)).getBytes(UTF_8), bytes(random));
        }
        return record.view();
    }

    private static byte[] bytes(Random random) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static RecordView record(long offset, long timestamp, byte[] key, byte[] value) {
        return fill(offset, timestamp, key, value).view();
    }

    private static ReusableRecord fill(long offset, long timestamp, byte[] key, byte[] value) {
        TimestampType[] types = TimestampType.values();
        return new ReusableRecord()
                .begin("orders", 3, offset, timestamp, types[(int) (offset % types.length)])
                .key(key)
                .value(value);
    }
}
