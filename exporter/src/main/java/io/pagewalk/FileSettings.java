package io.pagewalk;

import io.pagewalk.error.UsageException;
import io.pagewalk.internal.sink.FileFormats;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file format of an export, and what of it can be chosen.
 *
 * @param format the format's name: {@code parquet}, {@code jsonl}, or that of a provider on the class path
 * @param compression one of the format's, or null for its default
 * @param timestampUnit {@code micros} or {@code millis}, or null for the format's default
 */
public record FileSettings(
        String format,
        @Nullable String compression,
        @Nullable String timestampUnit) {
    public static FileSettings parquet() {
        return of("parquet");
    }

    public static FileSettings jsonl() {
        return of("jsonl");
    }

    /** Of a format with its defaults. */
    public static FileSettings of(String format) {
        return new FileSettings(format, null, null);
    }

    /** The same with another compression. */
    public FileSettings withCompression(String name) {
        return new FileSettings(format, name, timestampUnit);
    }

    /** The same with another unit of timestamps. */
    public FileSettings withTimestampUnit(String unit) {
        return new FileSettings(format, compression, unit);
    }

    /**
     * All settings of the format, which is what an export pins.
     *
     * @throws UsageException if there is no such format, or it has no such compression or unit; the message lists the choices
     */
    public Map<String, String> pin() {
        return FileFormats.pin(format, compression, timestampUnit);
    }
}
