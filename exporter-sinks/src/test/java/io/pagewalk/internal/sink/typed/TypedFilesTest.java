package io.pagewalk.internal.sink.typed;

import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.BadRecordException;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.jsonl.JsonlCompression;
import io.pagewalk.internal.sink.jsonl.JsonlFormat;
import io.pagewalk.internal.sink.jsonl.JsonlSettings;
import io.pagewalk.internal.sink.parquet.ParquetCompression;
import io.pagewalk.internal.sink.parquet.ParquetFormat;
import io.pagewalk.internal.sink.parquet.ParquetSettings;
import io.pagewalk.internal.sink.parquet.TimestampUnit;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.payload.TypedPart;
import io.pagewalk.payload.TypedRow;
import io.pagewalk.record.ByteView;
import io.pagewalk.record.RecordView;
import io.pagewalk.record.ReusableRecord;
import io.pagewalk.record.TimestampType;
import io.pagewalk.row.ColumnType;
import io.pagewalk.row.EventsByLeaf;
import io.pagewalk.row.RowEvents;
import io.pagewalk.row.RowLayout;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.spi.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of typed payloads, written and read back. */
class TypedFilesTest {
    @TempDir
    Path directory;

    static FileFormat format(String name, PayloadFormats payloads) {
        return switch (name) {
            case "jsonl" -> new JsonlFormat(payloads, JsonlSettings.defaults(JsonlCompression.ZSTD));
            case "parquet" ->
                new ParquetFormat(payloads, ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS));
            case "small" ->
                new ParquetFormat(
                        payloads, new ParquetSettings(ParquetCompression.NONE, TimestampUnit.MICROS, 1, 1 << 20, 2048));
            case "tiny" ->
                new ParquetFormat(
                        payloads,
                        new ParquetSettings(ParquetCompression.SNAPPY, TimestampUnit.MILLIS, 1, 1 << 17, 1024));
            case "ids" -> ColumnIds.format(payloads, ColumnIds.shuffled(payloads, 1));
            default -> throw new IllegalArgumentException(name);
        };
    }

    static List<RecordView> records(int count, long seed) {
        Random random = new Random(seed);
        List<RecordView> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // A stretch without values makes pages of nulls alone.
            records.add(TypedSample.record(i, random.nextInt(4) > 0, i % 3000 > 500 && random.nextInt(20) > 0));
        }
        return records;
    }

    @ParameterizedTest(name = "{0}, seed {1}, {2} records")
    @CsvSource({
        "parquet, 1, 20000",
        "small, 1, 3000",
        "small, 2, 3000",
        "small, 3, 3000",
        "small, 4, 3000",
        "jsonl, 1, 3000",
        "jsonl, 2, 3000",
        "jsonl, 3, 3000",
        "jsonl, 4, 3000",
        "jsonl, 5, 0",
        "parquet, 5, 0",
        "parquet, 6, 1",
        "ids, 7, 3000"
    })
    void giveBackTheEventsThatTheyWereMadeOf(String name, long seed, int count) throws IOException {
        PayloadFormats payloads = TypedSample.both(seed);
        List<RecordView> records = records(count, seed);

        Path file = write(name, payloads, records);

        List<String> read = new ArrayList<>();
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            format(name, payloads).decodeRows(channel, (record, key, value) -> {
                assertThat(record.key()).isNull();
                assertThat(record.value()).isNull();
                read.add(record.offset() + " " + text(payloads.key().typed().layout(), key, name) + " "
                        + text(payloads.value().typed().layout(), value, name));
            });
        }
        assertThat(read.size()).isEqualTo(count);
        TypedPart keys = TypedPart.ofKey(payloads);
        TypedPart values = TypedPart.ofValue(payloads);
        for (int i = 0; i < count; i++) {
            RecordView record = records.get(i);
            keys.read(record);
            values.read(record);
            assertThat(read.get(i))
                    .isEqualTo(record.offset() + " " + text(keys.layout(), keys.row(), name) + " "
                            + text(values.layout(), values.row(), name));
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            assertThat(format(name, payloads).inspect(channel).records()).isEqualTo(count);
        }
    }

    @ParameterizedTest(name = "seed {0}, {1} records, {2}")
    @CsvSource({
        "1, 100000, tiny",
        "11, 2000, small",
        "12, 2000, small",
        "13, 2000, small",
        "14, 2000, small",
        "15, 2000, ids"
    })
    void areReadByParquetJava(long seed, int count, String name) throws IOException {
        PayloadFormats payloads = count > 50_000 ? TypedSample.few(seed) : TypedSample.both(seed);
        List<RecordView> records = records(count, seed);

        Path file = write(name, payloads, records);

        int[] row = {0};
        GroupRows.read(file, group -> {
            RecordView record = records.get(row[0]++);
            TypedSample key = (TypedSample) payloads.key().typed();
            TypedSample value = (TypedSample) payloads.value().typed();
            check(key, record.key(), group, "key");
            check(value, record.value(), group, "value");
        });
        assertThat(row[0]).isEqualTo(count);
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(reader.getFooter().getBlocks()).hasSizeGreaterThan(count > 50_000 ? 2 : 0);
            assertThat(reader.getFooter().getFileMetaData().getKeyValueMetaData())
                    .doesNotContainKey("parquet.avro.schema");
        }
    }

    private static void check(TypedSample sample, ByteView payload, Group group, String name) {
        int field = group.getType().getFieldIndex(name);
        Object tree = GroupRows.tree(group, field, 0, sample.layout().root());
        assertThat(RandomValues.text(sample.layout().root(), tree)).isEqualTo(sample.text(payload));
        int id = group.getType().getFieldIndex(name + "SchemaId");
        ByteView expected = TypedSample.id(payload);
        assertThat(group.getFieldRepetitionCount(id) == 0 ? null : group.getString(id, 0))
                .isEqualTo(expected == null ? null : expected.toText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "parquet", "small", "ids"})
    void haveTheSameBytesForTheSameRecords(String name) throws IOException {
        PayloadFormats payloads = TypedSample.both(21);
        List<RecordView> records = records(3000, 21);

        assertThat(Records.encode(format(name, payloads), records))
                .isEqualTo(Records.encode(format(name, payloads), records));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "parquet"})
    void haveNothingOfABadRecord(String name) throws IOException {
        PayloadFormats payloads = TypedSample.both(22);
        List<RecordView> records = records(100, 22);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileFormat.Encoder encoder = format(name, payloads).encoder(out)) {
            for (RecordView record : records) {
                assertThatExceptionOfType(BadRecordException.class).isThrownBy(() -> encoder.write(bad()));
                encoder.write(record);
            }
            encoder.finish();
        }

        assertThat(out.toByteArray()).isEqualTo(Records.encode(format(name, payloads), records));
    }

    private static RecordView bad() {
        return new ReusableRecord()
                .begin("orders", 3, 7, 0, TimestampType.CREATE_TIME)
                .key(new byte[8])
                .value(new byte[3])
                .view();
    }

    @Test
    void areNoFilesOfAnotherTable() throws IOException {
        Path file = write("parquet", TypedSample.both(1), records(10, 1));

        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> format("parquet", TypedSample.both(2)).inspect(channel))
                    .withMessageContaining("its columns differ");
        }
    }

    private Path write(String name, PayloadFormats payloads, List<RecordView> records) throws IOException {
        return Files.write(directory.resolve(name + ".file"), Records.encode(format(name, payloads), records));
    }

    /** The events, leaf by leaf. */
    private static String text(RowLayout layout, TypedRow row, String format) {
        StringBuilder text =
                new StringBuilder(row.schemaId() == null ? "-" : row.schemaId().toText());
        RowEvents events = row.events();
        EventsByLeaf order = new EventsByLeaf(layout);
        order.sort(events);
        for (int leaf = 0; leaf < layout.leaves().size(); leaf++) {
            ColumnType.Scalar type = layout.leaves().get(leaf).type();
            text.append("\n")
                    .append(layout.leaves().get(leaf).path())
                    .append(' ')
                    .append(leaf);
            for (int place = order.begin(leaf); place < order.end(leaf); place++) {
                int event = order.at(place);
                text.append(' ').append(events.repetition(event)).append('/');
                boolean present =
                        events.definition(event) == layout.leaves().get(leaf).definition();
                String value = present ? value(type, events, event) : "";
                // A JSON null and none look the same in lines.
                boolean json = format.equals("jsonl") && type.kind() == ScalarKind.JSON;
                if (json) {
                    value = value.replace("0a", "").replace("0d", "");
                }
                boolean jsonNull = json && value.equals("6e756c6c");
                text.append(events.definition(event) - (jsonNull && isOptional(layout.root(), leaf) ? 1 : 0));
                text.append(present && !(jsonNull && isOptional(layout.root(), leaf)) ? "=" + value : "");
            }
        }
        return text.toString();
    }

    private static boolean isOptional(RowLayout.Place place, int leaf) {
        return place.isLeaf()
                ? place.firstLeaf() == leaf && place.member().optional()
                : place.children().stream().anyMatch(child -> isOptional(child, leaf));
    }

    private static String value(ColumnType.Scalar type, RowEvents events, int event) {
        if (!type.isNumber()) {
            int from = events.offset(event);
            return HexFormat.of().formatHex(events.array(event), from, from + events.length(event));
        }
        long number = events.number(event);
        return Long.toString(
                switch (type.kind()) {
                    case FLOAT -> Float.floatToIntBits(Float.intBitsToFloat((int) number));
                    case DOUBLE -> Double.doubleToLongBits(Double.longBitsToDouble(number));
                    default -> number;
                });
    }
}
