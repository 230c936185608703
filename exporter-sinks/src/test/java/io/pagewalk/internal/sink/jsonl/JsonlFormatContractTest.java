package io.pagewalk.internal.sink.jsonl;

import io.pagewalk.internal.sink.FileFormatContractTest;
import io.pagewalk.internal.sink.Row;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.spi.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads back with Jackson. */
@ParameterizedClass
@EnumSource(JsonlCompression.class)
class JsonlFormatContractTest extends FileFormatContractTest {
    @Parameter
    JsonlCompression compression;

    @Override
    protected FileFormat format(PayloadFormats payloads) {
        return new JsonlFormat(payloads, new JsonlSettings(compression, 1, 1));
    }

    @Override
    protected FileFormat defaultFormat(PayloadFormats payloads) {
        return new JsonlFormat(payloads, JsonlSettings.defaults(compression));
    }

    @Override
    protected List<Row> read(Path file, PayloadFormats payloads) throws IOException {
        return Lines.rows(Lines.decompress(Files.readAllBytes(file), compression), payloads);
    }
}
