package io.pagewalk.csv;

import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.FileFormatProvider;
import java.util.Map;

/** A format that Pagewalk does not have, as somebody else would add it. */
public final class CsvProvider implements FileFormatProvider {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public Map<String, String> pin(Choices choices) {
        return Map.of("compression", "none", "csv.revision", "1");
    }

    @Override
    public String extension(Map<String, String> settings) {
        return CsvFormat.EXTENSION;
    }

    @Override
    public FileFormat create(Map<String, String> settings, PayloadFormats payloads) {
        return new CsvFormat();
    }
}
