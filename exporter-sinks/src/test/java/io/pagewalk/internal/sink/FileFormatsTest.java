package io.pagewalk.internal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.jsonl.JsonlFormat;
import io.pagewalk.internal.sink.parquet.ParquetFormat;
import io.pagewalk.payload.RecordColumns;
import io.pagewalk.row.ScalarKind;
import io.pagewalk.spi.FileFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatsTest {
    @Test
    void pinsTheChoiceAndTheDefaultsForTheRest() {
        assertThat(FileFormats.pin("parquet", null, null))
                .containsEntry("format", "parquet")
                .containsEntry("compression", "zstd")
                .containsEntry("timestamp-unit", "micros")
                .containsEntry("parquet.row-group-bytes", "8388608");
        assertThat(FileFormats.pin("jsonl", "GZIP", null))
                .containsEntry("format", "jsonl")
                .containsEntry("compression", "gzip");
    }

    @ParameterizedTest
    @CsvSource({
        "parquet, zstd, .parquet",
        "parquet, snappy, .parquet",
        "parquet, gzip, .parquet",
        "parquet, lz4_raw, .parquet",
        "parquet, none, .parquet",
        "jsonl, zstd, .jsonl.zst",
        "jsonl, gzip, .jsonl.gz",
        "jsonl, none, .jsonl",
    })
    void createsTheFormatFromWhatWasPinned(String format, String compression, String extension) {
        Map<String, String> pinned = FileFormats.pin(format, compression, null);

        assertThat(FileFormats.create(pinned, Records.JSON))
                .isInstanceOf(format.equals("parquet") ? ParquetFormat.class : JsonlFormat.class)
                .extracting(FileFormat::extension)
                .isEqualTo(extension);
    }

    @Test
    void keepsToPinnedSettingsThatAreNoLongerTheDefaults() throws Exception {
        Map<String, String> pinned = new HashMap<>(FileFormats.pin("parquet", "none", null));
        pinned.put("parquet.row-group-bytes", "65536");
        var records = Records.random(1, 5000, Records.JSON);

        byte[] file = Records.encode(FileFormats.create(pinned, Records.JSON), records);

        assertThat(file)
                .isNotEqualTo(Records.encode(
                        FileFormats.create(FileFormats.pin("parquet", "none", null), Records.JSON), records));
    }

    @Test
    void listsTheChoicesWhenRefusing() {
        assertRefused("csv", null, "there is no file format 'csv'; choose one of parquet, jsonl");
        assertRefused("jsonl", "snappy", "'snappy'; choose one of zstd, gzip, none");
        assertRefused("parquet", null, "nanos", "'nanos'; choose one of micros, millis");
        assertRefused("jsonl", null, "micros", "timestamps in jsonl are milliseconds");
        assertRefused("parquet", "xz", "'xz'; choose one of zstd, snappy, gzip, lz4_raw, none");
        for (String codec : List.of("LZ4", "BROTLI", "LZO", "brotli")) {
            assertRefused("parquet", codec, "cannot be compressed with '" + codec + "' (");
        }
    }

    @Test
    void pinsTheIdsOfColumnsWithTheRest() {
        Map<String, String> pinned = FileFormats.pin("parquet", "snappy", "millis");
        List<Integer> ids = IntStream.rangeClosed(1, 12).boxed().toList();

        Map<String, String> with = FileFormats.withColumnIds(pinned, ids);

        assertThat(FileFormats.takesColumnIds(pinned)).isTrue();
        assertThat(FileFormats.columnIds(pinned)).isNull();
        assertThat(FileFormats.columnIds(with)).isEqualTo(ids);
        assertThat(with).containsAllEntriesOf(pinned).hasSize(pinned.size() + 1);
        assertThat(FileFormats.columnIds(FileFormats.withColumnIds(with, List.of(5, 4))))
                .containsExactly(5, 4);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> FileFormats.withColumnIds(pinned, List.of(5, 5)))
                .withMessage("the setting parquet.field-ids has the id 5 twice");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> FileFormats.withColumnIds(with, List.of()))
                .withMessage("the setting parquet.field-ids has no ids");
    }

    @Test
    void hasNoIdsOfColumnsInLines() {
        Map<String, String> pinned = FileFormats.pin("jsonl", null, null);

        assertThat(FileFormats.takesColumnIds(pinned)).isFalse();
        assertThat(FileFormats.columnIds(pinned)).isNull();
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> FileFormats.withColumnIds(pinned, List.of(1)))
                .withMessageContaining("files of the format 'jsonl' have no ids of columns");
    }

    @Test
    void saysWhatTimestampsCountIn() {
        assertThat(RecordColumns.timestamps(FileFormats.pin("parquet", null, null)))
                .isEqualTo(ScalarKind.TIMESTAMP_MICROS);
        assertThat(RecordColumns.timestamps(FileFormats.pin("parquet", null, "MILLIS")))
                .isEqualTo(ScalarKind.TIMESTAMP_MILLIS);
    }

    private static void assertRefused(String format, String compression, String reason) {
        assertRefused(format, compression, null, reason);
    }

    private static void assertRefused(String format, String compression, String timestampUnit, String reason) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> FileFormats.pin(format, compression, timestampUnit))
                .withMessageContaining(reason);
    }
}
