package io.pagewalk.internal.sink.parquet;

import static io.pagewalk.internal.sink.Records.encode;
import static io.pagewalk.internal.sink.Records.record;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.FormatMismatchException;
import io.pagewalk.internal.sink.Records;
import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import io.pagewalk.spi.FileContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetFormatTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void laysOutItsColumnsAsParquetAvroDoes(TimestampUnit unit) {
        PayloadFormats payloads = new PayloadFormats(PayloadFormat.STRING, PayloadFormat.BYTES, PayloadFormat.STRING);
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        configuration.setBoolean("parquet.avro.write-old-list-structure", false);

        Schema avro = new Schema.Parser().parse(Columns.metadata(payloads, unit).get(Columns.AVRO_SCHEMA));

        assertThat(new AvroSchemaConverter(configuration).convert(avro))
                .isEqualTo(Columns.schema(payloads, ParquetSettings.defaults(ParquetCompression.NONE, unit)));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTimestampsWhateverTheirUnit(TimestampUnit unit) throws IOException {
        ParquetFormat format =
                new ParquetFormat(Records.BYTES, ParquetSettings.defaults(ParquetCompression.NONE, unit));
        long largest = Long.MAX_VALUE / 1000;
        List<Long> timestamps = List.of(-1L, 0L, 1L, 1_700_000_000_123L, largest, -largest);
        List<RecordView> records = new ArrayList<>();
        for (long timestamp : timestamps) {
            records.add(record(records.size(), timestamp, null, null));
        }

        byte[] file = encode(format, records);

        List<Long> read = new ArrayList<>();
        try (SeekableByteChannel channel = channel(file)) {
            format.decode(channel, record -> read.add(record.timestamp()));
        }
        assertThat(read).isEqualTo(timestamps);
        try (SeekableByteChannel channel = channel(file)) {
            assertThat(format.inspect(channel).bounds()).isEqualTo(new FileContent.Bounds(0, 5, -largest, largest));
        }
    }

    @Test
    void refusesATimestampThatMicrosecondsCannotHold() {
        RecordView far = record(7, Long.MAX_VALUE / 1000 + 1, null, null);

        assertThatExceptionOfType(FormatMismatchException.class)
                .isThrownBy(() -> encode(format(Records.BYTES), List.of(far)))
                .withMessageContainingAll("offset 7: the timestamp, 9223372036854776 ms", "(any one fits into millis)");
    }

    @Test
    void keepsStatisticsForPlacesAndNoneForPayloads() throws IOException {
        ParquetMetadata footer = footer(encode(format(Records.STRING), Records.random(1, 1000, Records.STRING)));

        for (ColumnChunkMetaData column : footer.getBlocks().get(0).getColumns()) {
            boolean expected = List.of("partition", "offset", "timestamp")
                    .contains(column.getPath().toDotString());
            assertThat(column.getStatistics() != null && column.getStatistics().hasNonNullValue())
                    .as(column.getPath().toString())
                    .isEqualTo(expected);
        }
    }

    @Test
    void encodesOffsetsAsDeltasNamesByDictionaryAndPayloadsPlainly() throws IOException {
        ParquetMetadata footer = footer(encode(format(Records.STRING), Records.random(1, 1000, Records.STRING)));

        for (ColumnChunkMetaData column : footer.getBlocks().get(0).getColumns()) {
            assertThat(column.getEncodingStats().getDataEncodings())
                    .extracting(Encoding::name)
                    .as(column.getPath().toString())
                    .containsExactly(
                            switch (column.getPath().toDotString()) {
                                case "offset", "timestamp" -> "DELTA_BINARY_PACKED";
                                case "key", "value", "headers.list.element.value" -> "PLAIN";
                                default -> "RLE_DICTIONARY";
                            });
        }
    }

    @Test
    void endsARowGroupAtItsSizeWithoutTinyPages() throws IOException {
        byte[] value = new byte[400];
        Random random = new Random(1);
        List<RecordView> records = new ArrayList<>();
        for (int offset = 0; offset < 60_000; offset++) {
            random.nextBytes(value);
            records.add(record(offset, offset, null, value.clone()));
        }

        ParquetMetadata footer = footer(encode(format(Records.BYTES), records));

        assertThat(footer.getBlocks()).hasSize(3);
        for (BlockMetaData rowGroup : footer.getBlocks().subList(0, 2)) {
            assertThat(rowGroup.getCompressedSize()).isBetween(8_000_000L, 8_800_000L);
            for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                assertThat(pages(column))
                        .as(column.getPath().toString())
                        .isEqualTo(column.getPath().toDotString().equals("value") ? 9 : 1);
            }
        }
    }

    @Test
    void endsAPageWithTheRecordThatFillsItHoweverSmallTheOnesBeforeWere() throws IOException {
        int small = 5000;
        int large = 10;
        List<RecordView> records = new ArrayList<>();
        for (int offset = 0; offset < small + large; offset++) {
            records.add(record(offset, offset, null, new byte[offset < small ? 10 : 100_000]));
        }
        ParquetFormat format = new ParquetFormat(
                Records.BYTES,
                new ParquetSettings(ParquetCompression.ZSTD, TimestampUnit.MICROS, 1, 1 << 24, 64 * 1024));

        ParquetMetadata footer = footer(encode(format, records));

        assertThat(pages(value(footer.getBlocks().get(0)))).isGreaterThanOrEqualTo(large);
    }

    @Test
    void refusesAFileCutAnywhere() throws IOException {
        ParquetFormat format = format(Records.BYTES);
        byte[] file = encode(format, Records.random(1, 20, Records.BYTES));

        Path path = Files.write(directory.resolve("a"), file);
        try (SeekableByteChannel channel = Files.newByteChannel(path, READ, WRITE)) {
            for (int length = file.length - 1; length >= 0; length--) {
                channel.truncate(length);
                assertThatExceptionOfType(IOException.class)
                        .as("the first " + length + " bytes")
                        .isThrownBy(() -> format.inspect(channel))
                        .withMessageStartingWith("not a complete Parquet file: ");
            }
        }
    }

    @Test
    void refusesAFileWithADamagedFooter() throws IOException {
        ParquetFormat format = format(Records.BYTES);
        byte[] file = encode(format, Records.random(1, 20, Records.BYTES));
        FileContent content = inspect(format, file);
        int footerLength = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        Random random = new Random(3);

        for (int i = 0; i < 500; i++) {
            byte[] damaged = file.clone();
            damaged[file.length - 9 - random.nextInt(footerLength)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(inspect(format, damaged).records()).as("damage " + i).isGreaterThanOrEqualTo(0);
            } catch (IOException e) {
                assertThat(e).message().startsWith("not a ").doesNotContain("\n");
            }
        }
        assertThat(inspect(format, file)).isEqualTo(content);
    }

    @Test
    void refusesAFileOfOtherPayloadFormatsOrAnotherCompression() throws IOException {
        byte[] file = encode(format(Records.STRING), Records.random(1, 20, Records.STRING));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> inspect(format(Records.BYTES), file))
                .withMessage("not a file of this export: its columns differ");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> inspect(
                        new ParquetFormat(
                                Records.STRING,
                                ParquetSettings.defaults(ParquetCompression.SNAPPY, TimestampUnit.MICROS)),
                        file))
                .withMessage("not a file of this export: its compression is zstd, not snappy");
    }

    private static ParquetFormat format(PayloadFormats payloads) {
        return new ParquetFormat(payloads, ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS));
    }

    private static ColumnChunkMetaData value(BlockMetaData rowGroup) {
        return rowGroup.getColumns().stream()
                .filter(column -> column.getPath().toDotString().equals("value"))
                .findFirst()
                .orElseThrow();
    }

    private static int pages(ColumnChunkMetaData column) {
        EncodingStats pages = column.getEncodingStats();
        return pages.getDataEncodings().stream()
                .mapToInt(pages::getNumDataPagesEncodedAs)
                .sum();
    }

    private ParquetMetadata footer(byte[] content) throws IOException {
        try (SeekableByteChannel channel = channel(content)) {
            return ParquetFooter.read(channel);
        }
    }

    private FileContent inspect(ParquetFormat format, byte[] content) throws IOException {
        try (SeekableByteChannel channel = channel(content)) {
            return format.inspect(channel);
        }
    }

    private SeekableByteChannel channel(byte[] content) throws IOException {
        return Files.newByteChannel(Files.write(directory.resolve("a"), content));
    }
}
