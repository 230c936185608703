package io.pagewalk.internal.sink.reader;

import io.pagewalk.internal.sink.Records;
import io.pagewalk.internal.sink.parquet.ParquetFormat;
import io.pagewalk.internal.sink.parquet.ParquetSettings;
import io.pagewalk.payload.PayloadFormats;
import io.pagewalk.record.RecordView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One file of the {@link Corpus}: what it holds, and how it is written. */
public record CorpusFile(String name, RecordMix mix, PayloadFormats payloads, ParquetSettings settings, long seed) {
    public List<RecordView> records() {
        return mix.draw(payloads, seed);
    }

    /** Writes the file, with Pagewalk's own writer. */
    public Path write(Path directory, List<RecordView> records) throws IOException {
        return Files.write(
                directory.resolve(name + ".parquet"), Records.encode(new ParquetFormat(payloads, settings), records));
    }

    @Override
    public String toString() {
        return name + ", " + payloads.toMap().values() + ", " + settings.compression() + ", " + settings.timestampUnit()
                + ", seed " + seed;
    }
}
