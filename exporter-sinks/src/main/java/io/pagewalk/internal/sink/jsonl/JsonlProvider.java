package io.pagewalk.internal.sink.jsonl;

import io.pagewalk.error.UsageException;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.FileFormatProvider;
import java.util.Map;

/** Lines of JSON. */
public final class JsonlProvider implements FileFormatProvider {
    private static final String DEFAULT_COMPRESSION = "zstd";

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public Map<String, String> pin(Choices choices) {
        String unit = choices.timestampUnit();
        if (unit != null && !unit.equalsIgnoreCase("millis")) {
            throw new UsageException("timestamps in jsonl are milliseconds: leave the timestamp unit " + unit
                    + " out, or choose parquet");
        }
        String compression = choices.compression() == null ? DEFAULT_COMPRESSION : choices.compression();
        return JsonlSettings.defaults(JsonlCompression.of(compression)).toMap();
    }

    @Override
    public String extension(Map<String, String> settings) {
        return JsonlSettings.fromMap(settings).compression().extension();
    }

    @Override
    public boolean takesTypedPayloads() {
        return true;
    }

    @Override
    public FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        return new JsonlFormat(payloads, JsonlSettings.fromMap(settings));
    }
}
