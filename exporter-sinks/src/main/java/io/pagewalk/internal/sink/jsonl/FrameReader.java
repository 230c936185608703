package io.pagewalk.internal.sink.jsonl;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/** Takes the frame off a file's lines; an incomplete or damaged one is an IOException. The file is never closed. */
final class FrameReader {
    private FrameReader() {}

    static InputStream open(JsonlCompression compression, SeekableByteChannel file) throws IOException {
        if (compression != JsonlCompression.NONE && file.size() == 0) {
            throw new IOException("not a complete " + compression + " file: it is empty");
        }
        file.position(0);
        return switch (compression) {
            case ZSTD -> new ZstdFrame(file);
            case GZIP -> new GzipFrameReader(file);
            case NONE -> new Unclosed(file);
        };
    }

    private static final class Unclosed extends FilterInputStream {
        Unclosed(SeekableByteChannel file) {
            super(Channels.newInputStream(file));
        }

        @Override
        public void close() {}
    }

    private static final class ZstdFrame extends FilterInputStream {
        ZstdFrame(SeekableByteChannel file) throws IOException {
            super(new ZstdInputStreamNoFinalizer(new Unclosed(file)));
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (ZstdIOException e) {
                throw new IOException("not a complete zstd file: " + e.getMessage(), e);
            }
        }
    }
}
