package io.pagewalk.internal.audit;

import io.pagewalk.payload.PayloadFormat;
import io.pagewalk.record.ByteView;
import io.pagewalk.spi.FileContent;
import io.pagewalk.spi.FileFormat;
import io.pagewalk.spi.SliceReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;

/** Keeps payloads as they are, and has no files. */
class PlainFormat implements FileFormat {
    @Override
    public String extension() {
        return ".jsonl";
    }

    @Override
    public Encoder encoder(OutputStream out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileContent inspect(SeekableByteChannel file) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void decode(SeekableByteChannel file, SliceReader.RecordHandler handler) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteView canonical(ByteView payload, PayloadFormat format) {
        return payload;
    }
}
