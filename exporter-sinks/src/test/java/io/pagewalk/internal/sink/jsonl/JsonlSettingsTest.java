package io.pagewalk.internal.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import io.pagewalk.error.NewerVersionException;
import io.pagewalk.error.UsageException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JsonlSettingsTest {
    @Test
    void pinsEverySettingUnderAStableKey() {
        assertThat(new JsonlSettings(JsonlCompression.ZSTD, 3, 9).toMap())
                .containsExactly(
                        Map.entry("jsonl.revision", "1"),
                        Map.entry("compression", "zstd"),
                        Map.entry("jsonl.zstd-level", "3"),
                        Map.entry("jsonl.gzip-level", "9"));
    }

    @ParameterizedTest
    @EnumSource(JsonlCompression.class)
    void comesBackFromWhatItPinned(JsonlCompression compression) {
        JsonlSettings settings = new JsonlSettings(compression, 7, 2);
        Map<String, String> pinned = new HashMap<>(settings.toMap());
        pinned.put("format", "jsonl");

        assertThat(JsonlSettings.fromMap(pinned)).isEqualTo(settings);
    }

    @Test
    void takesCompressionsByNameInAnyCase() {
        assertThat(JsonlCompression.of("GZip")).isEqualTo(JsonlCompression.GZIP);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> JsonlCompression.of("snappy"))
                .withMessage("JSONL files cannot be compressed with 'snappy'; choose one of zstd, gzip, none");
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl.zstd-level, 0, 'the setting jsonl.zstd-level must be from 1 to 22, but is 0'",
        "jsonl.zstd-level, 23, 'the setting jsonl.zstd-level must be from 1 to 22, but is 23'",
        "jsonl.gzip-level, 10, 'the setting jsonl.gzip-level must be from 1 to 9, but is 10'",
        "jsonl.gzip-level, six, 'the setting jsonl.gzip-level is not a whole number: ''six'''",
        "jsonl.gzip-level, , 'the setting jsonl.gzip-level is missing'",
        "jsonl.revision, , 'the setting jsonl.revision is missing'",
        "jsonl.revision, 0, 'the setting jsonl.revision is 0, but this version of Pagewalk writes revision 1: use the"
                + " version that began the export'",
        "jsonl.revision, 2, 'the file format of the export was written by a newer Pagewalk: its setting jsonl.revision"
                + " is 2, and this program reads version 1; use a newer Pagewalk than this one'",
        "compression, , 'the setting compression is missing'",
        "compression, lzma, 'JSONL files cannot be compressed with ''lzma''; choose one of zstd, gzip, none'",
        "jsonl.indent, 2, 'the file format of the export was written by a newer Pagewalk: it has the setting"
                + " jsonl.indent, which this program does not know; use a newer Pagewalk than this one'",
    })
    void refusesWhatItDoesNotUnderstand(String key, String value, String message) {
        Map<String, String> pinned =
                new HashMap<>(JsonlSettings.defaults(JsonlCompression.ZSTD).toMap());
        if (value == null) {
            pinned.remove(key);
        } else {
            pinned.put(key, value);
        }

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> JsonlSettings.fromMap(pinned))
                .withMessage(message.endsWith("than this one") ? message + thisVersion() : message);
    }

    /** A directory of classes, as tests of one module have it, knows no version. */
    private static String thisVersion() {
        String version = NewerVersionException.class.getPackage().getImplementationVersion();
        return version == null ? "" : ", " + version;
    }

    @Test
    void knowsZstdsHighestLevel() {
        assertThat(Zstd.maxCompressionLevel()).isEqualTo(22);
        assertThat(new JsonlSettings(JsonlCompression.ZSTD, 22, 9).zstdLevel()).isEqualTo(22);
    }
}
