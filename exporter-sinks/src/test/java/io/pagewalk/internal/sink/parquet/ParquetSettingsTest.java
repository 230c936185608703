package io.pagewalk.internal.sink.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import io.pagewalk.error.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetSettingsTest {
    @Test
    void keepsItsKeysAndDefaultsFromVersionToVersion() {
        assertThat(ParquetSettings.defaults(ParquetCompression.LZ4_RAW, TimestampUnit.MICROS)
                        .toMap())
                .containsExactly(
                        Map.entry("parquet.revision", "2"),
                        Map.entry("compression", "lz4_raw"),
                        Map.entry("timestamp-unit", "micros"),
                        Map.entry("parquet.zstd-level", "1"),
                        Map.entry("parquet.row-group-bytes", "8388608"),
                        Map.entry("parquet.page-bytes", "1048576"));
    }

    @ParameterizedTest
    @EnumSource(ParquetCompression.class)
    void readsBackWhatItWrote(ParquetCompression compression) {
        ParquetSettings settings = new ParquetSettings(compression, TimestampUnit.MICROS, 19, 123_456, 7890);

        Map<String, String> map = new HashMap<>(settings.toMap());
        map.put("format", "parquet");

        assertThat(ParquetSettings.fromMap(map)).isEqualTo(settings);
    }

    @Test
    void keepsTheIdsOfColumnsInTheirOrder() {
        ParquetSettings settings = ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS)
                .withFieldIds(List.of(7, Integer.MAX_VALUE, 1));

        assertThat(settings.toMap()).hasSize(7).containsEntry("parquet.field-ids", "7,2147483647,1");
        assertThat(ParquetSettings.fromMap(settings.toMap())).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compression",
                "timestamp-unit",
                "parquet.zstd-level",
                "parquet.row-group-bytes",
                "parquet.page-bytes"
            })
    void refusesMissingSettings(String key) {
        Map<String, String> map = settings();
        map.remove(key);

        assertRefused(map, "the setting " + key + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "parquet.revision | 0 | is 0, but this version of Pagewalk writes revision 2",
                "parquet.revision | 3 | written by a newer Pagewalk: its setting parquet.revision is 3, and this program",
                "timestamp-unit | nanos | there is no timestamp unit 'nanos'; choose one of micros, millis",
                "parquet.zstd-level | 0 | must be from 1 to 22",
                "parquet.zstd-level | 23 | must be from 1 to 22",
                "parquet.zstd-level | high | not a whole number: 'high'",
                "parquet.row-group-bytes | 8MiB | not a whole number",
                "parquet.row-group-bytes | -1 | must be from 1024",
                "parquet.page-bytes | 99999999999 | not a whole number",
                "parquet.page-bytes | 0 | must be from 1024",
                "parquet.field-ids | 1,2,2 | the setting parquet.field-ids has the id 2 twice",
                "parquet.field-ids | 1,0 | the setting parquet.field-ids has '0', which is no id of a column",
                "parquet.field-ids | -1 | has '-1'",
                "parquet.field-ids | 1,,3 | has ''",
                "parquet.field-ids | 1,2, | has ''",
                "parquet.field-ids | 1;2 | has '1;2'",
                "parquet.field-ids | 1,02 | has '02'",
                "parquet.field-ids | +1 | has '+1'",
                "parquet.field-ids | \u0661 | has '\u0661'",
                "parquet.field-ids | 2147483648 | has '2147483648', which is no id of a column: ids are numbers from 1 to 2147483647",
                "compression | LZ4 | 'LZ4' (its framing",
                "compression | brotli | 'brotli' (it needs native code",
                "compression | lzo | 'lzo' (it needs native code",
                "compression | deflate | 'deflate'; choose one of zstd, snappy, gzip, lz4_raw, none",
            })
    void refusesMalformedSettings(String key, String value, String reason) {
        Map<String, String> map = settings();
        map.put(key, value);

        assertRefused(map, reason);
    }

    @Test
    void refusesASpaceBetweenIdsAndNoIds() {
        Map<String, String> map = settings();
        map.put("parquet.field-ids", "1, 2");
        assertRefused(map, "the setting parquet.field-ids has ' 2'");

        map.put("parquet.field-ids", "");
        assertRefused(map, "the setting parquet.field-ids has ''");
    }

    @Test
    void refusesSettingsOfALaterVersion() {
        Map<String, String> map = settings();
        map.put("parquet.bloom-filters", "on");

        assertRefused(map, "newer Pagewalk: it has the setting parquet.bloom-filters, which");
    }

    @Test
    void knowsZstdsHighestLevel() {
        assertThat(Zstd.maxCompressionLevel()).isEqualTo(22);
    }

    private static Map<String, String> settings() {
        return new HashMap<>(ParquetSettings.defaults(ParquetCompression.ZSTD, TimestampUnit.MICROS)
                .toMap());
    }

    private static void assertRefused(Map<String, String> map, String reason) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> ParquetSettings.fromMap(map))
                .withMessageContaining(reason);
    }
}
