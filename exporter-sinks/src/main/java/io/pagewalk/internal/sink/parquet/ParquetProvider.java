package io.pagewalk.internal.sink.parquet;

import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.FileFormatProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parquet. */
public final class ParquetProvider implements FileFormatProvider {
    private static final String DEFAULT_COMPRESSION = "zstd";

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public Map<String, String> pin(Choices choices) {
        String compression = choices.compression() == null ? DEFAULT_COMPRESSION : choices.compression();
        String unit = choices.timestampUnit();
        return ParquetSettings.defaults(
                        ParquetCompression.of(compression),
                        unit == null ? TimestampUnit.MICROS : TimestampUnit.of(unit))
                .toMap();
    }

    @Override
    public String extension(Map<String, String> settings) {
        return ParquetFormat.EXTENSION;
    }

    @Override
    public boolean takesTypedPayloads() {
        return true;
    }

    @Override
    public boolean takesColumnIds() {
        return true;
    }

    @Override
    public Map<String, String> withColumnIds(Map<String, String> settings, List<Integer> ids) {
        if (ids.isEmpty()) {
            throw new UsageException("the setting " + ParquetSettings.FIELD_IDS + " has no ids");
        }
        Map<String, String> with = new LinkedHashMap<>(settings);
        with.putAll(ParquetSettings.fromMap(settings).withFieldIds(ids).toMap());
        return Collections.unmodifiableMap(with);
    }

    @Override
    public @Nullable List<Integer> columnIds(Map<String, String> settings) {
        List<Integer> ids = ParquetSettings.fromMap(settings).fieldIds();
        return ids.isEmpty() ? null : ids;
    }

    @Override
    public FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        return new ParquetFormat(payloads, ParquetSettings.fromMap(settings));
    }
}
