package io.pagewalk.internal.sink.parquet;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.FileFormatProvider;
import java.util.Map;

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
    public FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        return new ParquetFormat(payloads, ParquetSettings.fromMap(settings));
    }
}
