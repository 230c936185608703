package io.pagewalk.sink;

import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.sink.jsonl.JsonlCompression;
import io.pagewalk.sink.jsonl.JsonlFormat;
import io.pagewalk.sink.jsonl.JsonlSettings;
import io.pagewalk.sink.parquet.ParquetCompression;
import io.pagewalk.sink.parquet.ParquetFormat;
import io.pagewalk.sink.parquet.ParquetSettings;
import io.pagewalk.sink.parquet.TimestampUnit;
import io.pagewalk.spi.FileFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The formats of data files, by name. A format's settings are text under stable keys: an export pins them when it begins and
 * creates the format from what it pinned ever after.
 */
public final class FileFormats {
    private static final String FORMAT = "format";
    private static final String EXTENSION = "extension";
    private static final String PARQUET = "parquet";
    private static final String JSONL = "jsonl";

    private static final String DEFAULT_COMPRESSION = "zstd";

    private FileFormats() {}

    /**
     * The settings a new export pins: the choice, and the defaults for what was not chosen.
     *
     * @param format {@code parquet} or {@code jsonl}
     * @param compression a compression of that format, or null for its default
     * @param timestampUnit {@code micros} or {@code millis}, or null for the format's default
     * @return the settings, among them the choices themselves under {@code format} and {@code compression}
     * @throws UsageException if there is no such format, or it has no such compression or unit; the message lists the choices
     */
    public static Map<String, String> pin(String format, @Nullable String compression, @Nullable String timestampUnit) {
        String codec = compression == null ? DEFAULT_COMPRESSION : compression;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(FORMAT, format);
        settings.put(EXTENSION, extension(format, codec));
        settings.putAll(defaults(format, codec, timestampUnit));
        return Collections.unmodifiableMap(settings);
    }

    private static String extension(String format, String compression) {
        return switch (format) {
            case PARQUET -> ParquetFormat.EXTENSION;
            case JSONL -> JsonlCompression.of(compression).extension();
            default -> throw unknown(format);
        };
    }

    private static Map<String, String> defaults(String format, String compression, @Nullable String timestampUnit) {
        return switch (format) {
            case PARQUET ->
                ParquetSettings.defaults(
                                ParquetCompression.of(compression),
                                timestampUnit == null ? TimestampUnit.MICROS : TimestampUnit.of(timestampUnit))
                        .toMap();
            case JSONL -> {
                requireMillis(timestampUnit);
                yield JsonlSettings.defaults(JsonlCompression.of(compression)).toMap();
            }
            default -> throw unknown(format);
        };
    }

    private static void requireMillis(@Nullable String timestampUnit) {
        if (timestampUnit != null && TimestampUnit.of(timestampUnit) != TimestampUnit.MILLIS) {
            throw new UsageException(
                    "timestamps in " + JSONL + " are milliseconds: leave --timestamp-unit out, or choose " + PARQUET);
        }
    }

    /**
     * The format that settings describe.
     *
     * @param settings what {@link #pin} returned, maybe in an earlier run or version; keys of others are ignored
     * @throws UsageException if the settings are not complete, or not of this version
     */
    public static FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        String format = settings.getOrDefault(FORMAT, "");
        return switch (format) {
            case PARQUET -> new ParquetFormat(payloads, ParquetSettings.fromMap(settings));
            case JSONL -> new JsonlFormat(payloads, JsonlSettings.fromMap(settings));
            default -> throw unknown(format);
        };
    }

    private static UsageException unknown(String format) {
        return new UsageException("there is no file format '" + format + "'; choose one of " + PARQUET + ", " + JSONL);
    }
}
